//! What the sweeper does with a task whose date has passed. Does not find such tasks.

use super::{Decided, disputed, judge, refunded, returned, settled, step, unchanged, written};
use crate::guardian::{Finding, Verdict};
use crate::ids::ProofId;
use crate::next_action::DueKind;
use crate::status::Move;
use crate::task::{CancelReason, DisputeOrigin, Task};
use crate::time::Timestamp;

/// What has become due, with whatever it takes to end the waiting.
#[derive(Clone, Debug)]
pub enum Lapse {
    Expire,
    /// The Guardian's own verdict on a proof if it left one, else that it was unavailable.
    Judge(ProofId, Verdict),
    Review,
    Dispute,
}

impl Lapse {
    fn kind(&self) -> DueKind {
        match self {
            Self::Expire => DueKind::Expire,
            Self::Judge(..) => DueKind::Judge,
            Self::Review => DueKind::Review,
            Self::Dispute => DueKind::Dispute,
        }
    }
}

/// Unchanged when it does not apply: not yet, or not any more.
pub fn lapse(task: &Task, lapse: &Lapse, now: Timestamp) -> Decided {
    if !task.is_due(lapse.kind(), now) {
        return unchanged(task);
    }
    match lapse {
        Lapse::Expire if now >= task.deadline => {
            refunded(task, step(task, Move::Expire, now)?, CancelReason::Expired, now)
        }
        Lapse::Expire => returned(step(task, Move::WindowOver, now)?),
        Lapse::Judge(proof, verdict) => judge(task, *proof, verdict, now),
        Lapse::Review if task.verdict.as_ref().is_some_and(|ruling| ruling.finding == Finding::Clean) => {
            settled(step(task, Move::LapseApproved, now)?, now)
        }
        Lapse::Review => disputed(step(task, Move::LapseRejected, now)?, DisputeOrigin::Lapse, now),
        Lapse::Dispute => {
            let mut after = Task { version: task.version + 1, moved_at: now, ..task.clone() };
            after.dispute.iter_mut().for_each(|dispute| dispute.escalated_at = Some(now));
            written(after)
        }
    }
}
