//! A completed task is disputed inside the hold, and staff divide the money of a disputed one.

use super::{Advance, Decided, Refusal, step, unchanged, worker};
use crate::ids::StaffName;
use crate::ledger::{Account, Entry, EntryKind};
use crate::money::Usd;
use crate::status::{Move, Status};
use crate::task::{CancelReason, Cancellation, Dispute, DisputeOrigin, Outcome, Resolution, Task};
use crate::time::Timestamp;

/// The agent disputes a completed task inside the hold: the reward goes back to escrow, and the fee is nobody's.
pub fn dispute(task: &Task, now: Timestamp) -> Decided {
    if task.status == Status::Disputed && task.disputed_in_hold() {
        return unchanged(task);
    }
    let mut after = step(task, Move::Dispute, now)?;
    if task.resolution.is_some() {
        return Err(Refusal::Resolved);
    }
    let Some(hold_until) = task.hold_until.filter(|until| now < *until) else {
        return Err(Refusal::HoldOver);
    };

    let earnings = Account::Earnings(worker(task));
    let entry = after
        .entry(EntryKind::Dispute, now)
        .transfer(earnings, Account::Escrow(task.id), task.reward)
        .transfer(Account::Revenue(task.agent), Account::Fee(task.id), task.fee)
        .maturing_at(hold_until);
    after.hold_until = None;
    after.dispute = Some(Dispute { origin: DisputeOrigin::AgentInHold, at: now, escalated_at: None });
    Ok(Advance { after, entry: Some(entry) })
}

/// A side can make a statement: staff have not decided.
pub fn in_dispute(task: &Task) -> Result<(), Refusal> {
    if task.status == Status::Disputed { Ok(()) } else { Err(Refusal::NoDispute(task.status)) }
}

/// Staff resolve a dispute. `operator_share_bps` (at most 10,000) counts for SPLIT only.
pub fn resolve(
    task: &Task,
    outcome: Outcome,
    operator_share_bps: u32,
    rationale: &str,
    by: &StaffName,
    now: Timestamp,
) -> Decided {
    let (name, share_bps) = match outcome {
        Outcome::Release => (Move::ResolveRelease, 10_000),
        Outcome::Refund => (Move::ResolveRefund, 0),
        Outcome::Split => (Move::ResolveSplit, operator_share_bps.min(10_000)),
    };
    if task.resolution.as_ref().is_some_and(|r| r.outcome == outcome && r.operator_share_bps == share_bps) {
        return unchanged(task);
    }
    let mut after = step(task, name, now)?;

    let earned = task.reward.share_to_the_cent(share_bps);
    let fee = task.fee.share_to_the_cent(share_bps);
    let entry = divided(task, after.entry(entry_kind(outcome), now), earned, fee);
    let (rationale, by) = (rationale.to_owned(), by.clone());
    after.resolution = Some(Resolution { outcome, operator_share_bps: share_bps, rationale, by, at: now });
    match outcome {
        Outcome::Release | Outcome::Split => after.completed_at = Some(now),
        Outcome::Refund => {
            let reason = CancelReason::Refunded;
            after.cancellation = Some(Cancellation { reason, at: now, refunded: task.total() });
        }
    }
    Ok(Advance { after, entry: Some(entry) })
}

fn entry_kind(outcome: Outcome) -> EntryKind {
    match outcome {
        Outcome::Release => EntryKind::Release,
        Outcome::Refund => EntryKind::Refund,
        Outcome::Split => EntryKind::Split,
    }
}

/// Divides a disputed task's money: `earned` to the operator, `fee` to the platform, the rest back.
/// After a dispute in the hold the fee is not in escrow, where the agent sees it, but apart.
fn divided(task: &Task, entry: Entry, earned: Usd, fee: Usd) -> Entry {
    let (escrow, deposit) = (Account::Escrow(task.id), Account::Deposit(task.agent));
    let fees = if task.disputed_in_hold() { Account::Fee(task.id) } else { escrow.clone() };
    let rest = |whole: Usd, part: Usd| whole.checked_sub(part).expect("a share is at most the whole");
    entry
        .transfer(escrow.clone(), Account::Earnings(worker(task)), earned)
        .transfer(escrow, deposit.clone(), rest(task.reward, earned))
        .transfer(fees.clone(), Account::Revenue(task.agent), fee)
        .transfer(fees, deposit, rest(task.fee, fee))
}
