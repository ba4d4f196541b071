//! What an operator's tasks came to, and how many it may have at once. Counted in the commit of each move.

use crate::ids::OperatorId;
use crate::limits::{AT_WORK_FEW, AT_WORK_MANY, SEASONED_COMPLETED};
use crate::status::Status;
use crate::task::Task;

/// Tasks of an operator, by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Ever accepted.
    pub accepted: u64,
    /// Now ACCEPTED or IN_PROGRESS.
    pub at_work: u64,
    /// Now COMPLETED.
    pub completed: u64,
    /// Given back in time.
    pub released: u64,
    /// Neither submitted nor given back in time.
    pub no_shows: u64,
    /// Refunded to the agent by staff.
    pub disputes_lost: u64,
}

/// What tasks, as they stand, count in the [`Record`] of their operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub at_work: u64,
    pub completed: u64,
    pub disputes_lost: u64,
    /// Accepted, neither given back nor a no-show. A task that is in the feed again forgets its operator, so that what
    /// was given back and what was not done can only be told together.
    pub kept: u64,
}

/// What a move adds to an operator's [`Record`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordChange {
    pub accepted: i64,
    pub at_work: i64,
    pub completed: i64,
    pub released: i64,
    pub no_shows: i64,
    pub disputes_lost: i64,
}

impl Record {
    /// Tasks that it may have at work at once: more, once it has shown that it completes them.
    pub const fn at_work_max(&self) -> u64 {
        if self.completed < SEASONED_COMPLETED { AT_WORK_FEW } else { AT_WORK_MANY }
    }

    /// One more task fits.
    pub const fn has_room(&self) -> bool {
        self.at_work < self.at_work_max()
    }

    /// What its tasks must say; `None` when more were given back or not done than were accepted.
    pub const fn standing(&self) -> Option<Standing> {
        let Self { accepted, at_work, completed, released, no_shows, disputes_lost } = *self;
        match accepted.checked_sub(released + no_shows) {
            Some(kept) => Some(Standing { at_work, completed, disputes_lost, kept }),
            None => None,
        }
    }

    /// Tasks that have come to an end for this operator: what its rates are shares of.
    pub const fn ended(&self) -> u64 {
        self.completed + self.released + self.no_shows + self.disputes_lost
    }
}

impl Standing {
    /// Of one task, and whose it is.
    pub fn of(task: &Task) -> Option<(OperatorId, Self)> {
        let operator = task.operator.as_ref()?.id.clone();
        let late = task.work_until().is_some_and(|until| task.moved_at >= until);
        let no_show = task.status == Status::Cancelled && task.submitted_at.is_none() && late;
        let standing = Self {
            at_work: u64::from(matches!(task.status, Status::Accepted | Status::InProgress)),
            completed: u64::from(task.status == Status::Completed),
            disputes_lost: u64::from(task.is_refunded()),
            kept: u64::from(!no_show),
        };
        Some((operator, standing))
    }

    /// Both together.
    pub const fn add(&mut self, other: Self) {
        self.at_work += other.at_work;
        self.completed += other.completed;
        self.disputes_lost += other.disputes_lost;
        self.kept += other.kept;
    }
}

impl RecordChange {
    /// What the move from `before` to `after` adds, and to whose record; `None` when it adds nothing.
    pub fn of(before: &Task, after: &Task) -> Option<(OperatorId, Self)> {
        let operator = before.operator.as_ref().or(after.operator.as_ref())?.id.clone();
        let is = |task: &Task, status| i64::from(task.status == status);
        let working = |task: &Task| is(task, Status::Accepted) + is(task, Status::InProgress);
        let left = working(before) == 1 && working(after) == 0;
        let back = left && after.status == Status::Pending;
        // Given back after its time is over is not given back in time, however late the sweeper is.
        let late = before.work_until().is_some_and(|until| after.moved_at >= until);
        let gone = left && late && after.status != Status::Submitted;

        let change = Self {
            accepted: i64::from(before.status == Status::Pending && working(after) == 1),
            at_work: working(after) - working(before),
            completed: is(after, Status::Completed) - is(before, Status::Completed),
            released: i64::from(back && !late),
            no_shows: i64::from(gone),
            disputes_lost: is(before, Status::Disputed) * is(after, Status::Cancelled),
        };
        (change != Self::default()).then_some((operator, change))
    }
}

#[cfg(test)]
mod tests;
