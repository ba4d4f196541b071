//! `GET` and `POST /operator/tasks/{id}/messages`: what the operator of a task and its agent wrote to each other.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::tasks::TASK;
use crate::tasks::messages::{Body, ERRORS, EXAMPLES, Message, Reply};
use crate::wire::Window;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "listOperatorMessages",
    Route::get("/operator/tasks/{id}/messages", Caller::Operator),
    "List the messages of the operator's task, oldest first",
)
.about("What was written to or by another operator of the task is not among them.")
.id(TASK)
.query::<Window>()
.example("limit=20", EXAMPLES);

pub const SEND: Endpoint = Endpoint::new::<Message>(
    "sendOperatorMessage",
    Route::post("/operator/tasks/{id}/messages", Caller::Operator),
    "Write to the agent of the operator's task",
)
.about("From the acceptance until the hold or the dispute is over; at most 100 messages of the operator for a task.")
.id(TASK)
.body::<Body>()
.created()
.idempotent()
.errors(ERRORS)
.example(
    r#"{"body": "The street is closed. May I go tomorrow?"}"#,
    r#"{"message_id": "msg_01kh3w5v8g3w2f7d5r6n8p9q0s", "sender": "OPERATOR",
        "body": "The street is closed. May I go tomorrow?", "created_at": "2026-02-05T13:05:00.000Z"}"#,
);
