//! `POST /admin/tasks/{id}/resolve`: staff divide the money of a disputed task.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, integer, text, word};
use crate::tasks::TASK;
use crate::wire::{Id, Moment, NextAction, Word};
use domain::TaskId;
use domain::limits::RATIONALE_CHARS;
use domain::status::Status;
use domain::task::Outcome;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "resolveDispute",
    Route::post("/admin/tasks/{id}/resolve", Caller::Admin),
    "Resolve a dispute",
)
.about(
    "RELEASE pays the operator at once and the platform its fee. REFUND gives everything back to the agent. SPLIT gives \
     the operator `operator_share_bps` of the reward, the platform the same share of the fee, the agent the rest.",
)
.id(TASK)
.body::<Body>()
.errors(&[Code::TaskStateConflict, Code::TaskExpired])
.example(
    r#"{"outcome": "SPLIT", "operator_share_bps": 5000, "rationale": "Half of the work was done."}"#,
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "COMPLETED", "outcome": "SPLIT",
        "operator_share_bps": 5000, "resolved_by": "admin", "resolved_at": "2026-02-08T10:00:00.000Z", "next_action": null}"#,
);

#[derive(Debug)]
pub struct Body {
    pub outcome: Outcome,
    /// Of SPLIT; else 0.
    pub operator_share_bps: u32,
    pub rationale: String,
}

impl Read for Body {
    const NAME: &'static str = "ResolveDispute";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let outcome = fields.required("outcome", "Who gets the money.", word());
        let about = "The operator's share in basis points. Required for SPLIT, refused otherwise.";
        let share = fields.optional("operator_share_bps", about, integer(0..=10_000));
        let given = fields.has("operator_share_bps");
        match outcome {
            Some(Outcome::Split) if !given => fields.problem("operator_share_bps", "is required for SPLIT"),
            Some(Outcome::Release | Outcome::Refund) if given => {
                fields.problem("operator_share_bps", "is for SPLIT only; leave it out");
            }
            Some(Outcome::Split | Outcome::Release | Outcome::Refund) | None => {}
        }
        let rationale = fields.required("rationale", "Why, in the words of staff.", text(1..=RATIONALE_CHARS));
        let operator_share_bps = share.and_then(|bps| u32::try_from(bps).ok()).unwrap_or(0);
        Some(Self { outcome: outcome?, operator_share_bps, rationale: rationale? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ResolvedDispute")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    pub outcome: Word<Outcome>,
    pub operator_share_bps: u32,
    /// Whose admin key it was.
    pub resolved_by: String,
    pub resolved_at: Moment,
    pub next_action: Option<NextAction>,
}

#[cfg(test)]
mod tests;
