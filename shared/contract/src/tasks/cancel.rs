//! `POST /tasks/{id}/cancel`: a full refund, while nobody has begun.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::Nothing;
use crate::wire::{Id, Money, NextAction, Word};
use domain::TaskId;
use domain::status::Status;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "cancelTask",
    Route::post("/tasks/{id}/cancel", Caller::Agent),
    "Cancel a task and refund its escrow",
)
.about("While it is PENDING or ACCEPTED. All of the escrow, reward and fee, goes back to the deposit balance.")
.id(super::TASK)
.body::<Nothing>()
.errors(&[Code::TaskStateConflict, Code::TaskExpired])
.example(
    "{}",
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "CANCELLED", "refunded_usd": 29.50,
        "next_action": null}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CancelledTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    /// Reward and fee.
    pub refunded_usd: Money,
    pub next_action: Option<NextAction>,
}
