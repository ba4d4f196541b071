//! A submission and what comes of it, as agents, operators and staff see it.

use crate::wire::{Decision, Moment, Money, Number, Word};
use domain::guardian::{self, CheckName, CheckStatus, Requirement, ReviewReason};
use domain::limits::REVISIONS_MAX;
use domain::status::Status;
use domain::submission;
use domain::task::{self, CancelReason, DisputeOrigin, Outcome, Said, Task};
use schemars::JsonSchema;
use serde::Serialize;

/// A submission with what came of it: what every view of a task shows alike.
pub struct Submission {
    pub proof_requirements: Vec<String>,
    pub proof: Option<Proof>,
    pub guardian_result: Option<Verdict>,
    pub decision: Option<Decision>,
    pub revision: Option<Revision>,
    pub dispute: Option<Dispute>,
    pub statements: Statements,
    pub resolution: Option<Resolution>,
    pub cancellation: Option<Cancellation>,
}

impl Submission {
    /// Of a task, with what lies beside it: `requirements` where they are too long for the task itself, and `links` to the
    /// photos of the proof.
    pub fn of(
        task: &Task,
        requirements: Option<Vec<String>>,
        proof: Option<submission::Proof>,
        links: Vec<String>,
        verdict: Option<guardian::Verdict>,
        said: Said,
    ) -> Self {
        let objection = said.objection.as_ref().map(|objection| objection.text.as_str());
        // Kept before the task points to it.
        let verdict = verdict.filter(|_| task.verdict.is_some());
        let reasoning = verdict.as_ref().map(|verdict| verdict.reasoning.as_str());
        let requirements = requirements.unwrap_or_else(|| task.requirements.clone());
        Self {
            decision: Decision::of(task, reasoning, objection),
            guardian_result: verdict.map(|verdict| Verdict::of(verdict, &requirements)),
            proof_requirements: requirements,
            proof: proof.map(|proof| Proof::of(proof, links, task.task_type.is_credential())),
            revision: Revision::of(task, said.changes),
            dispute: Dispute::of(task, said.objection),
            statements: Statements { agent: said.by_agent.map(Into::into), operator: said.by_operator.map(Into::into) },
            resolution: Resolution::of(task),
            cancellation: Cancellation::of(task),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Proof {
    /// Links that work for 15 minutes.
    pub photos: Vec<String>,
    pub notes: Option<String>,
    #[serde(rename = "submittedAt")]
    pub submitted_at: Moment,
    pub confirmation_text: Option<String>,
    /// As given; never fetched.
    pub reference_url: Option<String>,
    pub location: Option<Whereabouts>,
    /// Whether a credential was delivered: see `retrieve-credential`.
    pub encrypted_credential: bool,
}

impl Proof {
    /// Of what was handed in, with the `links` to its photos.
    fn of(proof: submission::Proof, links: Vec<String>, has_credential: bool) -> Self {
        Self {
            photos: links,
            notes: proof.notes,
            submitted_at: Moment(proof.submitted_at),
            confirmation_text: proof.confirmation_text,
            reference_url: proof.reference_url,
            location: proof.location.map(|location| Whereabouts {
                lat: Number(location.point.lat),
                lng: Number(location.point.lng),
                accuracy_m: location.accuracy_m,
                captured_at: location.captured_at.map(Moment),
            }),
            encrypted_credential: has_credential,
        }
    }
}

/// Where the operator says they were.
#[derive(Serialize, JsonSchema)]
pub struct Whereabouts {
    pub lat: Number,
    pub lng: Number,
    /// Radius in metres.
    pub accuracy_m: Option<u32>,
    pub captured_at: Option<Moment>,
}

/// The Guardian's result.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GuardianResult")]
pub struct Verdict {
    pub decision: Word<guardian::Decision>,
    /// 0 to 100.
    #[schemars(range(max = 100))]
    pub confidence: u8,
    pub reasoning: String,
    /// Present with MANUAL_REVIEW.
    pub review_reason: Option<Word<ReviewReason>>,
    pub requirement_results: Vec<RequirementResult>,
    pub checks: Vec<Check>,
}

impl Verdict {
    /// With the requirements that it is about, in their order.
    fn of(verdict: guardian::Verdict, requirements: &[String]) -> Self {
        let results = requirements.iter().zip(verdict.requirements).map(|(requirement, seen)| RequirementResult {
            requirement: requirement.clone(),
            verdict: Word(seen.verdict),
            confidence: seen.confidence,
            reasoning: seen.reasoning,
            photo: seen.photo,
        });
        Self {
            decision: Word(verdict.decision),
            confidence: verdict.confidence,
            review_reason: verdict.review_reason.map(Word),
            requirement_results: results.collect(),
            checks: verdict.checks.into_iter().map(Check::of).collect(),
            reasoning: verdict.reasoning,
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct RequirementResult {
    pub requirement: String,
    pub verdict: Word<Requirement>,
    /// In this verdict, 0 to 100; 0 where nobody looked.
    #[schemars(range(max = 100))]
    pub confidence: u8,
    /// What was seen, or why nobody looked.
    pub reasoning: String,
    /// The photo that shows it, counted from 1.
    pub photo: Option<u8>,
}

/// A deterministic check of the proof.
#[derive(Serialize, JsonSchema)]
pub struct Check {
    pub check: Word<CheckName>,
    pub status: Word<CheckStatus>,
    pub detail: String,
}

impl Check {
    pub fn of(check: guardian::Check) -> Self {
        Self { check: Word(check.name), status: Word(check.status), detail: check.detail }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Dispute {
    pub origin: Word<DisputeOrigin>,
    pub opened_at: Moment,
    /// When staff were reminded.
    pub escalated_at: Option<Moment>,
    /// In the agent's words, if it said why.
    pub reason: Option<String>,
}

impl Dispute {
    /// Of a task, with the agent's objection.
    pub fn of(task: &Task, objection: Option<task::Saying>) -> Option<Self> {
        let dispute = task.dispute.as_ref()?;
        Some(Self {
            origin: Word(dispute.origin),
            opened_at: Moment(dispute.at),
            escalated_at: dispute.escalated_at.map(Moment),
            reason: objection.map(|objection| objection.text),
        })
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Resolution {
    pub outcome: Word<Outcome>,
    /// The operator's share of the reward in basis points.
    #[schemars(range(max = 10_000))]
    pub operator_share_bps: u32,
    pub resolved_at: Moment,
    /// In the words of staff.
    pub rationale: String,
}

impl Resolution {
    fn of(task: &Task) -> Option<Self> {
        let resolution = task.resolution.as_ref()?;
        Some(Self {
            outcome: Word(resolution.outcome),
            operator_share_bps: resolution.operator_share_bps,
            resolved_at: Moment(resolution.at),
            rationale: resolution.rationale.clone(),
        })
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Cancellation {
    pub reason: Word<CancelReason>,
    pub cancelled_at: Moment,
    /// Reward and fee.
    pub refunded_usd: Money,
}

impl Cancellation {
    fn of(task: &Task) -> Option<Self> {
        let cancellation = task.cancellation.as_ref()?;
        Some(Self {
            reason: Word(cancellation.reason),
            cancelled_at: Moment(cancellation.at),
            refunded_usd: Money(cancellation.refunded),
        })
    }
}

/// Changes that the agent asked for.
#[derive(Serialize, JsonSchema)]
pub struct Revision {
    /// 1 for the first.
    pub count: u8,
    /// More often it cannot ask.
    pub max: u8,
    /// In the agent's words.
    pub reason: Option<String>,
    /// Until when they are to be handed in; null once they are.
    pub due_at: Option<Moment>,
}

impl Revision {
    /// Of a task, with the changes that its agent asked for.
    pub fn of(task: &Task, changes: Option<task::Saying>) -> Option<Self> {
        let revision = task.revision?;
        let open = task.status == Status::InProgress;
        Some(Self {
            count: revision.count,
            max: REVISIONS_MAX,
            reason: changes.map(|changes| changes.text),
            due_at: task.work_until().filter(|_| open).map(Moment),
        })
    }
}

/// What the sides say in a dispute.
#[derive(Serialize, JsonSchema)]
pub struct Statements {
    pub agent: Option<Saying>,
    pub operator: Option<Saying>,
}

/// What a side says in a dispute.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Statement")]
pub struct Saying {
    pub text: String,
    pub stated_at: Moment,
}

impl From<task::Saying> for Saying {
    fn from(saying: task::Saying) -> Self {
        Self { text: saying.text, stated_at: Moment(saying.at) }
    }
}
