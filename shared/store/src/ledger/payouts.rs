//! Money out: what is set aside for it, and each step on its way.

pub(crate) mod item;
mod open;
mod signing;

pub(crate) use item::payout_of;
pub use open::Open;
pub use signing::{Cap, Carried, Signed};

use crate::engine::commit::{CommitError, Role};
use crate::engine::item::{Item, known, text};
use crate::engine::read::Table;
use crate::ledger::booking::Booking;
use crate::ledger::journal::line_of;
use crate::task::due::DueEntry;
use crate::task::index::payout_due_keys;
use crate::{Found, Key, Once, Store, StoreError, if_held};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use domain::agent::Agent;
use domain::money::audit::JournalLine;
use domain::money::payout::{self, InsufficientEarnings, Payee, Payout, Unpayable};
use domain::operator::Earnings;
use domain::{PayoutId, Timestamp};
use item::payout_item;

/// How a request for a payout ended otherwise than with a payout.
#[derive(Debug)]
pub enum PayoutError {
    Short(InsufficientEarnings),
    Store(StoreError),
}

/// What a payout is taken from, as it was read.
#[derive(Clone, Debug)]
pub enum Purse {
    Earnings(Earnings),
    Agent(Box<Agent>),
}

/// What became of a step.
#[derive(Debug)]
pub enum Stepped {
    Done(Box<Payout>),
    /// Somebody else has moved it meanwhile: it is to be looked at anew.
    Overtaken,
}

/// Prefix of the sort key of payouts.
pub(crate) const PAYOUT: &str = "Y#";
/// A decision that lost a race is made anew, at most this often.
const DECISIONS_MAX: usize = 20;

impl Key {
    /// A payout.
    pub fn payout(payee: &Payee, id: PayoutId) -> Self {
        Self::new(Table::Core, payee, sort_key(id))
    }

    /// The entry by which a payout was taken from who is paid.
    pub fn reservation(payout: &Payout) -> Option<Self> {
        Some(Self::entry(&payout.payee, payout.entries().first()?))
    }
}

impl Found {
    /// A payout, if it was asked for and exists.
    pub fn payout(&mut self, payee: &Payee, id: PayoutId) -> Result<Option<Payout>, StoreError> {
        self.take(&Key::payout(payee, id), payout_of)
    }

    /// The entry by which a payout was taken from who is paid, if it was asked for and exists.
    pub fn reservation(&mut self, payout: &Payout) -> Result<Option<JournalLine>, StoreError> {
        let Some(key) = Key::reservation(payout) else { return Ok(None) };
        self.take(&key, line_of)
    }
}

impl Purse {
    fn covers(&self, payout: &Payout) -> Result<(), Unpayable> {
        match self {
            Self::Earnings(earnings) => payout::earned(payout, earnings),
            Self::Agent(agent) => payout::deposited(payout, agent),
        }
    }

    fn version(&self) -> u64 {
        match self {
            Self::Earnings(earnings) => earnings.version,
            Self::Agent(agent) => agent.version,
        }
    }

    fn matured(&self, now: Timestamp) -> Vec<Timestamp> {
        match self {
            Self::Earnings(earnings) => earnings.matured(now),
            Self::Agent(_) => Vec::new(),
        }
    }
}

impl Store {
    /// Takes a payout from `purse`: debit, payout and journal in one transaction. A payout that exists is answered as it
    /// is.
    pub async fn pay_out(&self, payout: Payout, mut purse: Purse) -> Result<Once<Payout>, PayoutError> {
        for _ in 0..DECISIONS_MAX {
            if let Err(refused) = purse.covers(&payout) {
                return self.twin_or(refused, &payout).await;
            }
            let entry = payout.entries().pop().expect("the first step of a payout moves money");
            let (matured, reference) = (purse.matured(payout.created_at), payout.journal_reference());
            let (payee, version) = (&payout.payee, Some(purse.version()));
            let booking = Booking::PaidOut { payee, matured: &matured, version, reference: &reference };
            let put = self.put_once(&self.tables.core, payout_item(&payout, payout.created_at));
            let mut writes = vec![(Role::State, put)];
            writes.extend(self.entry_writes(&entry, &booking));

            match self.transact(writes).await {
                Ok(()) => return Ok(Once::New(payout)),
                Err(CommitError::Condition { role: Role::State, found }) => {
                    let there = payout_of(found).map_err(PayoutError::Store)?;
                    // The answer to our own write may have been lost on the way.
                    return Ok(if there == payout { Once::New(there) } else { Once::Replay(there) });
                }
                Err(CommitError::Condition { .. }) => {
                    purse = self.purse(&payout.payee).await.map_err(PayoutError::Store)?;
                }
                Err(CommitError::Store(error)) => return Err(PayoutError::Store(error)),
            }
        }
        let cause = "lost the race too often".to_owned();
        Err(PayoutError::Store(StoreError::Unavailable { operation: "pay out", cause }))
    }

    /// The purse may have been read after a twin request took from it, and the payout before.
    async fn twin_or(&self, refused: Unpayable, payout: &Payout) -> Result<Once<Payout>, PayoutError> {
        let found = self.read([Key::payout(&payout.payee, payout.id)]).await;
        let twin = found.and_then(|mut found| found.payout(&payout.payee, payout.id)).map_err(PayoutError::Store)?;
        twin.map(Once::Replay).ok_or_else(|| refusal(payout, refused))
    }

    async fn purse(&self, payee: &Payee) -> Result<Purse, StoreError> {
        match payee {
            Payee::Operator(operator) => {
                let there = self.read([Key::earnings(operator)]).await?.earnings(operator)?;
                Ok(Purse::Earnings(there.unwrap_or_default()))
            }
            Payee::Agent(agent) => {
                let there = self.account(*agent).await?;
                let gone = || StoreError::Corrupt(format!("{agent} has no account"));
                Ok(Purse::Agent(Box::new(there.ok_or_else(gone)?)))
            }
        }
    }

    /// Writes a payout that was decided on `before`, with the entry of the step if money moves, and whatever is `beside`
    /// it. It is to be looked at again at `due_at`, while it is watched.
    pub async fn step_payout(&self, before: &Payout, after: Payout, due_at: Timestamp) -> Result<Stepped, StoreError> {
        match self.commit_payout(before, &after, due_at, Vec::new()).await {
            Ok(()) => Ok(Stepped::Done(Box::new(after))),
            Err(CommitError::Condition { role: Role::State, found }) => Ok(overtaken(found, after)),
            Err(CommitError::Condition { role, .. }) => {
                metrics::counter!("LedgerImbalance").increment(1);
                Err(StoreError::Corrupt(format!("the ledger refused a step of {} ({role:?})", after.id)))
            }
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    async fn commit_payout(
        &self,
        before: &Payout,
        after: &Payout,
        due_at: Timestamp,
        beside: Vec<(Role, TransactWriteItem)>,
    ) -> Result<(), CommitError> {
        let item = payout_item(after, due_at);
        let entries = after.entries();
        let entry = entries.get(before.entries().len());
        if entry.is_none() && beside.is_empty() {
            return self.put_state(item, before.version).await;
        }
        let reference = after.journal_reference();
        let booking = Booking::PaidOut { payee: &after.payee, matured: &[], version: None, reference: &reference };
        let mut writes = vec![(Role::State, self.put_version(item, before.version))];
        writes.extend(entry.iter().flat_map(|entry| self.entry_writes(entry, &booking)));
        writes.extend(beside);
        self.transact(writes).await
    }

    /// Takes on a payout that is due: nobody else finds it before `until`. `None` when somebody else took it.
    pub async fn lease_payout(
        &self,
        entry: &DueEntry,
        until: Timestamp,
    ) -> Result<Option<(Payee, PayoutId)>, StoreError> {
        let (payee, id) = named(entry)?;
        let [_, (_, sort)] = payout_due_keys(until, id);
        let call = UpdateItemInput::builder()
            .table_name(&self.tables.core)
            .key("pk", text(&payee))
            .key("sk", text(sort_key(id)))
            .condition_expression("g4s = :seen")
            .expression_attribute_values(":until", text(sort))
            .expression_attribute_values(":seen", text(entry.sort()));
        Ok(self.lease(call, "SET g4s = :until", "take on a payout").await?.map(|_| (payee, id)))
    }

    /// Has a payout looked at again at `until`, without a step.
    pub async fn postpone_payout(&self, payout: &Payout, until: Timestamp) -> Result<(), StoreError> {
        let [_, (_, sort)] = payout_due_keys(until, payout.id);
        let update = UpdateItemInput::builder().table_name(&self.tables.core);
        let update = update.key("pk", text(&payout.payee)).key("sk", text(sort_key(payout.id)));
        let update = update.update_expression("SET g4s = :until").condition_expression("attribute_exists(g4p)");
        let call = update.expression_attribute_values(":until", text(sort));
        let sent = self.database.send(call).await;
        if_held(sent, "postpone a payout").map(drop)
    }

    /// Has nobody look at a payout again: what it is now it stays.
    pub async fn unwatch_payout(&self, payout: &Payout) -> Result<(), StoreError> {
        let update = UpdateItemInput::builder().table_name(&self.tables.core);
        let update = update.key("pk", text(&payout.payee)).key("sk", text(sort_key(payout.id)));
        let update = update.update_expression("REMOVE g4p, g4s").condition_expression("v = :v");
        let call = update.expression_attribute_values(":v", AttributeValue::N(payout.version.to_string()));
        let sent = self.database.send(call).await;
        if_held(sent, "look at a payout no more").map(drop)
    }

    /// Payouts to somebody, newest first: all of them, because their ids are in no order.
    pub async fn payouts(&self, payee: &Payee) -> Result<Vec<Payout>, StoreError> {
        let payouts = self.beside(payee, PAYOUT).await?.into_iter().map(payout_of);
        let mut payouts = payouts.collect::<Result<Vec<_>, _>>()?;
        payouts.sort_by_key(|payout| std::cmp::Reverse((payout.created_at, payout.id)));
        Ok(payouts)
    }
}

/// The payout that an entry is of.
fn named(entry: &DueEntry) -> Result<(Payee, PayoutId), StoreError> {
    let (payee, place) = entry.of();
    let id = known(place.strip_prefix(PAYOUT).and_then(PayoutId::parse), "a payout's place", place)?;
    Ok((known(Payee::parse(payee), "who is paid", payee)?, id))
}

/// The answer to our own write may have been lost on the way.
fn overtaken(found: Item, after: Payout) -> Stepped {
    match payout_of(found) {
        Ok(there) if there == after => Stepped::Done(Box::new(after)),
        Ok(_) | Err(_) => Stepped::Overtaken,
    }
}

/// Earnings that cannot be true are nobody's to withdraw: the alarm rings, and somebody looks.
fn refusal(payout: &Payout, refused: Unpayable) -> PayoutError {
    match refused {
        Unpayable::Short(short) => PayoutError::Short(short),
        Unpayable::Unsound => {
            metrics::counter!("LedgerImbalance").increment(1);
            let cause = format!("more vests for {} than its balance", payout.payee);
            PayoutError::Store(StoreError::Corrupt(cause))
        }
    }
}

fn sort_key(id: PayoutId) -> String {
    format!("{PAYOUT}{id}")
}
