//! `GET /events`: what happened, numbered without a gap.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::read::{Fields, Read, id, integer, word};
use crate::wire::{Id, Moment, Word};
use domain::agent::event::EventType;
use domain::{EventId, TaskId};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::value::RawValue;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("listEvents", Route::get("/events", Caller::Agent), "List what happened, in order")
        .query::<Query>()
        .about(
            "Events of an agent are numbered 1, 2, 3 … without a gap, in an order that never changes, and are kept for \
             30 days. Keep `next_after` and send it as `after`: whoever does misses none. With `wait_s` an empty answer \
             waits for an event.",
        )
        .example(
            "after=0&limit=20",
            r#"{"data": [{"id": "evt_01kh3w5v8g3w2f7d5r6n8p9q0s", "sequence": 1, "type": "task.created",
                "task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "timestamp": "2026-02-05T12:00:00.000Z",
                "payload": {"event": "task.created", "task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s",
                    "timestamp": "2026-02-05T12:00:00.000Z", "id": "evt_01kh3w5v8g3w2f7d5r6n8p9q0s",
                    "status": "PENDING"},
                "deliveries": [{"attempt": 1, "at": "2026-02-05T12:00:01.000Z", "status": 503, "error": null,
                    "next_at": "2026-02-05T12:00:06.000Z"}]}],
                "next_after": 1}"#,
        );

/// Numbers that can be asked for.
const SEQUENCE_MAX: u64 = 999_999_999_999_999;
const LIMIT_DEFAULT: usize = 20;
const LIMIT_MAX: u64 = 100;
/// Seconds that an empty answer can wait.
const WAIT_MAX_S: u64 = 20;

pub struct Query {
    pub after: u64,
    pub task: Option<TaskId>,
    pub name: Option<EventType>,
    pub limit: usize,
    pub wait_s: u64,
}

impl Read for Query {
    const NAME: &'static str = "ListEvents";

    fn read(query: &mut impl Fields) -> Option<Self> {
        let about = "`next_after` of the answer before; 0, as without it, for the first event that is kept.";
        let after = query.optional("after", about, integer(0..=SEQUENCE_MAX));
        let task = query.optional("task_id", "Only events of this task.", id("must be a task id"));
        let name = query.optional("type", "Only events of this type.", word());
        let limit = query.optional("limit", "Events to return; 20 unless said otherwise.", integer(1..=LIMIT_MAX));
        let about = "Seconds to wait for an event where there is none; 0 unless said otherwise.";
        let wait_s = query.optional("wait_s", about, integer(0..=WAIT_MAX_S));
        let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(LIMIT_DEFAULT);
        Some(Self { after: after.unwrap_or(0), task, name, limit, wait_s: wait_s.unwrap_or(0) })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Events")]
pub struct Reply {
    pub data: Vec<Event>,
    /// What to send as `after` next.
    pub next_after: u64,
}

#[derive(Serialize, JsonSchema)]
pub struct Event {
    pub id: Id<EventId>,
    /// Its place in the stream.
    pub sequence: u64,
    #[serde(rename = "type")]
    pub name: Word<EventType>,
    /// Null for what happened to the account.
    pub task_id: Option<Id<TaskId>>,
    /// When it happened.
    pub timestamp: Moment,
    #[schemars(schema_with = "payload")]
    pub payload: Box<RawValue>,
    /// Attempts to send it to the task's callback, oldest first. Empty where none was made.
    pub deliveries: Vec<Delivery>,
}

fn payload(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "description": "The body of the callback, whether one is sent or not." })
}

#[derive(Serialize, JsonSchema)]
pub struct Delivery {
    /// 1 for the first.
    pub attempt: u32,
    pub at: Moment,
    /// What your server answered; null where it did not.
    pub status: Option<u16>,
    /// Why there was no answer: `dns_failed`, `blocked`, `timeout`, `tls`, `connect` or `protocol`; `endpoint_disabled`,
    /// `secret_unreadable` or `too_late` where nobody asked.
    pub error: Option<String>,
    /// For when the next attempt was planned; null when there is to be none.
    pub next_at: Option<Moment>,
}
