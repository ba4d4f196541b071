//! What agent and operator think of each other: one rating of each side for a completed task, and their sums.

use crate::ids::TaskId;
use crate::limits::{RATE_S, RATINGS_MIN};
use crate::status::Status;
use crate::task::Side;
use crate::task::Task;
use crate::time::Timestamp;

/// What one side of a task says of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    pub task: TaskId,
    pub by: Side,
    /// 1 to 5.
    pub score: u8,
    pub comment: Option<String>,
    pub at: Timestamp,
}

/// Why a task cannot be rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unratable {
    /// It is not COMPLETED.
    Unfinished(Status),
    /// It was, for too long.
    TooLate,
}

/// The ratings of somebody, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    pub count: u64,
    pub sum: u64,
}

impl Ratings {
    /// The mean in tenths, rounded half up; of too few there is none.
    pub const fn mean_tenths(&self) -> Option<u64> {
        if self.count < RATINGS_MIN {
            return None;
        }
        Some((20 * self.sum + self.count) / (2 * self.count))
    }

    /// One more.
    pub fn add(&mut self, score: u8) {
        self.count += 1;
        self.sum += u64::from(score);
    }
}

/// Whether the sides of a task can rate each other at `now`.
pub fn ratable(task: &Task, now: Timestamp) -> Result<(), Unratable> {
    match task.completed_at.filter(|_| task.status == Status::Completed) {
        None => Err(Unratable::Unfinished(task.status)),
        Some(at) if now >= at.plus_seconds(RATE_S) => Err(Unratable::TooLate),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
