//! Money in. Each deposit has a lock that can be put once, so that nothing is credited twice; one of a chain has a mark
//! for each of its transfers too, so that none of them counts for two.

mod item;
mod key_use;
mod list;
pub mod witness;

pub(crate) use item::deposit_of;
pub use list::cursor_of;

use crate::engine::commit::{CommitError, Condition, Role};
use crate::engine::item::{Item, known, number, text};
use crate::engine::read::Table;
use crate::ledger::booking::Booking;
use crate::ledger::watched::{List, Watched};
use crate::{Found, Key, Once, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::types::{Delete, TransactWriteItem};
use domain::ledger::Rail;
use domain::money::deposit::{Deposit, DepositMove, DepositStatus, Evidence};
use domain::{PaymentId, TransactionId, Usd};
use item::{lock_item, news_item};
use std::collections::BTreeSet;

pub(super) const LOCK: &str = "$";
/// Sort key of what is in `core` only so that its stream tells it.
pub(crate) const NEWS: &str = "N";
/// Partition of the names of what is, or was, in suspense.
const SUSPENDED: &str = "suspended";
/// Sort key of the marks of transfers.
const TRANSFER: &str = "T";
/// Nobody else has the mark.
const UNCLAIMED: &str = "attribute_not_exists(pk) OR tx = :of";
/// A decision that lost a race is made anew, at most this often.
const DECISIONS_MAX: usize = 20;

impl Key {
    /// The lock of a deposit.
    pub fn deposit(rail: Rail, reference: &str) -> Self {
        Self::new(Table::Ledger, lock_name(rail, reference), LOCK)
    }
}

impl Found {
    /// A deposit, if it was asked for and exists.
    pub fn deposit(&mut self, rail: Rail, reference: &str) -> Result<Option<Deposit>, StoreError> {
        self.take(&Key::deposit(rail, reference), deposit_of)
    }
}

/// What a move of a deposit met.
enum Met {
    Moved(Box<Deposit>),
    /// It was moved by somebody else, and is as it says now.
    Other(Box<Deposit>),
    /// The key was used for something else.
    KeyReused,
    /// The account was too poor for what was decided.
    Account,
}

impl Store {
    /// Credits a deposit once.
    pub async fn credit(&self, deposit: Deposit) -> Result<Once<Deposit>, StoreError> {
        self.book(deposit, DepositMove::Credit).await
    }

    /// Like [`Store::credit`], by a key and what it is used for. `None` when it was used for something else.
    pub async fn credit_by_key(
        &self,
        deposit: Deposit,
        key: Option<([u8; 32], &str)>,
    ) -> Result<Option<Once<Deposit>>, StoreError> {
        let Some((credited, _)) = deposit.moved(DepositMove::Credit, Usd::ZERO, deposit.at) else {
            return Ok(Some(Once::Replay(deposit)));
        };
        match self.commit_deposit(&deposit, credited, key).await? {
            Met::Moved(credited) => Ok(Some(Once::New(*credited))),
            Met::Other(there) => Ok(Some(Once::Replay(*there))),
            Met::KeyReused => Ok(None),
            Met::Account => Err(refused_by_account(&deposit)),
        }
    }

    /// Moves a deposit by `step`, at the moment that it says. Whoever did it before is answered as a replay, as is
    /// whatever does not allow the step.
    pub async fn book(&self, mut deposit: Deposit, step: DepositMove) -> Result<Once<Deposit>, StoreError> {
        let at = deposit.at;
        for _ in 0..DECISIONS_MAX {
            let owed = if step == DepositMove::Reverse { self.missing(&deposit).await? } else { Usd::ZERO };
            let Some((after, _)) = deposit.moved(step, owed, at) else {
                return Ok(Once::Replay(deposit));
            };
            match self.commit_deposit(&deposit, after, None).await? {
                Met::Moved(after) => return Ok(Once::New(*after)),
                Met::Other(there) if there.status == deposit.status => deposit = Deposit { at, ..*there },
                Met::Other(there) => return Ok(Once::Replay(*there)),
                Met::Account if step == DepositMove::Reverse => {}
                Met::Account | Met::KeyReused => return Err(refused_by_account(&deposit)),
            }
        }
        let cause = "lost the race too often".to_owned();
        Err(StoreError::Unavailable { operation: "move a deposit", cause })
    }

    /// What of a credited deposit is not in the agent's balance any more.
    async fn missing(&self, deposit: &Deposit) -> Result<Usd, StoreError> {
        if deposit.status != DepositStatus::Completed {
            return Ok(Usd::ZERO);
        }
        let agent = self.account(deposit.agent).await?;
        let there = agent.map_or(Usd::ZERO, |agent| agent.deposit);
        Ok(deposit.amount.checked_sub(there).unwrap_or(Usd::ZERO))
    }

    async fn commit_deposit(
        &self,
        before: &Deposit,
        after: Deposit,
        key: Option<([u8; 32], &str)>,
    ) -> Result<Met, StoreError> {
        let booking = Booking::Deposited { agent: after.agent, reference: &after.reference };
        let put = self.put_in(&self.tables.ledger, lock_item(&after), unmoved(before));
        let mut writes = vec![(Role::State, put)];
        if after.steps.len() > before.steps.len() {
            let entry = after.entries().pop().ok_or_else(|| StoreError::Corrupt("a step without entry".to_owned()))?;
            writes.extend(self.entry_writes(&entry, &booking));
        }
        if matches!(after.status, DepositStatus::Completed | DepositStatus::Reversed) {
            writes.push((Role::Beside, self.put_always(&self.tables.core, news_item(&after))));
        }
        writes.extend(self.transfer_marks(before, &after));
        writes.extend(self.watch_writes(before, &after));
        writes.extend(key.map(|(key, used_for)| (Role::KeyUse, self.put_key_use(key, used_for))));
        match self.transact(writes).await {
            Ok(()) => Ok(Met::Moved(Box::new(after))),
            Err(CommitError::Condition { role: Role::State, found }) => {
                // The answer to our own write may have been lost on the way.
                let there = deposit_of(found)?;
                let there = Box::new(there);
                Ok(if *there == after { Met::Moved(there) } else { Met::Other(there) })
            }
            Err(CommitError::Condition { role: Role::KeyUse, .. }) => Ok(Met::KeyReused),
            Err(CommitError::Condition { role: Role::Agent, .. }) => Ok(Met::Account),
            Err(CommitError::Condition { role, .. }) => {
                metrics::counter!("LedgerImbalance").increment(1);
                Err(StoreError::Corrupt(format!("the ledger refused a deposit ({role:?})")))
            }
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// The same deposit is in another block by now: it is watched there.
    pub async fn move_evidence(
        &self,
        deposit: &Deposit,
        evidence: Evidence,
        watched: &Watched,
    ) -> Result<(), StoreError> {
        let place = evidence.block;
        let inside = deposit.evidence.as_ref().map_or(Usd::ZERO, |before| before.inside);
        let after = Deposit { evidence: Some(Evidence { inside, ..evidence }), ..deposit.clone() };
        let lock = self.put_in(&self.tables.ledger, lock_item(&after), unmoved(deposit));
        let list = List::Unfinal(after.evidence.as_ref().map_or(0, |evidence| evidence.chain_id));
        let mut writes = vec![(Role::State, lock)];
        writes.push((Role::Beside, self.put_watched(list, place, &after.reference)));
        writes.extend(self.transfer_marks(deposit, &after));
        match self.transact(writes).await {
            // Somebody else has moved it: it is looked at again.
            Ok(()) | Err(CommitError::Condition { .. }) => {}
            Err(CommitError::Store(error)) => return Err(error),
        }
        // In the same block again it stands where it stood.
        if deposit.evidence.as_ref().is_some_and(|before| before.block == place) {
            return Ok(());
        }
        self.unwatch(watched).await
    }

    /// A mark for each transfer of a chain, which no other deposit may have while this one stands. What the chain has
    /// forgotten, or has at another place by now, is free for whoever it is shown to be of.
    fn transfer_marks(&self, before: &Deposit, after: &Deposit) -> Vec<(Role, TransactWriteItem)> {
        let (had, has) = (marks(before), marks(after));
        let freed = had.iter().filter(|name| !has.contains(*name)).map(|name| {
            let delete = Delete::builder()
                .table_name(&self.tables.ledger)
                .key("pk", text(name))
                .key("sk", text(TRANSFER))
                .condition_expression(UNCLAIMED)
                .expression_attribute_values(":of", text(after.transaction));
            TransactWriteItem::builder().delete(delete.build().expect("every required member is set")).build()
        });
        let claimed = has.iter().map(|name| {
            let parts = [("pk", text(name)), ("sk", text(TRANSFER)), ("tx", text(after.transaction))];
            let values = vec![(":of", text(after.transaction))];
            let unclaimed = Condition { expression: UNCLAIMED, values };
            self.put_in(&self.tables.ledger, parts.map(|(name, value)| (name.to_owned(), value)).into(), unclaimed)
        });
        freed.chain(claimed).map(|write| (Role::Transfer, write)).collect()
    }

    /// What is to be looked at again: a deposit of a chain until its block is final, a payment until somebody has paid.
    fn watch_writes(&self, before: &Deposit, after: &Deposit) -> Vec<(Role, TransactWriteItem)> {
        let write = |write| (Role::Beside, write);
        match &after.evidence {
            Some(evidence) => {
                let list = List::Unfinal(evidence.chain_id);
                match after.status {
                    DepositStatus::Completed if before.status != after.status => {
                        vec![write(self.put_watched(list, evidence.block, &after.reference))]
                    }
                    DepositStatus::Suspended if before.status != after.status => vec![
                        write(self.put_watched(list, evidence.block, &after.reference)),
                        write(self.put_always(&self.tables.ledger, suspended_item(after))),
                    ],
                    _ => Vec::new(),
                }
            }
            None => Vec::new(),
        }
    }

    /// A deposit that is, or was, in suspense.
    pub async fn suspended(&self, transaction: TransactionId) -> Result<Option<Deposit>, StoreError> {
        let key = Key::new(Table::Ledger, SUSPENDED, transaction);
        let Some(reference) = self.read([key.clone()]).await?.take(&key, reference_in)? else { return Ok(None) };
        self.read([Key::deposit(Rail::Base, &reference)]).await?.deposit(Rail::Base, &reference)
    }

    /// All deposits that are in suspense, newest first. There are few: each is looked at by hand.
    pub async fn all_suspended(&self) -> Result<Vec<Deposit>, StoreError> {
        let (mut references, mut start) = (Vec::new(), None);
        loop {
            let query = QueryInput::builder().table_name(&self.tables.ledger).consistent_read(true);
            let query = query.key_condition_expression("pk = :pk").set_exclusive_start_key(start);
            let call = query.expression_attribute_values(":pk", text(SUSPENDED));
            let answer = self.database.send(call).await;
            let answer = answer.map_err(unavailable("list what is suspended"))?;
            for item in answer.items.unwrap_or_default() {
                references.push(reference_in(item)?);
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                break;
            }
        }
        let mut found = self.read(references.iter().map(|it| Key::deposit(Rail::Base, it))).await?;
        let mut deposits = Vec::new();
        for reference in references {
            let deposit = found.deposit(Rail::Base, &reference)?;
            deposits.extend(deposit.filter(|deposit| deposit.status == DepositStatus::Suspended));
        }
        deposits.sort_by_key(|deposit| std::cmp::Reverse((deposit.at, deposit.transaction)));
        Ok(deposits)
    }

    /// Records a payment that waits for its provider.
    pub async fn expect_payment(&self, deposit: Deposit) -> Result<Once<Deposit>, StoreError> {
        match self.put_new(&self.tables.ledger, lock_item(&deposit), "record a payment").await? {
            None => Ok(Once::New(deposit)),
            Some(there) => deposit_of(there).map(Once::Replay),
        }
    }
}

/// The deposit is as it was, or was never written.
fn unmoved(before: &Deposit) -> Condition<'static> {
    let steps = i64::try_from(before.steps.len()).unwrap_or(i64::MAX);
    let expression = if before.status == DepositStatus::Pending {
        "attribute_not_exists(pk) OR (st = :st AND ns = :ns)"
    } else {
        "st = :st AND ns = :ns"
    };
    Condition { expression, values: vec![(":st", text(before.status)), (":ns", number(steps))] }
}

/// The names of its marks while it stands.
fn marks(deposit: &Deposit) -> BTreeSet<String> {
    let stands = matches!(deposit.status, DepositStatus::Completed | DepositStatus::Suspended);
    let evidence = deposit.evidence.iter().filter(|_| stands);
    let name = |of: &Evidence, ordinal| format!("T#{}#{}#{ordinal}", of.chain_id, of.tx_hash);
    evidence.flat_map(|it| it.transfers.iter().map(move |transfer| name(it, transfer.ordinal))).collect()
}

fn suspended_item(deposit: &Deposit) -> Item {
    let parts = [("pk", text(SUSPENDED)), ("sk", text(deposit.transaction)), ("rf", text(&deposit.reference))];
    parts.map(|(name, value)| (name.to_owned(), value)).into()
}

fn reference_in(item: Item) -> Result<String, StoreError> {
    known(item.get("rf").and_then(|v| v.as_s().ok()).cloned(), "a deposit's reference", "absent")
}

fn refused_by_account(deposit: &Deposit) -> StoreError {
    metrics::counter!("LedgerImbalance").increment(1);
    StoreError::Corrupt(format!("the account of {} refused {}", deposit.agent, deposit.transaction))
}

/// The payment id as the lock's reference.
pub fn reference_of(payment: PaymentId) -> String {
    payment.to_string()
}

fn lock_name(rail: Rail, reference: &str) -> String {
    format!("D#{rail}#{reference}")
}
