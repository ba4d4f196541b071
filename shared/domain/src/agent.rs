//! An agent's account: balances, counters, the trailing 30-day spend, and fees that are held like rewards.

pub mod event;

use crate::ids::AgentId;
use crate::money::Usd;
use crate::operator::rating::Ratings;
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// Days that a settled task counts towards the spend, the day of its settlement not included.
pub const SPEND_DAYS: i64 = 30;

/// Lines of an account are kept a day longer than they count: whose clock is behind may still take from them.
const SLACK_DAYS: i64 = 1;

/// What is known of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    pub id: AgentId,
    pub name: String,
    pub email: String,
    pub company: Option<String>,
    pub created_at: Timestamp,
    /// Spendable.
    pub deposit: Usd,
    /// Held for open tasks.
    pub escrow: Usd,
    /// Deposits that staff are to look at.
    pub suspended: Usd,
    /// What was taken back and had been spent already.
    pub owed: Usd,
    /// On its way out.
    pub in_flight: Usd,
    /// Fees of settled tasks, less those given back: held and earned together.
    pub revenue: Usd,
    /// Fees of tasks that were disputed in the hold.
    pub withheld: Usd,
    /// Fees by the UTC day in which their hold ends. May hold days that are over.
    pub fees_by_day: BTreeMap<i64, Usd>,
    /// Tasks ever created.
    pub tasks_created: u64,
    /// Tasks now COMPLETED.
    pub tasks_completed: u64,
    /// Tasks now CANCELLED.
    pub tasks_cancelled: u64,
    /// Tasks of them that staff refunded.
    pub tasks_refunded: u64,
    /// What operators think of it.
    pub ratings: Ratings,
    /// Deposits ever credited, or taken back: the lines of their list.
    pub deposits: u64,
    /// Rewards of tasks by UTC day of their settlement. May hold days that no longer count.
    pub spend_by_day: BTreeMap<i64, Usd>,
    /// Grows with every write.
    pub version: u64,
}

/// Days of an account that need no line any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outdated {
    /// Of the spend.
    pub spend: Vec<i64>,
    /// Of the fees.
    pub fees: Vec<i64>,
}

impl Agent {
    /// An account with nothing in it.
    pub fn new(id: AgentId, name: String, email: String, company: Option<String>, created_at: Timestamp) -> Self {
        Self {
            id,
            name,
            email,
            company,
            created_at,
            deposit: Usd::ZERO,
            escrow: Usd::ZERO,
            suspended: Usd::ZERO,
            owed: Usd::ZERO,
            in_flight: Usd::ZERO,
            revenue: Usd::ZERO,
            withheld: Usd::ZERO,
            fees_by_day: BTreeMap::new(),
            tasks_created: 0,
            tasks_completed: 0,
            tasks_cancelled: 0,
            tasks_refunded: 0,
            ratings: Ratings::default(),
            deposits: 0,
            spend_by_day: BTreeMap::new(),
            version: 0,
        }
    }

    /// What can be held for a task or withdrawn: the deposit, without what is owed.
    pub fn spendable(&self) -> Usd {
        self.deposit.checked_sub(self.owed).unwrap_or(Usd::ZERO)
    }

    /// The trailing 30-day spend at `now`: rewards settled, less what disputes took back. Whole UTC days: a task
    /// counts until the end of the thirtieth day after the day of its settlement.
    pub fn spend(&self, now: Timestamp) -> Usd {
        sum(&self.spend_by_day, spend_from(now))
    }

    /// The part of the revenue that is held at `now`: a fee is earned when the day is over in which its hold ends.
    pub fn fees_held(&self, now: Timestamp) -> Usd {
        sum(&self.fees_by_day, now.day())
    }

    /// Submissions that were decided on: of those in dispute nothing is known yet.
    pub const fn tasks_decided(&self) -> u64 {
        self.tasks_completed + self.tasks_refunded
    }

    /// Lines that count no more.
    pub fn outdated(&self, now: Timestamp) -> Outdated {
        let before = |days: &BTreeMap<i64, Usd>, first| days.range(..first - SLACK_DAYS).map(|(day, _)| *day).collect();
        Outdated { spend: before(&self.spend_by_day, spend_from(now)), fees: before(&self.fees_by_day, now.day()) }
    }
}

/// The first day that counts towards the spend at `now`.
pub fn spend_from(now: Timestamp) -> i64 {
    now.day() - SPEND_DAYS
}

fn sum(days: &BTreeMap<i64, Usd>, first: i64) -> Usd {
    let counted = days.range(first..).map(|(_, amount)| *amount);
    counted.fold(Usd::ZERO, |sum, amount| sum.checked_add(amount).expect("an agent's money of a month fits an i64"))
}

#[cfg(test)]
mod tests;
