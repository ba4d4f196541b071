//! Money in. Each deposit has a lock that can be put once, so that nothing is credited twice.

use crate::engine::commit::{CommitError, Condition, Role};
use crate::engine::item::{Item, decode, encode, hex, known, moment, text, unhex, usd};
use crate::engine::read::Table;
use crate::ledger::booking::Booking;
use crate::ledger::journal::{DEPOSIT, line_of};
use crate::{Found, Key, Once, Store, StoreError, unavailable};
use aws_sdk_dynamodb::types::{AttributeValue, Put, Select, TransactWriteItem};
use domain::ledger::Rail;
use domain::money::audit::JournalLine;
use domain::money::deposit::{self, Deposit, DepositStatus};
use domain::{AgentId, PaymentId, TransactionId};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct LockItem {
    pk: String,
    sk: String,
    #[serde(rename = "ra")]
    rail: String,
    #[serde(rename = "rf")]
    reference: String,
    #[serde(rename = "tx")]
    transaction: String,
    #[serde(rename = "ag")]
    agent: String,
    #[serde(rename = "am")]
    amount: i64,
    #[serde(rename = "fp", default, skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    #[serde(rename = "cr")]
    credited: bool,
    #[serde(rename = "ts")]
    at: i64,
}

const LOCK: &str = "$";
/// Sort key of what is in `core` only so that its stream tells it.
pub(crate) const NEWS: &str = "N";

impl Key {
    /// What an Idempotency-Key of a USDC deposit was used for.
    pub fn key_use(key: [u8; 32]) -> Self {
        Self::new(Table::Ledger, key_use(key), LOCK)
    }

    /// The lock of a deposit.
    pub fn deposit(rail: Rail, reference: &str) -> Self {
        Self::new(Table::Ledger, lock_name(rail, reference), LOCK)
    }
}

impl Found {
    /// What an Idempotency-Key was used for, if it was asked for and was used.
    pub fn key_use(&mut self, key: [u8; 32]) -> Result<Option<String>, StoreError> {
        self.take(&Key::key_use(key), |item| {
            known(item.get("rf").and_then(|v| v.as_s().ok()).cloned(), "the use of a key", "absent")
        })
    }

    /// A deposit, if it was asked for and exists.
    pub fn deposit(&mut self, rail: Rail, reference: &str) -> Result<Option<Deposit>, StoreError> {
        self.take(&Key::deposit(rail, reference), deposit_of)
    }
}

impl Store {
    /// Credits a deposit once.
    pub async fn credit(&self, deposit: Deposit) -> Result<Once<Deposit>, StoreError> {
        let nobodys = || StoreError::Corrupt("a key nobody gave".to_owned());
        self.credit_by_key(deposit, None).await?.ok_or_else(nobodys)
    }

    /// Like [`Store::credit`], by a key and what it is used for. `None` when it was used for something else.
    pub async fn credit_by_key(
        &self,
        deposit: Deposit,
        key: Option<([u8; 32], &str)>,
    ) -> Result<Option<Once<Deposit>>, StoreError> {
        let Some((credited, entry)) = deposit::credit(&deposit) else {
            return Ok(Some(Once::Replay(deposit)));
        };
        let booking = Booking::Deposited { agent: credited.agent, reference: &credited.reference };
        let mut writes = vec![(Role::State, self.put_unless_credited(lock_item(&credited)))];
        writes.extend(self.entry_writes(&entry, &booking));
        writes.push((Role::Beside, self.put_always(&self.tables.core, news_item(&credited))));
        writes.extend(key.map(|(key, used_for)| (Role::KeyUse, self.put_key_use(key, used_for))));
        match self.transact(writes).await {
            Ok(()) => Ok(Some(Once::New(credited))),
            Err(CommitError::Condition { role: Role::State, found }) => {
                // The answer to our own write may have been lost on the way.
                let there = deposit_of(found)?;
                Ok(Some(if there == credited { Once::New(there) } else { Once::Replay(there) }))
            }
            Err(CommitError::Condition { role: Role::KeyUse, .. }) => Ok(None),
            Err(CommitError::Condition { role, .. }) => {
                metrics::counter!("LedgerImbalance").increment(1);
                Err(StoreError::Corrupt(format!("the ledger refused a deposit ({role:?})")))
            }
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// Keeps what a key was used for that moved nothing, because the deposit was there. `false` when it was used for
    /// something else.
    pub async fn note_key_use(&self, key: [u8; 32], used_for: &str) -> Result<bool, StoreError> {
        let same = Condition { expression: SAME_USE, values: vec![(":rf", text(used_for))] };
        let there = self.put_unless(&self.tables.ledger, key_use_item(key, used_for), same, "note a key's use").await?;
        Ok(there.is_none())
    }

    fn put_key_use(&self, key: [u8; 32], used_for: &str) -> TransactWriteItem {
        let put = Put::builder()
            .table_name(&self.tables.ledger)
            .set_item(Some(key_use_item(key, used_for)))
            .condition_expression(SAME_USE)
            .expression_attribute_values(":rf", text(used_for));
        TransactWriteItem::builder().put(put.build().expect("every required member is set")).build()
    }

    /// The lock: absent, or still waiting for the provider.
    fn put_unless_credited(&self, item: Item) -> TransactWriteItem {
        let put = Put::builder()
            .table_name(&self.tables.ledger)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR cr = :no")
            .expression_attribute_values(":no", AttributeValue::Bool(false))
            .return_values_on_condition_check_failure("ALL_OLD".into());
        TransactWriteItem::builder().put(put.build().expect("every required member is set")).build()
    }

    /// Records a payment that waits for its provider.
    pub async fn expect_payment(&self, deposit: Deposit) -> Result<Once<Deposit>, StoreError> {
        match self.put_new(&self.tables.ledger, lock_item(&deposit), "record a payment").await? {
            None => Ok(Once::New(deposit)),
            Some(there) => deposit_of(there).map(Once::Replay),
        }
    }

    /// Credited deposits of an agent, newest first: at most `limit` after `skip`, before `cursor` if
    /// there is one.
    pub async fn deposits(
        &self,
        agent: AgentId,
        window: &crate::task::listing::Window,
    ) -> Result<Vec<JournalLine>, StoreError> {
        let upper = match &window.cursor {
            Some(cursor) => format!("{DEPOSIT}{cursor}"),
            None => format!("{DEPOSIT}~"),
        };
        // The range includes the cursor's own row, which the window drops.
        let wanted = usize::try_from(window.reach()).unwrap_or_default() + 1;
        let (mut lines, mut next) = (Vec::new(), None);
        loop {
            let query = self
                .client
                .query()
                .table_name(&self.tables.ledger)
                .select(Select::AllAttributes)
                .key_condition_expression("pk = :pk AND sk BETWEEN :low AND :high")
                .expression_attribute_values(":pk", text(agent))
                .expression_attribute_values(":low", text(DEPOSIT))
                .expression_attribute_values(":high", text(&upper))
                .scan_index_forward(false)
                .set_exclusive_start_key(next)
                .set_limit(i32::try_from(wanted - lines.len()).ok());
            let answer = query.send().await.map_err(unavailable("list deposits"))?;
            for item in answer.items.unwrap_or_default() {
                lines.push(line_of(item)?);
            }
            next = answer.last_evaluated_key;
            if next.is_none() || lines.len() >= wanted {
                break;
            }
        }
        Ok(window.cut(lines, cursor_of))
    }
}

/// The place of a deposit in the list.
pub fn cursor_of(line: &JournalLine) -> String {
    format!("{:013}#{}", line.at.millis(), line.id)
}

/// The payment id as the lock's reference.
pub fn reference_of(payment: PaymentId) -> String {
    payment.to_string()
}

/// A key was used for nothing yet, or for the same.
const SAME_USE: &str = "attribute_not_exists(pk) OR rf = :rf";

fn key_use_item(key: [u8; 32], used_for: &str) -> Item {
    Item::from([
        ("pk".to_owned(), text(key_use(key))),
        ("sk".to_owned(), text(LOCK)),
        ("rf".to_owned(), text(used_for)),
    ])
}

fn key_use(key: [u8; 32]) -> String {
    format!("I#{}", hex(&key))
}

fn lock_name(rail: Rail, reference: &str) -> String {
    format!("D#{rail}#{reference}")
}

fn lock_item(deposit: &Deposit) -> Item {
    encode(&LockItem {
        pk: lock_name(deposit.rail, &deposit.reference),
        sk: LOCK.to_owned(),
        rail: deposit.rail.to_string(),
        reference: deposit.reference.clone(),
        transaction: deposit.transaction.to_string(),
        agent: deposit.agent.to_string(),
        amount: deposit.amount.micros(),
        fingerprint: deposit.fingerprint.map(|fingerprint| hex(&fingerprint)),
        credited: deposit.status == DepositStatus::Completed,
        at: deposit.at.millis(),
    })
}

/// The agent's latest deposit, kept in `core` because its stream, which has every version, is the outbox: the tables of
/// money have none.
fn news_item(deposit: &Deposit) -> Item {
    let mut item = lock_item(deposit);
    item.extend([("pk".to_owned(), text(deposit.agent)), ("sk".to_owned(), text(NEWS))]);
    item
}

pub(crate) fn deposit_of(item: Item) -> Result<Deposit, StoreError> {
    let l: LockItem = decode(item)?;
    Ok(Deposit {
        rail: known(Rail::parse(&l.rail), "a rail", &l.rail)?,
        reference: l.reference,
        transaction: known(TransactionId::parse(&l.transaction), "a transaction id", &l.transaction)?,
        agent: known(AgentId::parse(&l.agent), "an agent id", &l.agent)?,
        amount: usd(l.amount)?,
        fingerprint: l.fingerprint.map(|text| known(unhex(&text), "a fingerprint", &text)).transpose()?,
        status: if l.credited { DepositStatus::Completed } else { DepositStatus::Pending },
        at: moment(l.at),
    })
}
