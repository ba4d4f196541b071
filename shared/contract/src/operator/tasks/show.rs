//! `GET /operator/tasks/{id}`: a pending task, or one of the operator's own.

use super::Reputation;
use crate::endpoint::{Caller, Endpoint, Route};
use crate::tasks::TASK;
use crate::wire::submission::{Dispute, Proof, Resolution, Revision, Saying, Verdict};
use crate::wire::{Decision, Id, Location, Moment, Money, NextAction, Word};
use domain::TaskId;
use domain::status::Status;
use domain::task_type::{ProofType, TaskDomain, TaskType};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getOperatorTask",
    Route::get("/operator/tasks/{id}", Caller::Operator),
    "Show a pending task, or one of the operator's own",
)
.id(TASK)
.example(
    "",
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront signage",
        "description": "Take a clear photo...", "status": "ACCEPTED", "task_type": "VERIFICATION",
        "task_domain": "PHYSICAL", "proof_type": "PHOTO",
        "location": {"lat": 40.7128, "lng": -74.006, "address": "123 Main St"}, "reward_usd": 25.00,
        "deadline": "2026-02-10T00:00:00.000Z", "proof_requirements": ["Photo of storefront sign"],
        "digital_instructions": null, "agent_public_key": null, "proof": null, "guardian_result": null,
        "decision": null, "revision": null, "dispute": null, "statement": null, "resolution": null, "accepted_at": "2026-02-05T13:00:00.000Z",
        "started_at": null, "submitted_at": null, "completed_at": null, "created_at": "2026-02-05T12:00:00.000Z",
        "agent": {"rating": 4.6, "rating_count": 12, "approval_rate": 0.97},
        "next_action": {"by": "OPERATOR", "action": "submit", "due_at": "2026-02-10T00:00:00.000Z",
        "on_due": "CANCELLED"}}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OperatorTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub title: String,
    pub description: String,
    pub status: Word<Status>,
    pub task_type: Word<TaskType>,
    pub task_domain: Word<TaskDomain>,
    pub proof_type: Word<ProofType>,
    pub location: Location,
    pub reward_usd: Money,
    pub deadline: Moment,
    pub proof_requirements: Vec<String>,
    /// For the operator who has the task; null before.
    pub digital_instructions: Option<String>,
    /// To which a credential is sealed. For the operator who has the task; null before.
    pub agent_public_key: Option<String>,
    /// What the operator handed in last. Links to photos work for 15 minutes.
    pub proof: Option<Proof>,
    /// What the Guardian said of it; null before.
    pub guardian_result: Option<Verdict>,
    /// Who decided on it, and what; null while nobody has.
    pub decision: Option<Decision>,
    /// The latest changes that the agent asked for.
    pub revision: Option<Revision>,
    pub dispute: Option<Dispute>,
    /// The operator's own statement in the dispute.
    pub statement: Option<Saying>,
    pub resolution: Option<Resolution>,
    pub accepted_at: Option<Moment>,
    pub started_at: Option<Moment>,
    pub submitted_at: Option<Moment>,
    pub completed_at: Option<Moment>,
    pub created_at: Moment,
    pub agent: Reputation,
    pub next_action: Option<NextAction>,
}
