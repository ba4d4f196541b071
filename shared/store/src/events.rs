//! The events of an agent: what happened to its tasks and its account, with the exact bytes that were or would be sent,
//! and how often somebody tried to. How they are numbered is in `log`.

pub mod circuits;
pub mod deliveries;
pub mod endpoints;
pub mod job;
pub mod log;

use crate::engine::item::{Item, decode, encode, known, moment, number, word};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, if_held};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::agent::event::EventType;
use domain::task::{Callback, Sealed};
use domain::time::DAY_S;
use domain::words::Words;
use domain::{AgentId, EventId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Seconds that events are kept, and with them how they were delivered.
pub const KEPT_S: i64 = 30 * DAY_S;
/// Attempts of an event that are noted: more than ten come only of asking for it again.
const ATTEMPTS_MAX: i64 = 50;

/// Something that happened to a task or to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Stable over retries.
    pub id: EventId,
    pub agent: AgentId,
    /// Absent for what happened to the account.
    pub task: Option<TaskId>,
    pub name: EventType,
    pub at: Timestamp,
    /// The bytes of the callback.
    pub body: String,
    /// Where it goes, of an event that goes somewhere else than to its task's callback.
    pub callback: Option<Callback>,
}

/// An event as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the agent's stream: 1 for the first.
    pub sequence: u64,
    pub event: Event,
    /// In the order in which they ended.
    pub attempts: Vec<Attempt>,
    /// Until when the one before it is kept.
    pub(crate) before_until: Timestamp,
}

/// One attempt to deliver an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "AttemptItem", from = "AttemptItem")]
pub struct Attempt {
    /// 1 for the first.
    pub number: u32,
    pub at: Timestamp,
    /// The HTTP status, or a word for why there is none.
    pub outcome: String,
    /// Milliseconds until the answer.
    pub duration_ms: u64,
    /// For when the next one was planned; none when there is to be none.
    pub next_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct EventItem {
    pk: String,
    sk: String,
    id: String,
    #[serde(rename = "tk", default, skip_serializing_if = "Option::is_none")]
    task: Option<String>,
    #[serde(rename = "ev")]
    name: String,
    at: i64,
    #[serde(rename = "bd")]
    body: String,
    #[serde(rename = "cu", default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Sealed.
    #[serde(rename = "ss", default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(rename = "dl", default, skip_serializing_if = "Vec::is_empty")]
    attempts: Vec<Attempt>,
    #[serde(rename = "bu")]
    before_until: i64,
    ttl: i64,
}

#[derive(Serialize, Deserialize)]
struct AttemptItem {
    #[serde(rename = "n")]
    number: u32,
    at: i64,
    #[serde(rename = "oc")]
    outcome: String,
    #[serde(rename = "ms")]
    duration_ms: u64,
    #[serde(rename = "nx", default, skip_serializing_if = "Option::is_none")]
    next_at: Option<i64>,
}

impl From<Attempt> for AttemptItem {
    fn from(it: Attempt) -> Self {
        let (at, next_at) = (it.at.millis(), it.next_at.map(Timestamp::millis));
        Self { number: it.number, at, outcome: it.outcome, duration_ms: it.duration_ms, next_at }
    }
}

impl From<AttemptItem> for Attempt {
    fn from(it: AttemptItem) -> Self {
        let (at, next_at) = (moment(it.at), it.next_at.map(moment));
        Self { number: it.number, at, outcome: it.outcome, duration_ms: it.duration_ms, next_at }
    }
}

impl Event {
    /// Until when it is kept.
    pub fn until(&self) -> Timestamp {
        self.at.plus_seconds(KEPT_S)
    }
}

impl Key {
    /// An event by its place.
    pub fn event(agent: AgentId, sequence: u64) -> Self {
        Self::new(Table::Edge, partition(agent), place(sequence))
    }
}

impl Found {
    /// An event, if it was asked for and is there.
    pub fn event(&mut self, agent: AgentId, sequence: u64) -> Result<Option<Recorded>, StoreError> {
        self.take(&Key::event(agent, sequence), |item| recorded_of(agent, item))
    }
}

impl Store {
    /// Notes an attempt to deliver an event. Of one that has expired nothing is noted.
    pub async fn note_attempt(&self, agent: AgentId, sequence: u64, attempt: &Attempt) -> Result<(), StoreError> {
        let attempt = AttributeValue::M(encode(attempt));
        let update = UpdateItemInput::builder().table_name(&self.tables.edge);
        let update =
            update.key("pk", AttributeValue::S(partition(agent))).key("sk", AttributeValue::S(place(sequence)));
        let call = update
            .update_expression("SET dl = list_append(if_not_exists(dl, :none), :attempt)")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(dl) OR size(dl) < :max)")
            .expression_attribute_values(":none", AttributeValue::L(Vec::new()))
            .expression_attribute_values(":attempt", AttributeValue::L(vec![attempt]))
            .expression_attribute_values(":max", number(ATTEMPTS_MAX));
        let sent = self.database.send(call).await;
        if_held(sent, "note an attempt").map(drop)
    }
}

/// Before an agent's id in the partition of its events.
const STREAM: &str = "L#";

fn partition(agent: AgentId) -> String {
    format!("{STREAM}{agent}")
}

/// Sorts by number: fifteen digits are more than anybody reaches.
fn place(sequence: u64) -> String {
    format!("{sequence:015}")
}

fn event_item(event: &Event, sequence: u64, before_until: Timestamp) -> EventItem {
    EventItem {
        pk: partition(event.agent),
        sk: place(sequence),
        id: event.id.to_string(),
        task: event.task.map(|task| task.to_string()),
        name: event.name.word().to_owned(),
        at: event.at.millis(),
        body: event.body.clone(),
        url: event.callback.as_ref().map(|callback| callback.url.clone()),
        secret: event.callback.as_ref().and_then(|callback| callback.secret.clone()).map(|Sealed(secret)| secret),
        attempts: Vec::new(),
        before_until: before_until.millis(),
        ttl: event.until().seconds(),
    }
}

fn recorded_of(agent: AgentId, item: Item) -> Result<Recorded, StoreError> {
    let e: EventItem = decode(item)?;
    let event = Event {
        id: known(EventId::parse(&e.id), "an event id", &e.id)?,
        agent,
        task: word(e.task, "a task id", TaskId::parse)?,
        name: known(EventType::parse(&e.name), "an event", &e.name)?,
        at: moment(e.at),
        body: e.body,
        callback: e.url.map(|url| {
            let (secret, replaced, events) = (e.secret.map(Sealed), None, Vec::new());
            Callback { url, secret, replaced, events }
        }),
    };
    let sequence = known(e.sk.parse().ok(), "a place", &e.sk)?;
    Ok(Recorded { sequence, event, attempts: e.attempts, before_until: moment(e.before_until) })
}
