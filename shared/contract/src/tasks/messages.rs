//! `GET` and `POST /tasks/{id}/messages`: what the agent and the task's operators wrote to each other.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, text};
use crate::wire::{Id, Moment, Page, Window, Word};
use domain::MessageId;
use domain::chat;
use domain::limits::MESSAGE_CHARS;
use domain::task::Side;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "listMessages",
    Route::get("/tasks/{id}/messages", Caller::Agent),
    "List the messages of a task, oldest first",
)
.about("The agent sees what it and each operator of the task wrote to each other.")
.id(super::TASK)
.query::<Window>()
.example("limit=20", EXAMPLES);

pub const SEND: Endpoint = Endpoint::new::<Message>(
    "sendMessage",
    Route::post("/tasks/{id}/messages", Caller::Agent),
    "Write to the operator of a task",
)
.about(
    "From the acceptance until the hold or the dispute is over; at most 100 messages of the agent while the task has the \
     same operator.",
)
.id(super::TASK)
.body::<Body>()
.created()
.idempotent()
.errors(ERRORS)
.example(
    r#"{"body": "Please take the photo from across the street."}"#,
    r#"{"message_id": "msg_01kh3w5v8g3w2f7d5r6n8p9q0s", "sender": "AGENT",
        "body": "Please take the photo from across the street.", "created_at": "2026-02-05T13:05:00.000Z"}"#,
);

/// Of whoever writes.
pub(crate) const ERRORS: &[Code] = &[Code::ChatClosed, Code::ChatFull, Code::IdempotencyKeyReused];

/// Whoever reads them.
pub(crate) const EXAMPLES: &str = r#"{"data": [{"message_id": "msg_01kh3w5v8g3w2f7d5r6n8p9q0s", "sender": "AGENT",
        "body": "Please take the photo from across the street.", "created_at": "2026-02-05T13:05:00.000Z"}],
        "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#;

pub struct Body {
    pub body: String,
}

impl Read for Body {
    const NAME: &'static str = "SendMessage";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        Some(Self {
            body: fields.required("body", "For the other side of the task to read.", text(1..=MESSAGE_CHARS))?,
        })
    }
}

pub type Reply = Page<Message>;

#[derive(Debug, Serialize, JsonSchema)]
pub struct Message {
    pub message_id: Id<MessageId>,
    pub sender: Word<Side>,
    pub body: String,
    pub created_at: Moment,
}

impl Message {
    pub fn of(message: chat::Message) -> Self {
        Self {
            message_id: Id(message.id),
            sender: Word(message.sender),
            body: message.body,
            created_at: Moment(message.at),
        }
    }
}
