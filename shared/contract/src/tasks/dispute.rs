//! `POST /tasks/{id}/dispute`: the agent objects to a completed task inside the seven-day hold.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, text};
use crate::wire::{Id, Money, NextAction, Word};
use domain::TaskId;
use domain::limits::REMARK_CHARS;
use domain::status::Status;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "disputeTask",
    Route::post("/tasks/{id}/dispute", Caller::Agent),
    "Dispute a completed task inside the hold",
)
.about("The reward goes back into escrow until staff resolve the dispute; the fee stays.")
.id(super::TASK)
.body::<Body>()
.errors(&[Code::TaskStateConflict, Code::HoldOver, Code::AlreadyResolved, Code::TaskExpired])
.example(
    "{}",
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "DISPUTED", "held_usd": 25.00,
        "next_action": {"by": "STAFF", "action": "resolve", "due_at": "2026-02-11T14:31:00.000Z",
        "on_due": "ESCALATED"}}"#,
);

pub struct Body {
    pub reason: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "DisputeTask";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        Some(Self { reason: fields.optional("reason", "Why: operator and staff read it.", text(1..=REMARK_CHARS)) })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DisputedTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    /// The reward.
    pub held_usd: Money,
    pub next_action: Option<NextAction>,
}
