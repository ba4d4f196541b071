//! The event log: what happened to an agent's tasks, with the exact bytes that were or would be sent.

pub mod circuits;
pub mod deliveries;
pub mod job;

use crate::engine::item::{Item, decode, encode, known, moment, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use domain::event::EventName;
use domain::time::DAY_S;
use domain::{AgentId, EventId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Seconds that events and deliveries are kept.
pub const KEPT_S: i64 = 30 * DAY_S;

/// Something that happened to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Stable over retries.
    pub id: EventId,
    pub agent: AgentId,
    pub task: TaskId,
    pub name: EventName,
    pub at: Timestamp,
    /// The bytes of the callback.
    pub body: String,
}

#[derive(Serialize, Deserialize)]
struct EventItem {
    pk: String,
    sk: String,
    id: String,
    #[serde(rename = "ag")]
    agent: String,
    #[serde(rename = "tk")]
    task: String,
    #[serde(rename = "ev")]
    name: String,
    at: i64,
    #[serde(rename = "bd")]
    body: String,
    ttl: i64,
}

impl Key {
    /// An event.
    pub fn event(agent: AgentId, at: Timestamp, id: EventId) -> Self {
        Self::new(Table::Edge, partition(agent), sort_key(at, id))
    }
}

impl Found {
    /// An event, if it was asked for and is still kept.
    pub fn event(&mut self, agent: AgentId, at: Timestamp, id: EventId) -> Result<Option<Event>, StoreError> {
        self.take(&Key::event(agent, at, id), event_of)
    }
}

/// One attempt to deliver an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// 1 for the first.
    pub number: u32,
    pub at: Timestamp,
    /// The HTTP status, or a word for why there is none.
    pub outcome: String,
    /// Milliseconds until the answer.
    pub duration_ms: u64,
    /// Whether it counts as delivered.
    pub delivered: bool,
}

#[derive(Serialize, Deserialize)]
struct AttemptItem {
    pk: String,
    sk: String,
    #[serde(rename = "n")]
    number: u32,
    at: i64,
    #[serde(rename = "oc")]
    outcome: String,
    #[serde(rename = "ms")]
    duration_ms: u64,
    #[serde(rename = "ok")]
    delivered: bool,
    ttl: i64,
}

impl Store {
    /// Records an event. Recording it again is harmless.
    pub async fn record_event(&self, event: &Event) -> Result<(), StoreError> {
        let item = encode(&EventItem {
            pk: partition(event.agent),
            sk: sort_key(event.at, event.id),
            id: event.id.to_string(),
            agent: event.agent.to_string(),
            task: event.task.to_string(),
            name: event.name.to_string(),
            at: event.at.millis(),
            body: event.body.clone(),
            ttl: event.at.plus_seconds(KEPT_S).seconds(),
        });
        let put = self.client.put_item().table_name(&self.tables.edge).set_item(Some(item));
        put.send().await.map(drop).map_err(unavailable("record an event"))
    }

    /// Records an attempt to deliver an event.
    pub async fn record_attempt(&self, event: EventId, attempt: &Attempt) -> Result<(), StoreError> {
        let item = encode(&AttemptItem {
            pk: format!("W#{event}"),
            sk: format!("{:02}", attempt.number),
            number: attempt.number,
            at: attempt.at.millis(),
            outcome: attempt.outcome.clone(),
            duration_ms: attempt.duration_ms,
            delivered: attempt.delivered,
            ttl: attempt.at.plus_seconds(KEPT_S).seconds(),
        });
        let put = self.client.put_item().table_name(&self.tables.edge).set_item(Some(item));
        put.send().await.map(drop).map_err(unavailable("record an attempt"))
    }

    /// The delivery log of an event, first attempt first.
    pub async fn attempts(&self, event: EventId) -> Result<Vec<Attempt>, StoreError> {
        let items = self.edge_partition(&format!("W#{event}")).await?;
        items.into_iter().map(attempt_of).collect()
    }

    async fn edge_partition(&self, pk: &str) -> Result<Vec<Item>, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&self.tables.edge)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(pk))
            .send()
            .await
            .map_err(unavailable("read the log"))?;
        Ok(answer.items.unwrap_or_default())
    }
}

fn partition(agent: AgentId) -> String {
    format!("E#{agent}")
}

fn sort_key(at: Timestamp, id: EventId) -> String {
    format!("{:013}#{id}", at.millis())
}

fn event_of(item: Item) -> Result<Event, StoreError> {
    let e: EventItem = decode(item)?;
    Ok(Event {
        id: known(EventId::parse(&e.id), "an event id", &e.id)?,
        agent: known(AgentId::parse(&e.agent), "an agent id", &e.agent)?,
        task: known(TaskId::parse(&e.task), "a task id", &e.task)?,
        name: known(EventName::parse(&e.name), "an event", &e.name)?,
        at: moment(e.at),
        body: e.body,
    })
}

fn attempt_of(item: Item) -> Result<Attempt, StoreError> {
    let a: AttemptItem = decode(item)?;
    Ok(Attempt {
        number: a.number,
        at: moment(a.at),
        outcome: a.outcome,
        duration_ms: a.duration_ms,
        delivered: a.delivered,
    })
}
