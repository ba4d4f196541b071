//! The table's stream, read from where we stopped. The position is kept only after its records were
//! handled, so a crash repeats work and loses none.

use crate::engine::Engine;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::task::Task;
use dynoxide::actions::describe_stream::DescribeStreamRequest;
use dynoxide::actions::get_records::GetRecordsRequest;
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::actions::list_streams::ListStreamsRequest;
use dynoxide::types::{AttributeValue as Stored, Item as StoredItem};
use std::error::Error;
use std::path::PathBuf;
use store::item::Item;
use store::item::task::{STATE, task_of};

/// Records of one read.
const BATCH: usize = 100;

/// A reader of the stream of one table.
pub(crate) struct Stream {
    engine: Engine,
    table: String,
    /// Where the position is kept; nowhere for data that is gone anyway.
    file: Option<PathBuf>,
    position: Option<String>,
}

/// A task before and after a commit.
pub(crate) struct Change {
    pub(crate) before: Option<Task>,
    pub(crate) after: Task,
}

/// Changes of tasks, and the position after them.
pub(crate) struct Batch {
    pub(crate) changes: Vec<Change>,
    position: String,
}

impl Stream {
    pub(crate) fn open(engine: Engine, table: &str, file: Option<PathBuf>) -> Self {
        let position = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        Self { engine, table: table.to_owned(), file, position }
    }

    /// The next records; none when there are none.
    pub(crate) async fn next(&self) -> Result<Option<Batch>, Box<dyn Error + Send + Sync>> {
        let (database, table) = (self.engine.database.clone(), self.table.clone());
        let position = self.position.clone();
        let records = tokio::task::spawn_blocking(move || read(&database, &table, position)).await??;
        let Some(last) = records.last() else {
            return Ok(None);
        };
        let position = last.dynamodb.sequence_number.clone();
        let changes =
            records.into_iter().filter_map(|r| change(r.dynamodb.old_image, r.dynamodb.new_image).transpose());
        Ok(Some(Batch { changes: changes.collect::<Result<_, _>>()?, position }))
    }

    /// Everything up to the end of `batch` has been handled.
    pub(crate) fn advance(&mut self, batch: Batch) -> std::io::Result<()> {
        if let Some(file) = &self.file {
            let fresh = file.with_extension("new");
            std::fs::write(&fresh, &batch.position)?;
            std::fs::rename(&fresh, file)?;
        }
        self.position = Some(batch.position);
        Ok(())
    }
}

fn read(
    database: &dynoxide::Database,
    table: &str,
    position: Option<String>,
) -> Result<Vec<dynoxide::actions::get_records::Record>, dynoxide::DynoxideError> {
    let request = ListStreamsRequest { table_name: Some(table.to_owned()), ..Default::default() };
    let Some(stream) = database.list_streams(request)?.streams.into_iter().next() else {
        return Ok(Vec::new());
    };
    let request = DescribeStreamRequest { stream_arn: stream.stream_arn.clone(), ..Default::default() };
    let Some(shard) = database.describe_stream(request)?.stream_description.shards.into_iter().next() else {
        return Ok(Vec::new());
    };
    let kind = if position.is_some() { "AFTER_SEQUENCE_NUMBER" } else { "TRIM_HORIZON" };
    let iterator = database.get_shard_iterator(GetShardIteratorRequest {
        stream_arn: stream.stream_arn,
        shard_id: shard.shard_id,
        shard_iterator_type: kind.to_owned(),
        sequence_number: position,
    })?;
    let Some(shard_iterator) = iterator.shard_iterator else {
        return Ok(Vec::new());
    };
    Ok(database.get_records(GetRecordsRequest { shard_iterator, limit: Some(BATCH) })?.records)
}

/// A change of a task's state item; other items are nothing to the relay.
fn change(old: Option<StoredItem>, new: Option<StoredItem>) -> Result<Option<Change>, Box<dyn Error + Send + Sync>> {
    let is_state = |item: &StoredItem| matches!(item.get("sk"), Some(Stored::S(sk)) if sk == STATE);
    let Some(new) = new.filter(is_state) else {
        return Ok(None);
    };
    let before = old.map(|old| task_of(item(old))).transpose()?;
    Ok(Some(Change { before, after: task_of(item(new))? }))
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
