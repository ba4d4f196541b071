//! `POST /tasks/{id}/verify`: the agent's own judgement of a submission.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, text, word};
use crate::wire::submission::Revision;
use crate::wire::{Id, NextAction, Word};
use domain::TaskId;
use domain::limits::{REMARK_CHARS, REMARK_CHARS_MIN};
use domain::status::Status;
use domain::task::Manual;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "verifyTask",
    Route::post("/tasks/{id}/verify", Caller::Agent),
    "Approve or reject a submission, or ask for changes",
)
.about(
    "For tasks that the Guardian leaves to the agent, and before it has decided. APPROVE pays the operator; REJECT makes \
     a dispute, and the money stays in escrow until staff decide. REQUEST_CHANGES, twice at most and in a manual review \
     only, gives it back to its operator, who has a day at least.",
)
.id(super::TASK)
.body::<Body>()
.errors(&[Code::TaskStateConflict, Code::RevisionLimitReached, Code::TaskExpired])
.example(
    r#"{"decision": "APPROVE"}"#,
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "COMPLETED",
        "message": "Task manually approved and completed.", "next_action": {"by": "SYSTEM",
        "action": "release_earnings", "due_at": "2026-02-13T14:31:00.000Z", "on_due": "AVAILABLE"}, "revision": null}"#,
);

pub struct Body {
    pub decision: Manual,
    /// Not with APPROVE; always with REQUEST_CHANGES.
    pub reason: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "VerifyTask";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let decision = fields.required("decision", "The agent's decision.", word());
        let about = "Why not: 10 characters at least for REQUEST_CHANGES, where it is required. Refused with APPROVE.";
        let reason = fields.optional("reason", about, text(1..=REMARK_CHARS));
        let given = fields.has("reason");
        let long_enough = reason.as_ref().is_none_or(|words| words.chars().count() >= REMARK_CHARS_MIN);
        match decision {
            Some(Manual::Approve) if given => {
                fields.problem("reason", "is for REJECT and REQUEST_CHANGES only; leave it out");
            }
            Some(Manual::RequestChanges) if !given || !long_enough => {
                let problem = format!("must say in at least {REMARK_CHARS_MIN} characters what is to be changed");
                fields.problem("reason", problem);
            }
            Some(Manual::Approve | Manual::Reject | Manual::RequestChanges) | None => {}
        }
        Some(Self { decision: decision?, reason })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "VerifiedTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    pub message: &'static str,
    pub next_action: Option<NextAction>,
    /// With REQUEST_CHANGES.
    pub revision: Option<Revision>,
}
