//! What photos look like, under keys that those share which look alike: `evidence::Likeness` makes both, and says how near two
//! of them are. In `edge`, which forgets: a photo is known again for a year.

use crate::engine::item::{Item, known, number, text};
use crate::{Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::time::DAY_S;
use domain::{TaskId, Timestamp};
use futures::{StreamExt as _, TryStreamExt as _, stream};

/// A photo that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandedIn {
    pub at: Timestamp,
    pub task: TaskId,
    /// Its place in the submission, from 1.
    pub photo: u8,
    /// At most 160 bytes.
    pub likeness: Vec<u8>,
}

const KEPT_S: i64 = 365 * DAY_S;
/// Of one key, the newest. With at most 235 bytes each they are less than 4 KiB: half a read unit, eventually consistent.
const READ_MAX: i32 = 17;
/// Requests of one photo at the same time.
const AT_ONCE: usize = 8;

impl Store {
    /// Keeps a photo under each of its keys, to be found by those that come after it. Doing it again changes nothing.
    pub async fn keep_likeness(&self, keys: &[[u8; 4]], photo: &HandedIn) -> Result<(), StoreError> {
        let put = |key: &[u8; 4]| {
            let put = PutItemInput::builder().table_name(&self.tables.edge);
            let sent = self.database.send(put.set_item(Some(item_of(*key, photo))));
            async { sent.await.map(drop).map_err(unavailable("keep what a photo looks like")) }
        };
        let puts: Vec<_> = keys.iter().map(put).collect();
        stream::iter(puts).buffer_unordered(AT_ONCE).try_collect().await
    }

    /// The newest photos under each of these keys, as far as they are to be seen yet. For sixteen keys it costs eight read
    /// units at the most, however many are kept.
    pub async fn alike(&self, keys: &[[u8; 4]]) -> Result<Vec<HandedIn>, StoreError> {
        let queries: Vec<_> = keys.iter().map(|key| self.under(*key)).collect();
        let found: Vec<Vec<HandedIn>> = stream::iter(queries).buffer_unordered(AT_ONCE).try_collect().await?;
        Ok(found.into_iter().flatten().collect())
    }

    async fn under(&self, key: [u8; 4]) -> Result<Vec<HandedIn>, StoreError> {
        let query = QueryInput::builder().table_name(&self.tables.edge).scan_index_forward(false).limit(READ_MAX);
        let query = query.key_condition_expression("pk = :pk");
        let call = query.expression_attribute_values(":pk", text(partition(key)));
        let answer = self.database.send(call).await;
        let answer = answer.map_err(unavailable("look for photos alike"))?;
        answer.items.unwrap_or_default().into_iter().map(handed_in).collect()
    }
}

fn partition(key: [u8; 4]) -> String {
    format!("P#{:08x}", u32::from_be_bytes(key))
}

fn item_of(key: [u8; 4], photo: &HandedIn) -> Item {
    let HandedIn { at, task, photo, likeness } = photo;
    Item::from([
        ("pk".to_owned(), text(partition(key))),
        ("sk".to_owned(), text(format!("{:013}#{task}#{photo}", at.millis()))),
        ("lk".to_owned(), AttributeValue::B(Blob::new(likeness.as_slice()))),
        ("ttl".to_owned(), number(at.plus_seconds(KEPT_S).seconds())),
    ])
}

fn handed_in(item: Item) -> Result<HandedIn, StoreError> {
    let sort = item.get("sk").and_then(|value| value.as_s().ok()).map_or("", String::as_str);
    let place = || {
        let [at, task, photo] = sort.split('#').collect::<Vec<_>>()[..] else { return None };
        Some((Timestamp::from_millis(at.parse().ok()?), TaskId::parse(task)?, photo.parse().ok()?))
    };
    let (at, task, photo) = known(place(), "a photo's place", sort)?;
    let likeness = item.get("lk").and_then(|value| value.as_b().ok()).map(|blob| blob.as_ref().to_vec());
    Ok(HandedIn { at, task, photo, likeness: known(likeness, "what a photo looks like", sort)? })
}
