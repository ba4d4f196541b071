//! `GET /tasks/{id}`: everything about a task of the agent's.

use super::messages::Message;
use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::submission::{Cancellation, Dispute, Proof, Resolution, Revision, Saying, Verdict};
use crate::wire::{Decision, Id, Location, Moment, Money, NextAction, Rating, Share, Word};
use domain::guardian::{self, VerificationMode};
use domain::status::Status;
use domain::task_type::{ProofType, TaskDomain, TaskType};
use domain::{OperatorId, TaskId};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("getTask", Route::get("/tasks/{id}", Caller::Agent), "Show a task with proof and verdict")
        .about("Links to photos are fresh with each answer, and work for 15 minutes.")
        .id(super::TASK)
        .example(
            "",
            r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront signage",
                "description": "Take a clear photo...", "status": "COMPLETED", "task_type": "VERIFICATION",
                "task_domain": "PHYSICAL", "proof_type": "PHOTO",
                "location": {"lat": 40.7128, "lng": -74.006, "address": "123 Main St"}, "reward_usd": 25.00,
                "platform_fee_usd": 4.50, "deadline": "2026-02-10T00:00:00.000Z",
                "proof_requirements": ["Photo of storefront sign"], "digital_instructions": null,
                "verification": {"mode": "AUTO", "min_confidence": 90},
                "proof": {"photos": ["https://storage.example.com/proof-1.jpg"], "notes": "Sign confirmed at location",
                    "submittedAt": "2026-02-06T14:30:00.000Z", "confirmation_text": null, "reference_url": null,
                    "location": null, "encrypted_credential": false},
                "guardian_result": {"decision": "APPROVE", "confidence": 95,
                    "reasoning": "All proof requirements met.", "review_reason": null,
                    "requirement_results": [{"requirement": "Photo of storefront sign", "verdict": "MET",
                        "confidence": 95, "reasoning": "A shop front with a sign that reads Main St Cafe.", "photo": 1}],
                    "checks": [{"check": "image_decodes", "status": "PASS", "detail": "The photo decodes."}]},
                "decision": {"outcome": "APPROVED", "decided_by": "GUARDIAN",
                    "reason": "All proof requirements met.", "at": "2026-02-06T14:31:00.000Z"}, "revision": null,
                "operator": {"id": "op_xyz789", "name": "Jane D.", "rating": 4.8, "rating_count": 9, "completed_tasks": 11,
                    "completion_rate": 0.92, "no_show_rate": 0.08, "dispute_loss_rate": 0.00},
                "messages": [{"message_id": "msg_01kh3w5v8g3w2f7d5r6n8p9q0s", "sender": "OPERATOR",
                    "body": "The sign is lit.", "created_at": "2026-02-06T14:20:00.000Z"}],
                "callback_url": "https://your-app.com/webhook", "agent_public_key": null,
                "accepted_at": "2026-02-05T13:00:00.000Z", "started_at": null,
                "submitted_at": "2026-02-06T14:30:00.000Z", "verified_at": "2026-02-06T14:31:00.000Z",
                "completed_at": "2026-02-06T14:31:00.000Z", "hold_until": "2026-02-13T14:31:00.000Z",
                "dispute": null, "statement": null, "resolution": null, "cancellation": null, "created_at": "2026-02-05T12:00:00.000Z",
                "next_action": {"by": "SYSTEM", "action": "release_earnings", "due_at": "2026-02-13T14:31:00.000Z",
                    "on_due": "AVAILABLE"}}"#,
        );

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Task")]
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
    /// Fixed when the task was created.
    pub platform_fee_usd: Money,
    pub deadline: Moment,
    pub proof_requirements: Vec<String>,
    pub digital_instructions: Option<String>,
    /// How far the Guardian may decide.
    pub verification: Verification,
    /// What the operator handed in; null before.
    pub proof: Option<Proof>,
    /// What the Guardian said of it; null before.
    pub guardian_result: Option<Verdict>,
    /// Who decided on it, and what; null while nobody has.
    pub decision: Option<Decision>,
    /// The latest changes that were asked for.
    pub revision: Option<Revision>,
    pub operator: Option<Operator>,
    /// The newest 20, the oldest of them first; `GET /tasks/{id}/messages` has all.
    pub messages: Vec<Message>,
    pub callback_url: Option<String>,
    pub agent_public_key: Option<String>,
    pub accepted_at: Option<Moment>,
    pub started_at: Option<Moment>,
    pub submitted_at: Option<Moment>,
    pub verified_at: Option<Moment>,
    pub completed_at: Option<Moment>,
    /// Until when the agent may dispute; then the operator can withdraw.
    pub hold_until: Option<Moment>,
    pub dispute: Option<Dispute>,
    /// The agent's own statement in the dispute.
    pub statement: Option<Saying>,
    pub resolution: Option<Resolution>,
    pub cancellation: Option<Cancellation>,
    pub created_at: Moment,
    /// Null once the money is where it stays.
    pub next_action: Option<NextAction>,
}

/// How far the agent lets the Guardian decide.
#[derive(Serialize, JsonSchema)]
pub struct Verification {
    pub mode: Word<VerificationMode>,
    /// What an approval by the Guardian needs, in percent.
    pub min_confidence: u8,
}

impl Verification {
    pub fn of(verification: guardian::Verification) -> Self {
        let guardian::Verification { mode, min_confidence } = verification;
        Self { mode: Word(mode), min_confidence }
    }
}

/// Who does it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RatedOperator")]
pub struct Operator {
    pub id: Id<OperatorId>,
    /// First name and initial.
    pub name: String,
    /// Mean of its ratings, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    pub completed_tasks: u64,
    /// Of the tasks that have come to an end for this operator, the share that it completed; null before the first.
    pub completion_rate: Option<Share>,
    /// The share that it neither submitted nor gave back in time.
    pub no_show_rate: Option<Share>,
    /// The share that staff refunded.
    pub dispute_loss_rate: Option<Share>,
}
