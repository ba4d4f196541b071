//! What is due, of every kind, from the one due index: a partition for each kind and shard, so that nothing waits behind
//! what is of another kind.

use crate::engine::item::{Item, known, number, text};
use crate::engine::schema::BY_DUE;
use crate::task::index::{due_moment, due_partition};
use crate::{Store, StoreError, if_held, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemInputBuilder;
use aws_sdk_dynamodb::types::ReturnValue;
use domain::next_action::DueKind;
use domain::{AgentId, EventId, TaskId, Timestamp};

/// An entry of the index: something that has become due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueEntry {
    pk: String,
    sk: String,
    sort: String,
}

/// Entries of one shard, earliest first.
#[derive(Debug)]
pub struct DuePage {
    pub entries: Vec<DueEntry>,
    /// Where the rest begins, if there is more.
    pub next: Option<Item>,
}

/// Entries of a page.
const PAGE: i32 = 100;
/// Failures after which an entry is put aside.
const FAILURES_MAX: i64 = 5;
/// Partition of the index with what could not be handled. Nobody sweeps it: staff do.
pub(crate) const PARKED: &str = "X#parked";

impl Store {
    /// What of `kind` is due at `now` in a shard, from `start` on. The index lags behind: what it shows may have
    /// moved on.
    pub async fn due(
        &self,
        kind: DueKind,
        shard: u8,
        now: Timestamp,
        start: Option<Item>,
    ) -> Result<DuePage, StoreError> {
        let call = QueryInput::builder()
            .table_name(&self.tables.core)
            .index_name(BY_DUE.name)
            .key_condition_expression("g4p = :shard AND g4s < :end")
            .expression_attribute_values(":shard", text(due_partition(kind, shard)))
            .expression_attribute_values(":end", text(due_moment(Timestamp::from_millis(now.millis() + 1))))
            .set_exclusive_start_key(start)
            .limit(PAGE);
        let answer = self.database.send(call).await.map_err(unavailable("find what is due"))?;
        let entries = answer.items.unwrap_or_default().iter().map(DueEntry::read).collect();
        Ok(DuePage { entries, next: answer.last_evaluated_key })
    }

    /// The first `limit` entries of a partition, due or not: what is tried again all the time comes before what can wait.
    pub(crate) async fn first_due(&self, partition: &str, limit: i32) -> Result<Vec<DueEntry>, StoreError> {
        let query = QueryInput::builder().table_name(&self.tables.core).index_name(BY_DUE.name);
        let query = query.key_condition_expression("g4p = :partition");
        let query = query.expression_attribute_values(":partition", text(partition)).limit(limit);
        let answer = self.database.send(query).await.map_err(unavailable("list what is to be done"))?;
        Ok(answer.items.unwrap_or_default().iter().map(DueEntry::read).collect())
    }

    /// Counts a failure to handle an entry. At the fifth it is put aside, where nobody comes by any more: `true`.
    /// An entry that has left the index is let go.
    pub async fn count_failure(&self, entry: &DueEntry) -> Result<bool, StoreError> {
        let call = self
            .update(entry)
            .update_expression("SET xf = if_not_exists(xf, :zero) + :one")
            .condition_expression("attribute_exists(g4p)")
            .expression_attribute_values(":zero", number(0))
            .expression_attribute_values(":one", number(1))
            .return_values(ReturnValue::UpdatedNew);
        let sent = self.database.send(call).await;
        let Some(answer) = if_held(sent, "count a failure")? else {
            return Ok(false);
        };
        let counted = answer.attributes.unwrap_or_default();
        let failures = counted.get("xf").and_then(|n| n.as_n().ok()).and_then(|digits| digits.parse::<i64>().ok());
        if known(failures, "a count of failures", &entry.pk)? < FAILURES_MAX {
            return Ok(false);
        }
        let park = self.update(entry).update_expression("SET g4p = :parked");
        let park = park.expression_attribute_values(":parked", text(PARKED));
        self.database.send(park).await.map(|_| true).map_err(unavailable("put aside what can not be handled"))
    }

    fn update(&self, entry: &DueEntry) -> UpdateItemInputBuilder {
        let update = UpdateItemInput::builder().table_name(&self.tables.core);
        update.key("pk", text(&entry.pk)).key("sk", text(&entry.sk))
    }
}

impl DueEntry {
    fn read(item: &Item) -> Self {
        let part = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).cloned().unwrap_or_default();
        Self { pk: part("pk"), sk: part("sk"), sort: part("g4s") }
    }

    /// The task whose date has come.
    pub fn task(&self) -> Result<TaskId, StoreError> {
        known(TaskId::parse(&self.pk), "a task id", &self.pk)
    }

    /// The event whose callback is to be tried again, and whose event it is.
    pub fn callback(&self) -> Result<(EventId, AgentId), StoreError> {
        let agent = self.sort.split_once('#').and_then(|(_, agent)| AgentId::parse(agent));
        Ok((known(EventId::parse(&self.pk), "an event id", &self.pk)?, known(agent, "an agent id", &self.sort)?))
    }

    /// What it is an entry of: partition and sort key.
    pub(crate) fn of(&self) -> (&str, &str) {
        (&self.pk, &self.sk)
    }

    /// Since when it is due.
    pub fn since(&self) -> Result<Timestamp, StoreError> {
        let millis = self.sort.split('#').next().and_then(|digits| digits.parse().ok());
        Ok(Timestamp::from_millis(known(millis, "a moment", &self.sort)?))
    }

    /// Where it stands in its partition.
    pub(crate) fn sort(&self) -> &str {
        &self.sort
    }

    /// Its name, for logs.
    pub fn name(&self) -> &str {
        &self.pk
    }
}
