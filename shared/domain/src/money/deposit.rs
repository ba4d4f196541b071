//! Money in: what a deposit is, where it stands, and the entries that move it. Not whether anybody paid: that is
//! shown by a chain or a provider, or believed in test mode.

mod evidence;

pub use evidence::{Evidence, Incoming, Suspicion, is_credited_at_safe, suspicion};

use crate::ids::{AgentId, EntryId, PaymentId, TransactionId};
use crate::ledger::{Account, Entry, EntryKind, Rail};
use crate::money::Usd;
use crate::time::Timestamp;
use crate::words::words;
use sha2::{Digest, Sha256};

words! {
    /// Where a deposit stands.
    DepositStatus {
        /// Asked for; nobody has shown that it was paid.
        Pending = "pending",
        /// It came in, and staff are to look at it before anybody spends it.
        Suspended = "suspended",
        /// In the agent's balance.
        Completed = "completed",
        /// It was there and is not any more: the chain forgot it, or the payer took it back.
        Reversed = "reversed",
        /// The provider says that nobody will pay it.
        Rejected = "rejected",
    }
}

words! {
    /// What can happen to a deposit.
    DepositMove {
        Credit = "credit",
        Suspend = "suspend",
        /// Staff let the agent have it.
        Release = "release",
        /// The chain forgot it, or the payer took it back.
        Reverse = "reverse",
        /// The chain has it again.
        Restore = "restore",
        Reject = "reject",
    }
}

use DepositMove::{Credit, Reject, Release, Restore, Reverse, Suspend};
use DepositStatus::{Completed, Pending, Rejected, Reversed, Suspended};

/// Each move with the statuses that it may start from and the one that it leads to.
pub const TABLE: &[(DepositMove, &[DepositStatus], DepositStatus)] = &[
    // What a provider gave up may still be paid: it is asked before anything is credited.
    (Credit, &[Pending, Rejected], Completed),
    (Suspend, &[Pending, Reversed], Suspended),
    (Release, &[Suspended], Completed),
    (Reverse, &[Completed, Suspended], Reversed),
    (Restore, &[Reversed], Completed),
    (Reject, &[Pending], Rejected),
];

/// A deposit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    pub rail: Rail,
    /// Unique on the rail: a payment id, or a canonical transaction hash, of a chain with whose it is.
    pub reference: String,
    /// Answered to the agent.
    pub transaction: TransactionId,
    pub agent: AgentId,
    pub amount: Usd,
    /// What was asked for by a key that can ask again; deposits by hash keep it with their keys.
    pub fingerprint: Option<[u8; 16]>,
    pub status: DepositStatus,
    /// When it was asked for; once its money has moved, when it did last.
    pub at: Timestamp,
    /// Each time that its money moved.
    pub steps: Vec<Step>,
    /// What showed it, on a chain.
    pub evidence: Option<Evidence>,
    /// Why it was suspended, if it was.
    pub suspicion: Option<Suspicion>,
    /// What the provider calls it.
    pub provider_id: Option<String>,
}

/// One time that a deposit's money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub step: DepositMove,
    pub at: Timestamp,
    /// How much: a transaction that a chain has anew may move another amount.
    pub amount: Usd,
    /// What of it was inside before, and so came out of the platform's own.
    pub inside: Usd,
    /// What was spent already when it was reversed: the agent owes it.
    pub owed: Usd,
}

impl Deposit {
    /// A deposit that nothing has shown yet.
    pub fn asked(rail: Rail, reference: String, transaction: TransactionId, agent: AgentId, amount: Usd) -> Self {
        Self {
            rail,
            reference,
            transaction,
            agent,
            amount,
            fingerprint: None,
            status: Pending,
            at: Timestamp::from_millis(0),
            steps: Vec::new(),
            evidence: None,
            suspicion: None,
            provider_id: None,
        }
    }

    /// Whether `other` is the same request, made again. Deposits of before requests were kept say nothing.
    pub fn is_repeated_by(&self, other: &Self) -> bool {
        let same = self.fingerprint.is_none_or(|fingerprint| other.fingerprint == Some(fingerprint));
        same && self.amount == other.amount
    }

    /// The deposit after `step` at `now`, with the entry that it made. `None` when the step is not allowed. `owed` is
    /// what a reversal does not find in the balance.
    pub fn moved(&self, step: DepositMove, owed: Usd, now: Timestamp) -> Option<(Self, Option<Entry>)> {
        let status = self.status.next(step)?;
        let mut after = Self { status, at: now, ..self.clone() };
        if step != Reject {
            let inside = self.evidence.as_ref().map_or(Usd::ZERO, |evidence| evidence.inside);
            after.steps.push(Step { step, at: now, amount: self.amount, inside, owed });
        }
        let entry = (step != Reject).then(|| after.entries().pop()).flatten();
        Some((after, entry))
    }

    /// Every entry that it made, in their order.
    pub fn entries(&self) -> Vec<Entry> {
        let (mut suspended, mut owed) = (false, Usd::ZERO);
        let mut entries = Vec::new();
        for (nth, step) in self.steps.iter().enumerate() {
            let (world, balance) = (Account::World(self.rail), Account::Deposit(self.agent));
            let (suspense, receivable) = (Account::Suspense(self.transaction), Account::Receivable(self.agent));
            let held = if suspended { suspense.clone() } else { balance.clone() };
            let entry = |kind| Entry::new(self.entry_id(nth), step.at, kind, None);
            let without = |owed| step.amount.checked_sub(owed).unwrap_or(Usd::ZERO);
            let came = |entry: Entry| entry.transfer(Account::Capital, world.clone(), step.inside);
            entries.push(match step.step {
                Credit | Reject => came(entry(EntryKind::Deposit).transfer(world.clone(), balance, step.amount)),
                Suspend => came(entry(EntryKind::Suspend).transfer(world.clone(), suspense, step.amount)),
                Release => entry(EntryKind::Deposit).transfer(held, balance, step.amount),
                Reverse => {
                    // What nobody could spend is not told as taken back.
                    let kind = if suspended { EntryKind::Suspend } else { EntryKind::Reverse };
                    let entry = entry(kind).transfer(held, world.clone(), without(step.owed));
                    let entry = entry.transfer(receivable, world.clone(), step.owed);
                    entry.transfer(world, Account::Capital, step.inside)
                }
                // What was not found when it was reversed is owed no more.
                Restore => {
                    let settled = owed.min(step.amount);
                    let entry = entry(EntryKind::Deposit).transfer(world.clone(), balance, without(settled));
                    came(entry.transfer(world.clone(), receivable, settled))
                }
            });
            (suspended, owed) = (step.step == Suspend, step.owed);
        }
        entries
    }

    /// The first entry has the transaction's own bits.
    fn entry_id(&self, nth: usize) -> EntryId {
        if nth == 0 {
            return EntryId::from_bytes(self.transaction.bytes());
        }
        let digest = Sha256::new().chain_update(b"deposit entry").chain_update(self.transaction.bytes());
        EntryId::from_digest(digest.chain_update(nth.to_be_bytes()).finalize().into())
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
    let transaction = TransactionId::from_bytes(payment.bytes());
    let asked = Deposit::asked(Rail::Dlocal, payment.to_string(), transaction, agent, amount);
    Deposit { fingerprint, at: now, ..asked }
}

/// The name of a deposit on a chain: an agent has one of each transaction.
pub fn reference(chain_id: u64, tx_hash: &str, agent: AgentId) -> String {
    format!("{chain_id}:{tx_hash}:{agent}")
}

/// The same for every attempt to claim what has this reference.
pub fn transaction(reference: &str) -> TransactionId {
    TransactionId::from_digest(Sha256::new().chain_update(b"base").chain_update(reference).finalize().into())
}

#[cfg(test)]
mod tests;
