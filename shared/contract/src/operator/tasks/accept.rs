//! `POST /operator/tasks/{id}/accept`: claims a pending task.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::Nothing;
use crate::tasks::TASK;
use crate::wire::{Id, Moment, NextAction, Word};
use domain::TaskId;
use domain::status::Status;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "acceptTask",
    Route::post("/operator/tasks/{id}/accept", Caller::VerifiedOperator),
    "Claim a pending task",
)
.about("Of many at once, exactly one operator gets it.")
.id(TASK)
.body::<Nothing>()
.errors(&[Code::TaskStateConflict, Code::TaskAlreadyAccepted, Code::TaskExpired, Code::TooManyActiveTasks])
.example(
    "{}",
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "ACCEPTED",
        "accepted_at": "2026-02-05T13:00:00.000Z", "next_action": {"by": "OPERATOR",
        "action": "submit", "due_at": "2026-02-10T00:00:00.000Z", "on_due": "CANCELLED"}}"#,
)
.links(&[("startTask", "task_id"), ("submitTask", "task_id"), ("releaseTask", "task_id")]);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AcceptedTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    pub accepted_at: Option<Moment>,
    pub next_action: Option<NextAction>,
}
