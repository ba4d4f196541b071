//! `POST /operator/tasks/{id}/start`: the operator has begun.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::Nothing;
use crate::tasks::TASK;
use crate::wire::{Id, Moment, NextAction, Word};
use domain::TaskId;
use domain::status::Status;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "startTask",
    Route::post("/operator/tasks/{id}/start", Caller::Operator),
    "Say that work has begun",
)
.about("From then on the agent can no longer cancel.")
.id(TASK)
.body::<Nothing>()
.errors(&[Code::TaskStateConflict, Code::TaskExpired, Code::WorkWindowOver])
.example(
    "{}",
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "IN_PROGRESS",
        "started_at": "2026-02-05T13:00:00.000Z", "next_action": {"by": "OPERATOR",
        "action": "submit", "due_at": "2026-02-10T00:00:00.000Z", "on_due": "CANCELLED"}}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StartedTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    pub started_at: Option<Moment>,
    pub next_action: Option<NextAction>,
}
