//! An agent's account: balances, counters and the trailing 30-day spend.

use crate::ids::AgentId;
use crate::money::Usd;
use crate::pricing::Tier;
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// Days that a task counts towards the spend, its creation day not included.
pub const SPEND_DAYS: i64 = 30;

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
    /// Fees paid so far, less those given back: the platform's revenue from this agent.
    pub revenue: Usd,
    /// Tasks ever created.
    pub tasks_created: u64,
    /// Tasks now COMPLETED.
    pub tasks_completed: u64,
    /// Tasks now CANCELLED.
    pub tasks_cancelled: u64,
    /// Deposits ever credited.
    pub deposits: u64,
    /// Rewards of tasks not cancelled, by UTC day of creation. May hold days that no longer count.
    pub spend_by_day: BTreeMap<i64, Usd>,
}

/// The trailing spend and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spend {
    /// Rewards of the tasks created today and in the 30 days before, not cancelled.
    pub trailing: Usd,
    /// Sum over days that are still stored but no longer count.
    pub stale: Usd,
    /// Those days and their amounts.
    pub stale_days: Vec<(i64, Usd)>,
}

impl Spend {
    /// The fee tier.
    pub fn tier(&self) -> Tier {
        Tier::of(self.trailing)
    }
}

impl Agent {
    /// The trailing 30-day spend at `now`. Whole UTC days: a task counts until the end of the
    /// thirtieth day after the day of its creation.
    pub fn spend(&self, now: Timestamp) -> Spend {
        let mut spend = Spend { trailing: Usd::ZERO, stale: Usd::ZERO, stale_days: Vec::new() };
        for (&day, &amount) in &self.spend_by_day {
            let sum = if counts(day, now) {
                &mut spend.trailing
            } else {
                spend.stale_days.push((day, amount));
                &mut spend.stale
            };
            *sum = sum.checked_add(amount).expect("an agent's rewards of a month fit an i64");
        }
        spend
    }
}

/// Whether a task created on `day` counts towards the spend at `now`.
pub fn counts(day: i64, now: Timestamp) -> bool {
    day >= now.day() - SPEND_DAYS
}

#[cfg(test)]
mod tests;
