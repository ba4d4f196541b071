//! The table's stream, read from where we stopped. The position is kept only after its records were
//! handled, so a crash repeats work and loses none.

use crate::engine::{Engine, Failure, Kept};
use aws_sdk_dynamodb::types::AttributeValue;
use dynoxide::actions::describe_stream::DescribeStreamRequest;
use dynoxide::actions::get_records::{GetRecordsRequest, Record};
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::actions::list_streams::ListStreamsRequest;
use dynoxide::types::{AttributeValue as Stored, Item as StoredItem};
use dynoxide::{Database, DynoxideError};
use store::change::{Change, change_of};
use store::engine::item::Item;

/// Records of one read.
pub(super) const BATCH: usize = 100;

/// A reader of the stream of one table.
pub struct Stream {
    engine: Engine,
    shard: Shard,
    read_to: Option<Position>,
    /// Something was not handled: the next start begins before it, whatever is handled after it.
    stuck: bool,
}

/// Where the records of a table are. It has one shard, which never ends.
#[derive(Clone, Debug)]
struct Shard {
    stream_arn: String,
    shard_id: String,
}

/// A place in the stream.
#[derive(Clone, Debug)]
pub struct Position(String);

/// Records of the stream: how many, the changes among them, and the position after them.
pub struct Records {
    pub count: usize,
    pub changes: Vec<Change>,
    pub position: Position,
}

impl Stream {
    /// From where an earlier process was done.
    pub async fn open(engine: Engine, table: &str) -> Result<Self, Failure> {
        let read_to = engine.kept(Kept::Handled).await?.map(Position);
        let table = table.to_owned();
        let shard = engine.run(move |database| shard_of(database, table)).await??;
        Ok(Self { engine, shard: shard.ok_or("the table has no stream")?, read_to, stuck: false })
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The next records; none when there are none.
    pub async fn next(&self) -> Result<Option<Records>, Failure> {
        let (shard, after) = (self.shard.clone(), self.read_to.clone());
        let records = self.engine.run(move |database| read(database, shard, after)).await??;
        let Some(last) = records.last() else {
            return Ok(None);
        };
        let (count, position) = (records.len(), Position(last.dynamodb.sequence_number.clone()));
        let mut changes = Vec::new();
        for record in records {
            let images = record.dynamodb;
            match change_of(images.old_image.map(item), images.new_image.map(item)) {
                Ok(change) => changes.extend(change),
                Err(error) => tracing::error!(cause = %error, "a record was passed over"),
            }
        }
        Ok(Some(Records { count, changes, position }))
    }

    /// Reads on after `position` from now on.
    pub fn advance(&mut self, position: &Position) {
        self.read_to = Some(position.clone());
    }

    /// Everything up to `position` has been handled: the next start begins there.
    pub(crate) async fn keep(&self, position: &Position) -> Result<(), Failure> {
        if self.stuck {
            return Ok(());
        }
        self.engine.keep(Kept::Handled, &position.0).await
    }

    pub(crate) fn stop_keeping(&mut self) {
        self.stuck = true;
    }
}

/// It reads through all records to say where the shard begins and ends, so it is asked once.
fn shard_of(database: &Database, table: String) -> Result<Option<Shard>, DynoxideError> {
    let request = ListStreamsRequest { table_name: Some(table), ..Default::default() };
    let Some(stream) = database.list_streams(request)?.streams.into_iter().next() else {
        return Ok(None);
    };
    let stream_arn = stream.stream_arn;
    let request = DescribeStreamRequest { stream_arn: stream_arn.clone(), ..Default::default() };
    let shard = database.describe_stream(request)?.stream_description.shards.into_iter().next();
    Ok(shard.map(|shard| Shard { stream_arn, shard_id: shard.shard_id }))
}

fn read(database: &Database, shard: Shard, after: Option<Position>) -> Result<Vec<Record>, DynoxideError> {
    let kind = if after.is_some() { "AFTER_SEQUENCE_NUMBER" } else { "TRIM_HORIZON" };
    let iterator = database.get_shard_iterator(GetShardIteratorRequest {
        stream_arn: shard.stream_arn,
        shard_id: shard.shard_id,
        shard_iterator_type: kind.to_owned(),
        sequence_number: after.map(|Position(sequence_number)| sequence_number),
    })?;
    let Some(shard_iterator) = iterator.shard_iterator else {
        return Ok(Vec::new());
    };
    Ok(database.get_records(GetRecordsRequest { shard_iterator, limit: Some(BATCH) })?.records)
}

fn item(stored: StoredItem) -> Item {
    stored.into_iter().map(|(name, value)| (name, attribute(value))).collect()
}

/// Only the kinds that our items are made of.
fn attribute(stored: Stored) -> AttributeValue {
    match stored {
        Stored::S(text) => AttributeValue::S(text),
        Stored::N(digits) => AttributeValue::N(digits),
        Stored::BOOL(flag) => AttributeValue::Bool(flag),
        Stored::L(list) => AttributeValue::L(list.into_iter().map(attribute).collect()),
        Stored::M(map) => AttributeValue::M(map.into_iter().map(|(k, v)| (k, attribute(v))).collect()),
        Stored::B(_) | Stored::SS(_) | Stored::NS(_) | Stored::BS(_) | Stored::NULL(_) => AttributeValue::Null(true),
    }
}
