//! Money out: what a payout is, where it stands, and the entry that debits the operator's earnings.

use crate::ids::{EntryId, OperatorId, PayoutId};
use crate::ledger::{Account, Entry, EntryKind, Rail};
use crate::money::Usd;
use crate::operator::Earnings;
use crate::time::Timestamp;
use crate::words::words;

words! {
    /// Where a payout stands. Test mode pays at once, and live mode does not pay yet: there is one status.
    PayoutStatus { Completed = "completed" }
}

/// A withdrawal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    pub id: PayoutId,
    pub operator: OperatorId,
    pub amount: Usd,
    pub rail: Rail,
    /// A wallet address or a payee id.
    pub destination: String,
    /// What was asked for, if it was kept.
    pub fingerprint: Option<[u8; 16]>,
    pub created_at: Timestamp,
}

/// Less is available than asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InsufficientEarnings {
    pub required: Usd,
    pub available: Usd,
}

/// Why nothing is paid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpayable {
    Short(InsufficientEarnings),
    /// More vests than the balance: nobody knows what is available.
    Unsound,
}

impl Payout {
    pub const fn status(&self) -> PayoutStatus {
        PayoutStatus::Completed
    }

    /// Whether `other` is the same request, made again.
    pub fn is_repeated_by(&self, other: &Self) -> bool {
        let same = self.fingerprint.is_none_or(|fingerprint| other.fingerprint == Some(fingerprint));
        same && *self == Self { created_at: self.created_at, fingerprint: self.fingerprint, ..other.clone() }
    }
}

/// Pays out of what is available: the entry earnings → world.
pub fn pay(payout: &Payout, earnings: &Earnings) -> Result<Entry, Unpayable> {
    if !earnings.is_sound(payout.created_at) {
        return Err(Unpayable::Unsound);
    }
    let (required, available) = (payout.amount, earnings.available(payout.created_at));
    if available < required {
        return Err(Unpayable::Short(InsufficientEarnings { required, available }));
    }
    Ok(entry(payout))
}

/// The entry of a payout, whether it was made or not.
pub fn entry(payout: &Payout) -> Entry {
    let (from, to) = (Account::Earnings(payout.operator.clone()), Account::World(payout.rail));
    let id = EntryId::from_bytes(payout.id.bytes());
    Entry::new(id, payout.created_at, EntryKind::Payout, None).transfer(from, to, payout.amount)
}

#[cfg(test)]
mod tests;
