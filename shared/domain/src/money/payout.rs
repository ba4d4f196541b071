//! Money out: what a payout is, where it stands, and the entries that move it. Not how it is sent: `functions/payouts`
//! tells what a chain or a provider has shown.

mod status;
mod transfer;

pub use status::{Failure, PayoutMove, PayoutStatus, TABLE};
pub use transfer::{Attempt, Authorized, Settled};

use crate::agent::Agent;
use crate::ids::{AgentId, EntryId, OperatorId, PayoutId};
use crate::ledger::{Account, Entry, EntryKind, Rail};
use crate::limits::{PAYOUT_STEP_S, PAYOUT_SUBMITTED_S};
use crate::mode::Mode;
use crate::money::Usd;
use crate::operator::Earnings;
use crate::time::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt;

/// Who is paid.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payee {
    /// Of what it has earned.
    Operator(OperatorId),
    /// Of what it has deposited and not spent.
    Agent(AgentId),
}

/// A withdrawal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    pub id: PayoutId,
    pub payee: Payee,
    pub amount: Usd,
    pub rail: Rail,
    /// A wallet address or a payee id.
    pub destination: String,
    /// What was asked for, if it was kept.
    pub fingerprint: Option<[u8; 16]>,
    pub created_at: Timestamp,
    pub status: PayoutStatus,
    /// How it came to stand where it does, the first step included.
    pub steps: Vec<(PayoutStatus, Timestamp)>,
    /// What was signed for it.
    pub authorized: Option<Authorized>,
    /// The transactions that were made to carry it, oldest first.
    pub attempts: Vec<Attempt>,
    /// What moved the money.
    pub settled: Option<Settled>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// Where who is paid opens an account at the provider, if it failed for want of one.
    pub registration_url: Option<String>,
    /// Grows with every write.
    pub version: u64,
}

/// How a payout leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is done when it is asked for: nothing real moves.
    AtOnce,
    /// It is reserved, and somebody carries it.
    Carried,
    /// There is nobody to carry it.
    Closed,
}

/// Who there is to carry payouts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// A chain, for USDC.
    pub usdc: bool,
    pub payoneer: bool,
}

impl Ways {
    /// How payouts leave by a rail.
    pub const fn by(self, rail: Rail, mode: Mode) -> Way {
        let carried = match rail {
            Rail::Base => self.usdc,
            Rail::Payoneer => self.payoneer,
            Rail::Dlocal => false,
        };
        match (carried, mode) {
            (true, _) => Way::Carried,
            (false, Mode::Test) => Way::AtOnce,
            (false, Mode::Live) => Way::Closed,
        }
    }
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

impl Payee {
    /// Reads an id of either.
    pub fn parse(text: &str) -> Option<Self> {
        OperatorId::parse(text).map(Self::Operator).or_else(|| AgentId::parse(text).map(Self::Agent))
    }

    /// Where the money comes from, and goes back to.
    pub fn account(&self) -> Account {
        match self {
            Self::Operator(id) => Account::Earnings(id.clone()),
            Self::Agent(id) => Account::Deposit(*id),
        }
    }
}

/// The id.
impl fmt::Display for Payee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator(id) => write!(f, "{id}"),
            Self::Agent(id) => write!(f, "{id}"),
        }
    }
}

impl Payout {
    /// A payout that was asked for at `now`, and has got as far as `status`: `completed` where test mode pays at once,
    /// `reserved` everywhere else.
    pub fn asked(
        id: PayoutId,
        payee: Payee,
        amount: Usd,
        (rail, destination): (Rail, String),
        status: PayoutStatus,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            payee,
            amount,
            rail,
            destination,
            fingerprint: None,
            created_at: now,
            status,
            steps: vec![(status, now)],
            authorized: None,
            attempts: Vec::new(),
            settled: None,
            failure: None,
            registration_url: None,
            version: 1,
        }
    }

    /// Whether `other` is the same request, made again.
    pub fn is_repeated_by(&self, other: &Self) -> bool {
        let same = self.fingerprint.is_none_or(|fingerprint| other.fingerprint == Some(fingerprint));
        let asked = |it: &Self| (it.id, it.payee.clone(), it.amount, it.rail, it.destination.clone());
        same && asked(self) == asked(other)
    }

    /// The payout after `step` at `now`, with the entry that it makes, if money moves. `None` when the step is not
    /// allowed.
    pub fn moved(&self, step: PayoutMove, now: Timestamp) -> Option<(Self, Option<Entry>)> {
        let status = self.status.next(step)?;
        let mut after = Self { status, version: self.version + 1, ..self.clone() };
        if self.status != status {
            after.steps.push((status, now));
        }
        let entry = (after.entries().len() > self.entries().len()).then(|| after.entries().pop()).flatten();
        Some((after, entry))
    }

    /// Whether it is to be looked at again: until it is over, and what a provider has transferred, until it can't be given
    /// back any more.
    pub fn is_watched(&self) -> bool {
        let transferred = self.steps.iter().any(|(status, _)| *status == PayoutStatus::Submitted);
        self.status.is_open() || (transferred && self.status == PayoutStatus::Completed)
    }

    /// Whether it has made no step for so long that somebody is to look. What is over never is: its money has arrived, or is
    /// back with who asked for it.
    pub fn is_stuck(&self, now: Timestamp) -> bool {
        let patience_s = match self.status {
            PayoutStatus::Submitted => PAYOUT_SUBMITTED_S,
            PayoutStatus::Reserved | PayoutStatus::Signed | PayoutStatus::Broadcast | PayoutStatus::Confirmed => {
                PAYOUT_STEP_S
            }
            PayoutStatus::Completed | PayoutStatus::Failed | PayoutStatus::Returned => return false,
        };
        self.moved_at().plus_seconds(patience_s) <= now
    }

    /// When it came to stand where it does.
    pub fn moved_at(&self) -> Timestamp {
        self.steps.last().map_or(self.created_at, |(_, at)| *at)
    }

    /// Every entry that it made, in their order.
    pub fn entries(&self) -> Vec<Entry> {
        let (balance, world, in_flight) = (self.payee.account(), Account::World(self.rail), Account::InFlight(self.id));
        let mut entries = Vec::new();
        for (nth, (status, at)) in self.steps.iter().enumerate() {
            let (kind, from, to) = match (status, nth) {
                (PayoutStatus::Reserved, _) => (EntryKind::Reserve, &balance, &in_flight),
                (PayoutStatus::Completed, 0) => (EntryKind::Payout, &balance, &world),
                (PayoutStatus::Completed, _) => (EntryKind::Payout, &in_flight, &world),
                (PayoutStatus::Failed, _) => (EntryKind::Return, &in_flight, &balance),
                (PayoutStatus::Returned, _) => (EntryKind::Return, &world, &balance),
                (
                    PayoutStatus::Signed | PayoutStatus::Broadcast | PayoutStatus::Submitted | PayoutStatus::Confirmed,
                    _,
                ) => continue,
            };
            let entry = Entry::new(self.entry_id(entries.len()), *at, kind, None);
            entries.push(entry.transfer(from.clone(), to.clone(), self.amount));
        }
        entries
    }

    /// What its entries name it by: with the destination, so that who signs can see that nobody has changed it.
    pub fn journal_reference(&self) -> String {
        format!("{} {}", self.id, self.destination)
    }

    /// The first entry has the payout's own bits.
    fn entry_id(&self, nth: usize) -> EntryId {
        if nth == 0 {
            return EntryId::from_bytes(self.id.bytes());
        }
        let digest = Sha256::new().chain_update(b"payout entry").chain_update(self.id.bytes());
        EntryId::from_digest(digest.chain_update(nth.to_be_bytes()).finalize().into())
    }
}

/// Whether what is available covers the payout.
pub fn earned(payout: &Payout, earnings: &Earnings) -> Result<(), Unpayable> {
    if !earnings.is_sound(payout.created_at) {
        return Err(Unpayable::Unsound);
    }
    covers(payout.amount, earnings.available(payout.created_at))
}

/// Whether what an agent may spend covers the payout: nothing that is in escrow, nothing that it owes.
pub fn deposited(payout: &Payout, agent: &Agent) -> Result<(), Unpayable> {
    covers(payout.amount, agent.spendable())
}

fn covers(required: Usd, available: Usd) -> Result<(), Unpayable> {
    if available < required {
        return Err(Unpayable::Short(InsufficientEarnings { required, available }));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
