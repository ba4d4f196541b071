//! The browsers in which operators are notified, and where those are that are told of new tasks. In `edge`: what does not
//! renew itself is forgotten, and whoever was lost renews itself with the next start of the app.

use crate::engine::commit::Condition;
use crate::engine::item::{Item, decode, encode, half, hex, known, moment, number, point, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::geo::Point;
use domain::geo::cell::{Rows, Square};
use domain::limits::{NEAR_KM_MAX, NEAR_PAUSE_S, SQUARE_READ_MAX};
use domain::operator::push::{Browser, Keys, Near};
use domain::{OperatorId, PushId, Timestamp};
use serde::{Deserialize, Serialize};

/// The browsers of an operator, as they were read.
#[derive(Clone, Debug, Default)]
pub struct Browsers {
    /// 0 where there were none; each write adds one.
    version: u64,
    pub list: Vec<Browser>,
}

/// A browser that wants to be told of new tasks.
#[derive(Clone, Debug)]
pub struct Nearby {
    pub browser: PushId,
    pub operator: OperatorId,
    pub near: Near,
}

/// All browsers of an operator are one item, so that there are never too many.
#[derive(Serialize, Deserialize)]
struct BrowsersItem {
    pk: String,
    sk: String,
    #[serde(rename = "vs")]
    version: u64,
    #[serde(rename = "br")]
    browsers: Vec<BrowserItem>,
    ttl: i64,
}

#[derive(Serialize, Deserialize)]
struct BrowserItem {
    id: String,
    #[serde(rename = "en")]
    endpoint: String,
    /// Hexadecimal, like the secret.
    #[serde(rename = "ke")]
    p256dh: String,
    #[serde(rename = "au")]
    auth: String,
    #[serde(rename = "la", default, skip_serializing_if = "Option::is_none")]
    latitude: Option<i32>,
    #[serde(rename = "lo", default, skip_serializing_if = "Option::is_none")]
    longitude: Option<i32>,
    #[serde(rename = "km", default, skip_serializing_if = "Option::is_none")]
    radius_km: Option<u64>,
    #[serde(rename = "un")]
    until: i64,
}

/// Once it was told there are also `ta`, until when it is not told again, and by whom (`engine::lease`).
#[derive(Deserialize)]
struct NearbyItem {
    sk: String,
    #[serde(rename = "op")]
    operator: String,
    #[serde(rename = "la")]
    latitude: i32,
    #[serde(rename = "lo")]
    longitude: i32,
    #[serde(rename = "km")]
    radius_km: u64,
}

/// Times that somebody else may change the browsers of an operator meanwhile.
const ROUNDS: usize = 5;

impl Key {
    /// The browsers in which an operator is notified.
    pub fn browsers(operator: &OperatorId) -> Self {
        Self::new(Table::Edge, partition(operator), "$")
    }
}

impl Found {
    /// The browsers of an operator, if they were asked for.
    pub fn browsers(&mut self, operator: &OperatorId) -> Result<Browsers, StoreError> {
        Ok(self.take(&Key::browsers(operator), browsers_of)?.unwrap_or_default())
    }
}

impl Store {
    /// Replaces the browsers of an operator by what `change` makes of them; anew, if somebody else was faster.
    pub async fn change_browsers(
        &self,
        operator: &OperatorId,
        mut seen: Browsers,
        change: impl Fn(Vec<Browser>) -> Vec<Browser>,
    ) -> Result<(), StoreError> {
        const CHANGE: &str = "change browsers";
        let known = seen.list.clone();
        for _ in 0..ROUNDS {
            let after = change(seen.list.clone());
            let condition = match seen.version {
                0 => Condition { expression: "attribute_not_exists(pk)", values: Vec::new() },
                version => Condition {
                    expression: "vs = :seen",
                    values: vec![(":seen", AttributeValue::N(version.to_string()))],
                },
            };
            let item = self.browsers_item(operator, seen.version + 1, &after);
            let there = self.put_unless(&self.tables.edge, item.clone(), condition, CHANGE).await?;
            // The answer to our own write may have been lost on the way.
            if there.is_none_or(|there| there == item) {
                return self.place_browsers(operator, &known, &seen.list, &after).await;
            }
            seen = self.read([Key::browsers(operator)]).await?.browsers(operator)?;
        }
        Err(StoreError::Unavailable { operation: CHANGE, cause: "lost the race too often".to_owned() })
    }

    /// Lets new tasks find those that want to be told of them, and were not `known` at first: they may have been written in a
    /// round that was lost. What is left of others by who was killed here finds no browser, and runs out.
    async fn place_browsers(
        &self,
        operator: &OperatorId,
        known: &[Browser],
        before: &[Browser],
        after: &[Browser],
    ) -> Result<(), StoreError> {
        let placed = |list: &[Browser], it: &Browser| list.iter().any(|other| place(other) == place(it));
        for gone in before.iter().filter(|it| !placed(after, it)) {
            self.displace(gone).await?;
        }
        for fresh in after.iter().filter(|it| !known.contains(it)) {
            self.place(operator, fresh).await?;
        }
        Ok(())
    }

    async fn place(&self, operator: &OperatorId, browser: &Browser) -> Result<(), StoreError> {
        let Some((Near { centre, radius_km }, [pk, sk])) = browser.near.zip(place(browser)) else { return Ok(()) };
        let update = UpdateItemInput::builder().table_name(&self.tables.edge).key("pk", text(pk)).key("sk", text(sk));
        // Not a put: when it was last told stays.
        let call = update
            .update_expression("SET op = :op, la = :la, lo = :lo, km = :km, #ttl = :ttl")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":op", text(operator))
            .expression_attribute_values(":la", number(centre.lat.scaled().into()))
            .expression_attribute_values(":lo", number(centre.lng.scaled().into()))
            .expression_attribute_values(":km", AttributeValue::N(radius_km.to_string()))
            .expression_attribute_values(":ttl", number(browser.until.seconds()));
        let sent = self.database.send(call).await;
        sent.map(drop).map_err(unavailable("place a browser"))
    }

    async fn displace(&self, browser: &Browser) -> Result<(), StoreError> {
        let Some([pk, sk]) = place(browser) else { return Ok(()) };
        let delete = DeleteItemInput::builder().table_name(&self.tables.edge).key("pk", text(pk)).key("sk", text(sk));
        self.database.send(delete).await.map(drop).map_err(unavailable("displace a browser"))
    }

    /// Browsers that may want to be told of a task there, and were not told of another one lately; of each square at
    /// most so many are looked at.
    pub async fn nearby(&self, task: Point, now: Timestamp) -> Result<Vec<Nearby>, StoreError> {
        let (squares, rows) = task.cell().around(NEAR_KM_MAX * 1_000);
        let read = squares.into_iter().map(|square| self.nearby_in(square, rows, now));
        Ok(futures::future::try_join_all(read).await?.concat())
    }

    async fn nearby_in(&self, square: Square, rows: Rows, now: Timestamp) -> Result<Vec<Nearby>, StoreError> {
        let call = QueryInput::builder()
            .table_name(&self.tables.edge)
            .key_condition_expression("pk = :p AND sk BETWEEN :from AND :to")
            .filter_expression("#ttl > :now AND (attribute_not_exists(ta) OR ta <= :now)")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":p", text(square_partition(square)))
            .expression_attribute_values(":from", text(format!("{:04}#", rows.first)))
            .expression_attribute_values(":to", text(format!("{:04}$", rows.last)))
            .expression_attribute_values(":now", number(now.seconds()))
            .limit(SQUARE_READ_MAX.into());
        let answer = self.database.send(call).await.map_err(unavailable("find browsers"))?;
        answer.items.unwrap_or_default().into_iter().map(nearby_of).collect()
    }

    /// Whether it may be told of a new task: then it is not told again for a while.
    pub async fn claim_nearby(&self, nearby: &Nearby, now: Timestamp) -> Result<bool, StoreError> {
        let [pk, sk] = near_place(nearby.near, nearby.browser);
        let update = UpdateItemInput::builder().table_name(&self.tables.edge).key("pk", text(pk)).key("sk", text(sk));
        let call = update
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(ta) OR ta <= :now)")
            .expression_attribute_values(":until", number(now.plus_seconds(NEAR_PAUSE_S).seconds()))
            .expression_attribute_values(":now", number(now.seconds()));
        Ok(self.lease(call, "SET ta = :until", "claim a browser").await?.is_some())
    }

    fn browsers_item(&self, operator: &OperatorId, version: u64, list: &[Browser]) -> Item {
        let until = list.iter().map(|it| it.until).max().unwrap_or_else(|| self.now());
        encode(&BrowsersItem {
            pk: partition(operator),
            sk: "$".to_owned(),
            version,
            browsers: list.iter().map(browser_item).collect(),
            ttl: until.seconds(),
        })
    }
}

fn partition(operator: &OperatorId) -> String {
    format!("B#{operator}")
}

fn square_partition(square: Square) -> String {
    format!("N#{square}")
}

/// Where a browser lies that is told of new tasks. Sorts by row of cells.
fn place(browser: &Browser) -> Option<[String; 2]> {
    browser.near.map(|near| near_place(near, browser.id))
}

fn near_place(Near { centre, .. }: Near, browser: PushId) -> [String; 2] {
    [square_partition(centre.square()), format!("{:04}#{browser}", centre.row())]
}

fn browser_item(browser: &Browser) -> BrowserItem {
    BrowserItem {
        id: browser.id.to_string(),
        endpoint: browser.endpoint.clone(),
        p256dh: hex(&browser.keys.p256dh),
        auth: hex(&browser.keys.auth),
        latitude: browser.near.map(|near| near.centre.lat.scaled()),
        longitude: browser.near.map(|near| near.centre.lng.scaled()),
        radius_km: browser.near.map(|near| near.radius_km),
        until: browser.until.millis(),
    }
}

fn browsers_of(item: Item) -> Result<Browsers, StoreError> {
    let BrowsersItem { version, browsers, .. } = decode(item)?;
    let list = browsers.into_iter().map(browser_of).collect::<Result<_, _>>()?;
    Ok(Browsers { version, list })
}

fn browser_of(b: BrowserItem) -> Result<Browser, StoreError> {
    let near = match (point(&b.id, b.latitude, b.longitude)?, b.radius_km) {
        (Some(centre), Some(radius_km)) => Some(Near { centre, radius_km }),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => return Err(half(&b.id, "an area")),
    };
    // What is wrong is named without what is secret.
    let keys = bytes(&b.p256dh).zip(bytes(&b.auth)).map(|(p256dh, auth)| Keys { p256dh, auth });
    Ok(Browser {
        id: known(PushId::parse(&b.id), "a browser's id", &b.id)?,
        keys: known(keys, "what has no keys", &b.id)?,
        endpoint: b.endpoint,
        near,
        until: moment(b.until),
    })
}

fn bytes<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    base16ct::lower::decode(digits, &mut bytes).ok().filter(|decoded| decoded.len() == N)?;
    Some(bytes)
}

fn nearby_of(item: Item) -> Result<Nearby, StoreError> {
    let n: NearbyItem = decode(item)?;
    let centre = known(point(&n.sk, Some(n.latitude), Some(n.longitude))?, "a place", &n.sk)?;
    let browser = n.sk.split_once('#').and_then(|(_, id)| PushId::parse(id));
    Ok(Nearby {
        browser: known(browser, "a browser's place", &n.sk)?,
        operator: known(OperatorId::parse(&n.operator), "an operator id", &n.operator)?,
        near: Near { centre, radius_km: n.radius_km },
    })
}
