//! Money in: what a deposit is, where it stands, and the entry that credits it. Not whether anybody paid: that is
//! shown by a chain or a provider, or believed in test mode.

use crate::ids::{AgentId, EntryId, PaymentId, TransactionId};
use crate::ledger::{Account, Entry, EntryKind, Rail};
use crate::money::Usd;
use crate::time::Timestamp;
use crate::words::words;

words! {
    /// Where a deposit stands.
    DepositStatus {
        /// Asked for; nobody has shown that it was paid.
        Pending = "pending",
        /// In the agent's balance.
        Completed = "completed",
    }
}

words! {
    /// What can happen to a deposit.
    DepositMove { Credit = "credit" }
}

/// Each move with the statuses that it may start from and the one that it leads to.
pub const TABLE: &[(DepositMove, &[DepositStatus], DepositStatus)] =
    &[(DepositMove::Credit, &[DepositStatus::Pending], DepositStatus::Completed)];

/// A deposit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    pub rail: Rail,
    /// Unique on the rail: a canonical transaction hash, or a payment id.
    pub reference: String,
    /// Answered to the agent.
    pub transaction: TransactionId,
    pub agent: AgentId,
    pub amount: Usd,
    /// What was asked for by a key that can ask again; deposits by hash keep it with their keys.
    pub fingerprint: Option<[u8; 16]>,
    pub status: DepositStatus,
    /// When it was asked for; once credited, when that was.
    pub at: Timestamp,
}

impl Deposit {
    /// Whether `other` is the same request, made again. Deposits of before requests were kept say nothing.
    pub fn is_repeated_by(&self, other: &Self) -> bool {
        let same = self.fingerprint.is_none_or(|fingerprint| other.fingerprint == Some(fingerprint));
        same && self.amount == other.amount
    }
}

impl DepositStatus {
    /// Where `step` leads from here; `None` when it is not allowed.
    pub fn next(self, step: DepositMove) -> Option<Self> {
        TABLE.iter().find(|(name, from, _)| *name == step && from.contains(&self)).map(|(_, _, to)| *to)
    }
}

/// A payment that is expected from a provider. It has one transaction, so its id is made of the same bits.
pub fn expected(
    payment: PaymentId,
    agent: AgentId,
    amount: Usd,
    fingerprint: Option<[u8; 16]>,
    now: Timestamp,
) -> Deposit {
    Deposit {
        rail: Rail::Dlocal,
        reference: payment.to_string(),
        transaction: TransactionId::from_bytes(payment.bytes()),
        agent,
        amount,
        fingerprint,
        status: DepositStatus::Pending,
        at: now,
    }
}

/// The deposit as it is when it is credited, with the entry world → deposit. `None` when it was credited before.
pub fn credit(deposit: &Deposit) -> Option<(Deposit, Entry)> {
    let status = deposit.status.next(DepositMove::Credit)?;
    Some((Deposit { status, ..deposit.clone() }, entry(deposit)))
}

/// The entry of a deposit, whether it was made or not.
pub fn entry(deposit: &Deposit) -> Entry {
    let (world, account) = (Account::World(deposit.rail), Account::Deposit(deposit.agent));
    let id = EntryId::from_bytes(deposit.transaction.bytes());
    Entry::new(id, deposit.at, EntryKind::Deposit, None).transfer(world, account, deposit.amount)
}

#[cfg(test)]
mod tests;
