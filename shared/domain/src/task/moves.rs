//! Every move of a task after its creation: who may make it, when, and what it does to the money.
//!
//! Each function takes the task as it is and returns the task as it shall be, with its entry. A
//! move that was already made by the same party is answered with the task unchanged.

mod disputes;
mod lapse;

pub use disputes::{dispute, in_dispute, resolve};
pub use lapse::{Lapse, lapse};

use crate::guardian::{Decision, Finding, Verdict};
use crate::ids::{OperatorId, ProofId};
use crate::ledger::{Account, Entry, EntryKind};
use crate::limits::{HOLD_S, REVISION_S, REVISIONS_MAX};
use crate::operator::record::Record;
use crate::status::{Move, Status};
use crate::task::{Assignee, CancelReason, Cancellation, Dispute, DisputeOrigin, Manual, Revision, Ruling, Task};
use crate::time::Timestamp;

/// The task as it shall be, and the money that moves with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advance {
    /// Same version as before: nothing is to be written.
    pub after: Task,
    /// Balanced; none when no money moves.
    pub entry: Option<Entry>,
}

/// Why a move is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The task is not this party's: answered like a task that does not exist.
    NotYours,
    /// The status does not allow the move.
    WrongStatus {
        /// Where the task stands.
        status: Status,
        /// What was tried.
        step: Move,
    },
    /// The deadline has passed.
    Expired,
    /// The operator's time to submit is over.
    WindowOver,
    /// The operator has as many tasks at work as it may.
    TooManyAtWork,
    /// The seven-day hold is over.
    HoldOver,
    /// Staff have decided.
    Resolved,
    /// The operator was asked for changes as often as it may be.
    NoMoreRevisions,
    /// There is no dispute to say something in; where the task stands instead.
    NoDispute(Status),
}

type Decided = Result<Advance, Refusal>;

/// An operator whose `record` has room claims a pending task before its deadline.
pub fn accept(task: &Task, operator: &Assignee, record: &Record, now: Timestamp) -> Decided {
    let mine = task.operator.as_ref().is_some_and(|assignee| assignee.id == operator.id);
    if mine && matches!(task.status, Status::Accepted | Status::InProgress) {
        return unchanged(task);
    }
    let mut after = step(task, Move::Accept, now).map_err(|refusal| match refusal {
        // Who saw it in the feed may hear that somebody was faster; what became of it since is for its own operator.
        Refusal::WrongStatus { status, .. } if !mine && !matches!(status, Status::Accepted | Status::InProgress) => {
            Refusal::NotYours
        }
        refusal => refusal,
    })?;
    if now >= task.deadline {
        return Err(Refusal::Expired);
    }
    if !record.has_room() {
        return Err(Refusal::TooManyAtWork);
    }

    after.operator = Some(operator.clone());
    after.accepted_at = Some(now);
    written(after)
}

/// The operator says that work has begun.
pub fn start(task: &Task, operator: &OperatorId, now: Timestamp) -> Decided {
    assigned(task, operator, Move::Start)?;
    if task.status == Status::InProgress {
        return unchanged(task);
    }
    let mut after = step(task, Move::Start, now)?;
    in_time(task, now)?;

    after.started_at = Some(now);
    written(after)
}

/// The operator gives the task back to the feed.
pub fn release(task: &Task, operator: &OperatorId, now: Timestamp) -> Decided {
    assigned(task, operator, Move::Release)?;
    returned(step(task, Move::Release, now)?)
}

/// The operator hands in `proof` before the deadline, and before its own time is over.
pub fn submit(task: &Task, operator: &OperatorId, proof: ProofId, now: Timestamp) -> Decided {
    assigned(task, operator, Move::Submit)?;
    if task.proof == Some(proof) {
        return unchanged(task);
    }
    let mut after = step(task, Move::Submit, now)?;
    in_time(task, now)?;

    after.submitted_at = Some(now);
    after.proof = Some(proof);
    after.manual = None;
    written(after)
}

/// The Guardian's verdict on `proof`. It changes nothing once anything else was decided or handed in; that nothing was
/// seen decides nothing.
pub fn judge(task: &Task, proof: ProofId, verdict: &Verdict, now: Timestamp) -> Decided {
    let news = task.verdict.is_none() || verdict.finding != Finding::Unseen;
    if !task.awaits_verdict() || task.proof != Some(proof) || !news {
        return unchanged(task);
    }
    let name = match verdict.decision {
        Decision::Approve => Move::Pass,
        Decision::ManualReview => Move::Review,
        Decision::Reject => Move::Fail,
    };
    let mut after = step(task, name, now)?;

    after.verdict = Some(Ruling {
        decision: verdict.decision,
        confidence: verdict.confidence,
        review_reason: verdict.review_reason,
        finding: verdict.finding,
        at: now,
    });
    match verdict.decision {
        Decision::Approve => settled(after, now),
        Decision::ManualReview => written(after),
        Decision::Reject => disputed(after, DisputeOrigin::Guardian, now),
    }
}

/// The agent approves or rejects a submission, or asks for changes where the Guardian left it to the agent.
pub fn verify(task: &Task, decision: Manual, now: Timestamp) -> Decided {
    let (name, reached) = match decision {
        Manual::Approve => (Move::Approve, Status::Completed),
        Manual::Reject => (Move::Reject, Status::Disputed),
        Manual::RequestChanges => (Move::RequestChanges, Status::InProgress),
    };
    if task.manual == Some(decision) && task.status == reached && task.resolution.is_none() {
        return unchanged(task);
    }
    let mut after = step(task, name, now)?;

    after.manual = Some(decision);
    match decision {
        Manual::Approve => settled(after, now),
        Manual::Reject => disputed(after, DisputeOrigin::Agent, now),
        Manual::RequestChanges => revised(task, after, now),
    }
}

/// Back to its operator, who has a day for it at least, and whatever the work window gives beyond.
fn revised(task: &Task, after: Task, now: Timestamp) -> Decided {
    if !task.in_manual_review() {
        return Err(Refusal::WrongStatus { status: task.status, step: Move::RequestChanges });
    }
    if task.revisions() >= REVISIONS_MAX {
        return Err(Refusal::NoMoreRevisions);
    }
    let deadline = task.deadline.max(now.plus_seconds(REVISION_S));
    let revision = Some(Revision { count: task.revisions() + 1, at: now });
    written(Task { revision, deadline, submitted_at: None, verdict: None, ..after })
}

/// The agent withdraws the task; all of the escrow goes back.
pub fn cancel(task: &Task, now: Timestamp) -> Decided {
    if task.cancellation.as_ref().is_some_and(|c| c.reason == CancelReason::Agent) {
        return unchanged(task);
    }
    refunded(task, step(task, Move::Cancel, now)?, CancelReason::Agent, now)
}

fn step(task: &Task, name: Move, now: Timestamp) -> Result<Task, Refusal> {
    match task.status.next(name) {
        Some(status) => Ok(Task { status, version: task.version + 1, moved_at: now, ..task.clone() }),
        None if expired(task) => Err(Refusal::Expired),
        None => Err(Refusal::WrongStatus { status: task.status, step: name }),
    }
}

/// Whoever works on a task has until the deadline, or until its own time is over.
fn in_time(task: &Task, now: Timestamp) -> Result<(), Refusal> {
    match task.work_until() {
        _ if now >= task.deadline => Err(Refusal::Expired),
        Some(until) if now >= until => Err(Refusal::WindowOver),
        Some(_) | None => Ok(()),
    }
}

fn expired(task: &Task) -> bool {
    task.cancellation.as_ref().is_some_and(|c| c.reason == CancelReason::Expired)
}

/// A pending task is everybody's to see; a claimed one exists for its operator only.
fn assigned(task: &Task, operator: &OperatorId, name: Move) -> Result<(), Refusal> {
    match &task.operator {
        Some(assignee) if assignee.id == *operator => Ok(()),
        None if task.status == Status::Pending => Err(Refusal::WrongStatus { status: task.status, step: name }),
        Some(_) | None => Err(Refusal::NotYours),
    }
}

fn worker(task: &Task) -> OperatorId {
    let assignee = task.operator.as_ref().expect("a submitted task has an operator");
    assignee.id.clone()
}

fn unchanged(task: &Task) -> Decided {
    Ok(Advance { after: task.clone(), entry: None })
}

/// Back in the feed, nobody's: whoever comes next begins anew.
fn returned(after: Task) -> Decided {
    let nobodys = Task { operator: None, accepted_at: None, started_at: None, ..after };
    written(Task { proof: None, manual: None, revision: None, ..nobodys })
}

fn written(after: Task) -> Decided {
    Ok(Advance { after, entry: None })
}

/// VERIFIED and COMPLETED in one commit: reward to the operator's pending balance, fee to the revenue, both held.
fn settled(mut after: Task, now: Timestamp) -> Decided {
    let hold_until = now.plus_seconds(HOLD_S);
    let escrow = Account::Escrow(after.id);
    let entry = after
        .entry(EntryKind::Settle, now)
        .transfer(escrow.clone(), Account::Earnings(worker(&after)), after.reward)
        .transfer(escrow, Account::Revenue(after.agent), after.fee)
        .maturing_at(hold_until);
    after.verified_at = Some(now);
    after.completed_at = Some(now);
    after.hold_until = Some(hold_until);
    Ok(Advance { after, entry: Some(entry) })
}

fn disputed(mut after: Task, origin: DisputeOrigin, now: Timestamp) -> Decided {
    after.dispute = Some(Dispute { origin, at: now, escalated_at: None });
    written(after)
}

fn refunded(task: &Task, mut after: Task, reason: CancelReason, now: Timestamp) -> Decided {
    let total = task.total();
    let (escrow, deposit) = (Account::Escrow(task.id), Account::Deposit(task.agent));
    let entry = after.entry(EntryKind::Refund, now).transfer(escrow, deposit, total);
    after.cancellation = Some(Cancellation { reason, at: now, refunded: total });
    Ok(Advance { after, entry: Some(entry) })
}

#[cfg(test)]
mod tests;
