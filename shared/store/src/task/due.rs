//! What is due, of every kind, from the one due index.

use crate::engine::item::{known, text};
use crate::engine::schema::{BY_DUE, DUE_SHARDS};
use crate::task::index::due_partition;
use crate::{Store, StoreError, unavailable};
use domain::next_action::DueKind;
use domain::{EventId, TaskId, Timestamp};

/// Something that has become due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueItem {
    /// A task's own date.
    Task(TaskId, DueKind),
    /// A callback to be tried again.
    Callback(EventId),
}

/// Items that one sweep takes from each shard; the next sweep takes the rest.
const PER_SHARD: i32 = 100;

impl Store {
    /// What is due at `now`, earliest first within a shard: one query per shard, all at once. An entry
    /// that can't be read stands in nobody's way.
    pub async fn due(&self, now: Timestamp) -> Result<Vec<Result<DueItem, StoreError>>, StoreError> {
        let shards = (0..DUE_SHARDS).map(|shard| self.due_in(shard, now));
        Ok(futures::future::try_join_all(shards).await?.into_iter().flatten().collect())
    }

    async fn due_in(&self, shard: u8, now: Timestamp) -> Result<Vec<Result<DueItem, StoreError>>, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&self.tables.core)
            .index_name(BY_DUE.name)
            .key_condition_expression("g4p = :shard AND g4s < :end")
            .expression_attribute_values(":shard", text(due_partition(shard)))
            .expression_attribute_values(":end", text(format!("{:013}", now.millis() + 1)))
            .limit(PER_SHARD)
            .send()
            .await
            .map_err(unavailable("find what is due"))?;
        let part = |item: &crate::engine::item::Item, name: &str| {
            item.get(name).and_then(|v| v.as_s().ok()).cloned().unwrap_or_default()
        };
        let items = answer.items.unwrap_or_default();
        Ok(items.iter().map(|item| due_of(&part(item, "pk"), &part(item, "g4s"))).collect())
    }
}

fn due_of(pk: &str, sort: &str) -> Result<DueItem, StoreError> {
    let kind = sort.split_once('#').and_then(|(_, kind)| DueKind::parse(kind));
    match known(kind, "a due kind", sort)? {
        DueKind::Callback => Ok(DueItem::Callback(known(EventId::parse(pk), "an event id", pk)?)),
        kind @ (DueKind::Expire | DueKind::Judge | DueKind::Review | DueKind::Dispute) => {
            Ok(DueItem::Task(known(TaskId::parse(pk), "a task id", pk)?, kind))
        }
    }
}
