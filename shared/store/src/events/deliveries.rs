//! Callbacks that failed and are to be tried again: one small item each, in the due index.

use crate::engine::item::{Item, decode, encode, known, moment, text, word};
use crate::engine::read::Table;
use crate::task::due::DueEntry;
use crate::task::index::callback_due_keys;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use domain::{AgentId, EventId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// A callback to be sent: which event, and which attempt it will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub event: EventId,
    pub agent: AgentId,
    /// Absent for an event that says itself where it goes.
    pub task: Option<TaskId>,
    /// The event's place in the agent's stream; 0 in messages of versions that did not number events.
    pub sequence: u64,
    /// When the event happened, or was last asked for.
    pub at: Timestamp,
    /// 1 for the first attempt.
    pub attempt: u32,
}

#[derive(Serialize, Deserialize)]
struct RetryItem {
    pk: String,
    sk: String,
    #[serde(rename = "ag")]
    agent: String,
    #[serde(rename = "tk", default, skip_serializing_if = "Option::is_none")]
    task: Option<String>,
    #[serde(rename = "sq", default)]
    sequence: u64,
    at: i64,
    #[serde(rename = "n")]
    attempt: u32,
}

const RETRY: &str = "D";

impl Key {
    /// The pending retry of an event's callback.
    pub fn retry(event: EventId) -> Self {
        Self::new(Table::Core, event, RETRY)
    }
}

impl Found {
    /// The pending retry of an event's callback, if it was asked for and there is one.
    pub fn retry(&mut self, event: EventId) -> Result<Option<Delivery>, StoreError> {
        self.take(&Key::retry(event), delivery_of)
    }
}

impl Store {
    /// Has `delivery` tried at `due_at`; replaces what was planned for the event.
    pub async fn plan_retry(&self, delivery: &Delivery, due_at: Timestamp) -> Result<(), StoreError> {
        self.put_beside(retry_item(delivery, due_at), "plan a retry").await
    }

    /// Takes on what is due: nobody else finds it before `until`, and whoever plans the next attempt puts that in its
    /// place. `None` when somebody else took it.
    pub async fn lease_retry(&self, entry: &DueEntry, until: Timestamp) -> Result<Option<Delivery>, StoreError> {
        let (event, agent) = entry.callback()?;
        let [_, (_, sort)] = callback_due_keys(until, agent);
        let call = UpdateItemInput::builder()
            .table_name(&self.tables.core)
            .key("pk", text(event))
            .key("sk", text(RETRY))
            .condition_expression("g4s = :seen")
            .expression_attribute_values(":until", text(sort))
            .expression_attribute_values(":seen", text(entry.sort()));
        let taken = self.lease(call, "SET g4s = :until", "take on a retry").await?;
        taken.map(delivery_of).transpose()
    }

    /// Nothing is to be tried again for this event.
    pub async fn drop_retry(&self, event: EventId) -> Result<(), StoreError> {
        let delete = DeleteItemInput::builder().table_name(&self.tables.core);
        let delete = delete.key("pk", text(event)).key("sk", text(RETRY));
        self.database.send(delete).await.map(drop).map_err(unavailable("drop a retry"))
    }
}

/// What is planned for an event, with its keys of the due index.
pub fn retry_item(delivery: &Delivery, due_at: Timestamp) -> Item {
    let mut item = encode(&RetryItem {
        pk: delivery.event.to_string(),
        sk: RETRY.to_owned(),
        agent: delivery.agent.to_string(),
        task: delivery.task.map(|task| task.to_string()),
        sequence: delivery.sequence,
        at: delivery.at.millis(),
        attempt: delivery.attempt,
    });
    for (name, value) in callback_due_keys(due_at, delivery.agent) {
        item.insert(name.to_owned(), text(value));
    }
    item
}

fn delivery_of(item: Item) -> Result<Delivery, StoreError> {
    let r: RetryItem = decode(item)?;
    Ok(Delivery {
        event: known(EventId::parse(&r.pk), "an event id", &r.pk)?,
        agent: known(AgentId::parse(&r.agent), "an agent id", &r.agent)?,
        task: word(r.task, "a task id", TaskId::parse)?,
        sequence: r.sequence,
        at: moment(r.at),
        attempt: r.attempt,
    })
}
