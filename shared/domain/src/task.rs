//! A task: what its lifecycle needs, and the long texts beside it. How it is opened is in `opening`, how
//! it moves on in `moves`.

mod brief;
pub mod chat;
pub mod decision;
pub mod event;
pub mod guardian;
pub mod moves;
pub mod next_action;
pub mod opening;
pub mod status;
pub mod submission;
pub mod task_type;
pub mod upload;

pub use brief::{Authorization, Basis, Brief, Callback, Sealed};

use crate::event::EventName;
use crate::geo::Point;
use crate::guardian::{Decision, Finding, ReviewReason};
use crate::ids::{AgentId, EntryId, OperatorId, ProofId, StaffName, TaskId};
use crate::ledger::{Entry, EntryKind};
use crate::limits::REVISION_S;
use crate::money::Usd;
use crate::status::Status;
use crate::task_type::{ProofType, TaskType};
use crate::time::Timestamp;
use crate::words::words;
use sha2::{Digest, Sha256};

/// A task as its lifecycle needs it. The long texts are in [`Brief`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub id: TaskId,
    pub agent: AgentId,
    /// 1 at creation, one more with each move. Every write is conditional on it.
    pub version: u64,
    /// Where it stands.
    pub status: Status,
    /// What kind of work.
    pub task_type: TaskType,
    /// What is handed in.
    pub proof_type: ProofType,
    /// Short title.
    pub title: String,
    /// Instructions; only their beginning when `abridged`.
    pub description: String,
    /// Proof requirements; none when `abridged`.
    pub requirements: Vec<String>,
    /// The full description and requirements are in the brief.
    pub abridged: bool,
    /// Where, if somewhere.
    pub point: Option<Point>,
    /// Where, in words.
    pub address: String,
    /// What the operator earns.
    pub reward: Usd,
    /// What the platform earns. Fixed at creation.
    pub fee: Usd,
    /// The rate that the fee came from, in basis points.
    pub rate_bps: u32,
    /// Accept and submit must happen before.
    pub deadline: Timestamp,
    /// Seconds from acceptance in which to submit.
    pub work_window_s: i64,
    pub created_at: Timestamp,
    /// When this version came to be: the time of its events.
    pub moved_at: Timestamp,
    /// Digest of the canonical request.
    pub fingerprint: [u8; 16],
    /// Of what the agent is called back; nothing without a callback.
    pub called_back: Vec<EventName>,
    /// Who does it.
    pub operator: Option<Assignee>,
    pub accepted_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    /// When proof was submitted.
    pub submitted_at: Option<Timestamp>,
    pub proof: Option<ProofId>,
    /// What the Guardian said, in short.
    pub verdict: Option<Ruling>,
    /// What the agent said of it in `verify`.
    pub manual: Option<Manual>,
    /// The latest changes that its operator was asked for.
    pub revision: Option<Revision>,
    pub verified_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    /// Until when the agent may dispute; then the earnings are available.
    pub hold_until: Option<Timestamp>,
    /// The latest dispute.
    pub dispute: Option<Dispute>,
    /// How staff resolved it.
    pub resolution: Option<Resolution>,
    /// Why and when cancelled.
    pub cancellation: Option<Cancellation>,
}

/// The operator of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignee {
    pub id: OperatorId,
    /// As agents see it.
    pub public_name: String,
}

/// The part of the Guardian's verdict that the lifecycle needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// What was decided.
    pub decision: Decision,
    /// 0 to 100.
    pub confidence: u8,
    /// Present with MANUAL_REVIEW.
    pub review_reason: Option<ReviewReason>,
    /// What that rests on.
    pub finding: Finding,
    pub at: Timestamp,
}

words! {
    /// The agent's judgement of a submission.
    Manual { Approve = "APPROVE", Reject = "REJECT", RequestChanges = "REQUEST_CHANGES" }
}

/// Changes that an agent asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision {
    /// 1 for the first, at most [`REVISIONS_MAX`](crate::limits::REVISIONS_MAX).
    pub count: u8,
    pub at: Timestamp,
}

words! {
    /// A side of a task: who says something, or rates the other.
    Side { Agent = "AGENT", Operator = "OPERATOR" }
}

/// What somebody said, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    pub text: String,
    pub at: Timestamp,
}

/// Everything that was said about a task's submission.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// What the agent wants changed: the latest of it.
    pub changes: Option<Saying>,
    /// Why the agent rejected it, or disputes it.
    pub objection: Option<Saying>,
    /// The agent's statement in the dispute.
    pub by_agent: Option<Saying>,
    /// The operator's statement in the dispute.
    pub by_operator: Option<Saying>,
}

words! {
    /// What led to a dispute.
    DisputeOrigin { Guardian = "GUARDIAN", Agent = "AGENT", AgentInHold = "AGENT_IN_HOLD", Lapse = "REVIEW_OVERDUE" }
}

/// A dispute: the money stays in escrow until staff resolve it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// What led to it.
    pub origin: DisputeOrigin,
    pub at: Timestamp,
    /// Staff were late, and were reminded.
    pub escalated_at: Option<Timestamp>,
}

words! {
    /// How staff can resolve a dispute.
    Outcome { Release = "RELEASE", Refund = "REFUND", Split = "SPLIT" }
}

/// How staff resolved a dispute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    pub outcome: Outcome,
    /// The operator's share of the reward in basis points.
    pub operator_share_bps: u32,
    /// Why, in the words of staff.
    pub rationale: String,
    pub by: StaffName,
    pub at: Timestamp,
}

words! {
    /// Why a task was cancelled.
    CancelReason { Agent = "AGENT_CANCELLED", Expired = "EXPIRED", Refunded = "DISPUTE_REFUNDED" }
}

/// Why and when a task was cancelled, and what the agent got back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    pub reason: CancelReason,
    pub at: Timestamp,
    /// Reward and fee.
    pub refunded: Usd,
}

impl Task {
    /// Reward and fee.
    pub fn total(&self) -> Usd {
        self.reward.checked_add(self.fee).expect("checked when the task was opened")
    }

    /// `operator` has it, or had it last.
    pub fn is_of(&self, operator: &OperatorId) -> bool {
        self.operator.as_ref().is_some_and(|assignee| assignee.id == *operator)
    }

    /// The latest dispute was about a completed task.
    pub(crate) fn disputed_in_hold(&self) -> bool {
        self.dispute.as_ref().is_some_and(|dispute| dispute.origin == DisputeOrigin::AgentInHold)
    }

    /// Staff gave its money back to the agent.
    pub fn is_refunded(&self) -> bool {
        self.cancellation.as_ref().is_some_and(|cancellation| cancellation.reason == CancelReason::Refunded)
    }

    /// Waits for the agent's `verify`.
    pub fn in_manual_review(&self) -> bool {
        let asked = self.verdict.as_ref().is_some_and(|ruling| ruling.decision == Decision::ManualReview);
        self.status == Status::Submitted && asked
    }

    /// Until when its operator must have submitted, if it has one.
    pub fn work_until(&self) -> Option<Timestamp> {
        let (from, window_s) = match self.revision {
            Some(revision) => (revision.at, self.work_window_s.max(REVISION_S)),
            None => (self.accepted_at?, self.work_window_s),
        };
        Some(from.plus_seconds(window_s).min(self.deadline))
    }

    /// Times that its operator was asked for changes.
    pub fn revisions(&self) -> u8 {
        self.revision.map_or(0, |revision| revision.count)
    }

    /// A submission that nobody has decided on, and whose proof nobody has seen.
    pub fn awaits_verdict(&self) -> bool {
        let unseen = self.verdict.as_ref().is_none_or(|ruling| ruling.finding == Finding::Unseen);
        self.status == Status::Submitted && unseen
    }

    /// An entry of this task's current version; the same move always gets the same entry id.
    pub(crate) fn entry(&self, kind: EntryKind, at: Timestamp) -> Entry {
        Entry::new(self.entry_id(self.version), at, kind, Some(self.id))
    }

    /// The entry by which the task was opened, without its postings.
    pub fn opening_entry(&self) -> Entry {
        Entry::new(self.entry_id(1), self.created_at, EntryKind::Escrow, Some(self.id))
    }

    fn entry_id(&self, version: u64) -> EntryId {
        let digest = Sha256::new()
            .chain_update(b"entry")
            .chain_update(self.id.bytes())
            .chain_update(version.to_be_bytes())
            .finalize();
        EntryId::from_digest(digest.into())
    }
}
