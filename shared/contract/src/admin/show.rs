//! `GET /admin/tasks/{id}`: everything that staff need to judge a task.

use super::disputes::Operator;
use crate::endpoint::{Caller, Endpoint, Route};
use crate::read::{Fields, Read, integer};
use crate::tasks::TASK;
use crate::wire::submission::{Cancellation, Dispute, Proof, Resolution, Revision, Statements, Verdict};
use crate::wire::{Decision, Id, Location, Moment, Money, NextAction, Word};
use domain::event::EventName;
use domain::status::Status;
use domain::task::Outcome;
use domain::task_type::{ProofType, TaskType};
use domain::{AgentId, TaskId};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getTaskAsStaff",
    Route::get("/admin/tasks/{id}", Caller::Admin),
    "Show a task to staff, with proof, findings, statements and what each outcome would pay",
)
.about("Links to photos are fresh with each answer, and work for 15 minutes.")
.id(TASK)
.query::<Query>()
.example(
    "operator_share_bps=4000",
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront signage",
        "description": "Take a clear photo...", "status": "DISPUTED", "task_type": "VERIFICATION",
        "proof_type": "PHOTO", "location": {"lat": 40.7128, "lng": -74.006, "address": "123 Main St"},
        "reward_usd": 25.00, "platform_fee_usd": 4.50, "deadline": "2026-02-10T00:00:00.000Z",
        "proof_requirements": ["Photo of storefront sign"], "digital_instructions": null,
        "agent_id": "agent_01kh3w5v8g3w2f7d5r6n8p9q0s", "operator": {"id": "op_xyz789", "name": "Jane D."},
        "proof": {"photos": ["https://storage.example.com/proof-1.jpg"], "notes": "Sign confirmed at location",
            "submittedAt": "2026-02-06T14:30:00.000Z", "confirmation_text": null, "reference_url": null,
            "location": null, "encrypted_credential": false},
        "guardian_result": {"decision": "MANUAL_REVIEW", "confidence": 70,
            "reasoning": "The proof leaves doubt: please review it yourself.", "review_reason": "LOW_CONFIDENCE",
            "requirement_results": [{"requirement": "Photo of storefront sign", "verdict": "UNCLEAR",
                "confidence": 70, "reasoning": "A sign is there; its name can't be read.", "photo": 1}],
            "checks": [{"check": "image_decodes", "status": "PASS", "detail": "The photo decodes."}]},
        "decision": {"outcome": "REJECTED", "decided_by": "AGENT", "reason": "It is the wrong shop.",
            "at": "2026-02-06T15:00:00.000Z"}, "revision": null,
        "dispute": {"origin": "AGENT", "opened_at": "2026-02-06T15:00:00.000Z", "escalated_at": null,
            "reason": "It is the wrong shop."},
        "statements": {"agent": null, "operator": {"text": "It is the shop at the address that was given.",
            "stated_at": "2026-02-07T09:00:00.000Z"}},
        "resolution": null, "resolved_by": null, "cancellation": null,
        "history": [{"event": "task.created", "at": "2026-02-05T12:00:00.000Z"},
            {"event": "task.accepted", "at": "2026-02-05T13:00:00.000Z"},
            {"event": "task.submitted", "at": "2026-02-06T14:30:00.000Z"},
            {"event": "task.disputed", "at": "2026-02-06T15:00:00.000Z"}],
        "outcomes": [
            {"outcome": "RELEASE", "operator_share_bps": 10000, "operator_usd": 25.00, "platform_usd": 4.50,
                "agent_usd": 0.00},
            {"outcome": "REFUND", "operator_share_bps": 0, "operator_usd": 0.00, "platform_usd": 0.00,
                "agent_usd": 29.50},
            {"outcome": "SPLIT", "operator_share_bps": 4000, "operator_usd": 10.00, "platform_usd": 1.80,
                "agent_usd": 17.70}],
        "next_action": {"by": "STAFF", "action": "resolve", "due_at": "2026-02-11T15:00:00.000Z",
            "on_due": "ESCALATED"}}"#,
);

pub struct Query {
    /// Basis points.
    pub operator_share_bps: Option<u64>,
}

impl Read for Query {
    const NAME: &'static str = "StaffTaskQuery";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let about = "The operator's share in basis points for which `outcomes` shows a SPLIT; 5000 if it is left out.";
        Some(Self { operator_share_bps: fields.optional("operator_share_bps", about, integer(0..=10_000)) })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StaffTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub title: String,
    pub description: String,
    pub status: Word<Status>,
    pub task_type: Word<TaskType>,
    pub proof_type: Word<ProofType>,
    pub location: Location,
    pub reward_usd: Money,
    pub platform_fee_usd: Money,
    pub deadline: Moment,
    pub proof_requirements: Vec<String>,
    pub digital_instructions: Option<String>,
    pub agent_id: Id<AgentId>,
    pub operator: Option<Operator>,
    /// What the operator handed in last.
    pub proof: Option<Proof>,
    pub guardian_result: Option<Verdict>,
    pub decision: Option<Decision>,
    pub revision: Option<Revision>,
    pub dispute: Option<Dispute>,
    pub statements: Statements,
    pub resolution: Option<Resolution>,
    /// Whose admin key it was that resolved it.
    pub resolved_by: Option<String>,
    pub cancellation: Option<Cancellation>,
    /// What the task as it stands says of its past, in order.
    pub history: Vec<Past>,
    /// What each resolution would pay to whom; none when there is nothing to resolve.
    pub outcomes: Vec<Payment>,
    pub next_action: Option<NextAction>,
}

#[derive(Serialize, JsonSchema)]
pub struct Past {
    pub event: Word<EventName>,
    pub at: Moment,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OutcomePayment")]
pub struct Payment {
    pub outcome: Word<Outcome>,
    /// The operator's share of the reward in basis points.
    #[schemars(range(max = 10_000))]
    pub operator_share_bps: u32,
    pub operator_usd: Money,
    /// The fee.
    pub platform_usd: Money,
    /// Back to its deposit.
    pub agent_usd: Money,
}
