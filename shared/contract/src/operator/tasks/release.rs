//! `POST /operator/tasks/{id}/release`: the operator gives the task back to the feed.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::Nothing;
use crate::tasks::TASK;
use crate::wire::{Id, NextAction, Word};
use domain::TaskId;
use domain::status::Status;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "releaseTask",
    Route::post("/operator/tasks/{id}/release", Caller::Operator),
    "Give a task back to the feed",
)
.about("Somebody else may accept it then.")
.id(TASK)
.body::<Nothing>()
.errors(&[Code::TaskStateConflict, Code::TaskExpired])
.example(
    "{}",
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "PENDING", "next_action": {"by": "OPERATOR",
        "action": "accept", "due_at": "2026-02-10T00:00:00.000Z", "on_due": "CANCELLED"}}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReleasedTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    pub next_action: Option<NextAction>,
}
