//! `POST /tasks/{id}/verify`: the agent's own judgement of a submission.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, word};
use crate::wire::{Id, NextAction, Word};
use domain::TaskId;
use domain::status::Status;
use domain::task::Manual;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "verifyTask",
    Route::post("/tasks/{id}/verify", Caller::Agent),
    "Approve or reject a submission",
)
.about(
    "For tasks that the Guardian leaves to the agent, and before it has decided. APPROVE pays the operator; REJECT makes \
     a dispute, and the money stays in escrow until staff decide.",
)
.id(super::TASK)
.body::<Body>()
.errors(&[Code::TaskStateConflict, Code::TaskExpired])
.example(
    r#"{"decision": "APPROVE"}"#,
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "COMPLETED",
        "message": "Task manually approved and completed.", "next_action": {"by": "SYSTEM",
        "action": "release_earnings", "due_at": "2026-02-13T14:31:00.000Z", "on_due": "AVAILABLE"}}"#,
);

pub struct Body {
    pub decision: Manual,
}

impl Read for Body {
    const NAME: &'static str = "VerifyTask";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        Some(Self { decision: fields.required("decision", "The agent's decision.", word())? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "VerifiedTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    pub message: &'static str,
    pub next_action: Option<NextAction>,
}
