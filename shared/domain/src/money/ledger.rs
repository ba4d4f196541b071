//! Accounts, postings and entries: the only way money moves. Not where balances are stored.

use crate::ids::{AgentId, EntryId, OperatorId, PayoutId, TaskId, TransactionId};
use crate::limits::HOLD_S;
use crate::money::Usd;
use crate::time::Timestamp;
use crate::words::words;
use std::fmt;

/// Where money can be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// An agent's spendable balance.
    Deposit(AgentId),
    /// What is held for one task.
    Escrow(TaskId),
    /// Platform fees of one agent's tasks: held and earned together. Per agent, so that no item is hot for everybody.
    Revenue(AgentId),
    /// The fee of one task that was disputed in the hold: nobody's until staff decide.
    Fee(TaskId),
    /// What an operator has earned and not withdrawn: pending and available together.
    Earnings(OperatorId),
    /// A payout on its way: taken from who is paid, and not known to have arrived.
    InFlight(PayoutId),
    /// A deposit that came in and is nobody's to spend until staff have looked at it.
    Suspense(TransactionId),
    /// What an agent owes, as a negative balance: a deposit was taken back that was spent already.
    Receivable(AgentId),
    /// The platform's own money, put beside that of others.
    Capital,
    /// Outside the system; its balance is minus what is inside.
    World(Rail),
}

words! {
    /// A way in or out of the system.
    Rail { Base = "base", Dlocal = "dlocal", Payoneer = "payoneer" }
}

words! {
    /// Why an entry was made.
    EntryKind {
        Deposit = "deposit",
        /// A deposit came in that nobody may spend yet.
        Suspend = "suspend",
        /// A deposit was taken back: by a reorganisation of the chain, or by a chargeback.
        Reverse = "reverse",
        Escrow = "escrow",
        Settle = "settle",
        Refund = "refund",
        Dispute = "dispute",
        Release = "release",
        Split = "split",
        /// Set aside for a payout.
        Reserve = "reserve",
        Payout = "payout",
        /// A payout that came back, or never went.
        Return = "return",
        /// The platform's own money came in, or went out.
        Capital = "capital",
    }
}

impl EntryKind {
    /// Whether the agent's list of deposits tells it.
    pub const fn is_listed(self) -> bool {
        matches!(self, Self::Deposit | Self::Reverse)
    }
}

/// One line of an entry: `micros` more (or less) in `account`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub account: Account,
    /// Signed micro-dollars, never 0.
    pub micros: i64,
}

/// A balanced set of postings with its occasion. One entry, one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unique; time-ordered.
    pub id: EntryId,
    pub at: Timestamp,
    pub kind: EntryKind,
    /// For which task, if for one.
    pub task: Option<TaskId>,
    /// When the operator's earnings of this entry become available, and its fee is earned; `None` means at once.
    pub matures_at: Option<Timestamp>,
    postings: Vec<Posting>,
}

impl Entry {
    /// An entry of no postings yet: add transfers.
    pub fn new(id: EntryId, at: Timestamp, kind: EntryKind, task: Option<TaskId>) -> Self {
        Self { id, at, kind, task, matures_at: None, postings: Vec::new() }
    }

    /// The same entry, whose earnings mature at `moment`.
    pub fn maturing_at(mut self, moment: Timestamp) -> Self {
        self.matures_at = Some(moment);
        self
    }

    /// Adds a movement of `amount`. Sums stay zero because both sides are added here and only here.
    pub fn transfer(mut self, from: Account, to: Account, amount: Usd) -> Self {
        self.post(from, -amount.micros());
        self.post(to, amount.micros());
        self
    }

    /// One posting per account: DynamoDB refuses two writes to one item in a transaction.
    fn post(&mut self, account: Account, micros: i64) {
        if micros == 0 {
            return;
        }
        match self.postings.iter_mut().find(|p| p.account == account) {
            Some(posting) => {
                posting.micros = posting.micros.checked_add(micros).expect("amounts of one task fit an i64");
            }
            None => self.postings.push(Posting { account, micros }),
        }
        self.postings.retain(|p| p.micros != 0);
    }

    /// The postings; they sum to zero.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// The operator whose earnings change, if any do.
    pub fn earner(&self) -> Option<&OperatorId> {
        self.postings.iter().find_map(|posting| match &posting.account {
            Account::Earnings(operator) => Some(operator),
            Account::Deposit(_)
            | Account::Escrow(_)
            | Account::Revenue(_)
            | Account::Fee(_)
            | Account::InFlight(_)
            | Account::Suspense(_)
            | Account::Receivable(_)
            | Account::Capital
            | Account::World(_) => None,
        })
    }

    /// Whether the postings sum to zero. Asserted again before anything is written (invariant I1).
    pub fn is_balanced(&self) -> bool {
        self.postings.iter().map(|p| i128::from(p.micros)).sum::<i128>() == 0
    }
}

/// The UTC day on which the reward of an entry was settled: the spend of that day changes by it. What a dispute takes
/// back was settled when its hold began.
pub const fn settled_on(at: Timestamp, matures_at: Option<Timestamp>) -> i64 {
    match matures_at {
        Some(moment) => moment.plus_seconds(-HOLD_S).day(),
        None => at.day(),
    }
}

impl Account {
    /// Parses what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let account = match (parts.next()?, parts.next()?, parts.next()) {
            ("agent", id, Some("deposit")) => Self::Deposit(AgentId::parse(id)?),
            ("agent", id, Some("revenue")) => Self::Revenue(AgentId::parse(id)?),
            ("task", id, Some("escrow")) => Self::Escrow(TaskId::parse(id)?),
            ("task", id, Some("fee")) => Self::Fee(TaskId::parse(id)?),
            ("operator", id, Some("earnings")) => Self::Earnings(OperatorId::parse(id)?),
            ("payout", id, Some("in_flight")) => Self::InFlight(PayoutId::parse(id)?),
            ("deposit", id, Some("suspense")) => Self::Suspense(TransactionId::parse(id)?),
            ("agent", id, Some("receivable")) => Self::Receivable(AgentId::parse(id)?),
            ("platform", "capital", None) => Self::Capital,
            ("world", rail, None) => Self::World(Rail::parse(rail)?),
            _ => return None,
        };
        parts.next().is_none().then_some(account)
    }
}

/// `agent:<id>:deposit`, `task:<id>:escrow`, `operator:<id>:earnings`, `world:base`.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deposit(id) => write!(f, "agent:{id}:deposit"),
            Self::Revenue(id) => write!(f, "agent:{id}:revenue"),
            Self::Escrow(id) => write!(f, "task:{id}:escrow"),
            Self::Fee(id) => write!(f, "task:{id}:fee"),
            Self::Earnings(id) => write!(f, "operator:{id}:earnings"),
            Self::InFlight(id) => write!(f, "payout:{id}:in_flight"),
            Self::Suspense(id) => write!(f, "deposit:{id}:suspense"),
            Self::Receivable(id) => write!(f, "agent:{id}:receivable"),
            Self::Capital => f.write_str("platform:capital"),
            Self::World(rail) => write!(f, "world:{rail}"),
        }
    }
}

#[cfg(test)]
mod tests;
