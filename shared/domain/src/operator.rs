//! Operators: profile, KYC, and earnings that vest seven days after completion.

pub mod push;
pub mod rating;
pub mod record;
pub mod waiting;

use crate::geo::Point;
use crate::ids::{OperatorId, StaffName};
use crate::money::Usd;
use crate::task_type::TaskType;
use crate::time::Timestamp;
use crate::words::words;
use rating::Ratings;
use record::Record;
use std::collections::BTreeMap;

words! {
    /// Result of the identity check.
    Kyc { Pending = "PENDING", Verified = "VERIFIED", Rejected = "REJECTED" }
}

/// What is known of an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub id: OperatorId,
    /// As registered; agents see [`public_name`] of it.
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    /// The centre of the cell that they live in, where that is known.
    pub home: Option<Point>,
    /// Task types that they want.
    pub skills: Vec<TaskType>,
    /// Only VERIFIED operators may accept tasks and withdraw.
    pub kyc: Kyc,
    /// What staff did last about it; none where nobody has yet.
    pub checked: Option<Checked>,
    pub created_at: Timestamp,
}

/// Who recorded the result of an identity check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub by: StaffName,
    pub at: Timestamp,
}

/// Characters of a first name that are shown.
const FIRST_NAME_CHARS: usize = 20;

/// First name and initial: what agents get to see of "Jane Doe" is "Jane D.". No name is shown whole: of a single word
/// only the first character is, and a first name ends where it is none any more, as an e-mail address does at its `@`.
pub fn public_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let initial = |word: &str| word.chars().next().map(|c| format!("{}.", c.to_uppercase()));
    match words.next_back().and_then(initial) {
        Some(initial) => {
            let of_names = |c: &char| !c.is_ascii() || c.is_ascii_alphabetic() || matches!(c, '\'' | '-');
            let first: String = first.chars().take_while(of_names).take(FIRST_NAME_CHARS).collect();
            format!("{first} {initial}").trim_start().to_owned()
        }
        None => initial(first).unwrap_or_default(),
    }
}

/// An operator's money. Pending becomes available by the passing of time alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earnings {
    /// Pending and available together.
    pub balance: Usd,
    /// On its way out.
    pub in_flight: Usd,
    /// Earned ever, less what disputes took back.
    pub total: Usd,
    /// Amounts by the moment they become available. Moments may have passed.
    pub vesting: BTreeMap<Timestamp, Usd>,
    /// What its tasks came to.
    pub record: Record,
    /// What agents think of its work.
    pub ratings: Ratings,
    /// Grows with every write; a payout is conditional on it.
    pub version: u64,
}

impl Earnings {
    /// Not yet available at `now`.
    pub fn pending(&self, now: Timestamp) -> Usd {
        self.vests(now).unwrap_or(self.balance)
    }

    /// Can be withdrawn at `now`.
    pub fn available(&self, now: Timestamp) -> Usd {
        self.balance.checked_sub(self.pending(now)).unwrap_or(Usd::ZERO)
    }

    /// What vests is part of the balance. Where it is not, the item was written by somebody else: then all of the
    /// balance counts as pending, and nothing may be paid out.
    pub fn is_sound(&self, now: Timestamp) -> bool {
        self.vests(now).is_some()
    }

    /// What vests after `now`, unless that is more than the balance.
    fn vests(&self, now: Timestamp) -> Option<Usd> {
        let mut later = self.vesting.iter().filter(|(moment, _)| **moment > now).map(|(_, amount)| *amount);
        let sum = later.try_fold(Usd::ZERO, Usd::checked_add)?;
        (sum <= self.balance).then_some(sum)
    }

    /// When the next pending amount becomes available.
    pub fn next_available_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.vesting.iter().find(|(moment, amount)| **moment > now && **amount > Usd::ZERO).map(|(moment, _)| *moment)
    }

    /// Moments that have passed: their amounts are available and need no line any more.
    pub fn matured(&self, now: Timestamp) -> Vec<Timestamp> {
        self.vesting.keys().copied().filter(|moment| *moment <= now).collect()
    }
}

#[cfg(test)]
mod tests;
