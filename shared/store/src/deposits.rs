//! Money in. Each deposit has a lock that can be put once, so that nothing is credited twice.

use crate::commit::CommitError;
use crate::effects::{Effects, Role};
use crate::item::journal::{DEPOSIT, Line, line_of};
use crate::item::{Item, decode, encode, known, moment, text, usd};
use crate::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::types::Select;
use domain::ledger::{Account, Entry, EntryKind, Rail};
use domain::{AgentId, EntryId, PaymentId, Timestamp, TransactionId, Usd};
use serde::{Deserialize, Serialize};

/// A deposit as its lock records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// By which rail.
    pub rail: Rail,
    /// Unique on the rail: a canonical transaction hash, or a payment id.
    pub reference: String,
    /// Answered to the agent.
    pub transaction: TransactionId,
    /// Whose.
    pub agent: AgentId,
    /// How much.
    pub amount: Usd,
    /// Credited, or waiting for the payment provider.
    pub credited: bool,
    /// When asked for.
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct LockItem {
    pk: String,
    sk: String,
    ra: String,
    rf: String,
    tx: String,
    ag: String,
    am: i64,
    /// Credited.
    cr: bool,
    ts: i64,
}

const LOCK: &str = "$";

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
    /// The reference that an Idempotency-Key was used for, if it was asked for and was used.
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
    /// Credits a deposit once. Answers the deposit that holds the lock: this one, or an earlier one.
    pub async fn credit(&self, deposit: Deposit) -> Result<Deposit, StoreError> {
        self.credit_by_key(deposit, None).await?.ok_or_else(|| StoreError::Corrupt("a key nobody gave".to_owned()))
    }

    /// Like [`Store::credit`]; `key` is good for this reference only. `None` when it was used for another.
    pub async fn credit_by_key(&self, deposit: Deposit, key: Option<[u8; 32]>) -> Result<Option<Deposit>, StoreError> {
        let now = deposit.at;
        let (world, account) = (Account::World(deposit.rail), Account::Deposit(deposit.agent));
        let entry_id = EntryId::from_bytes(deposit.transaction.bytes());
        let entry = Entry::new(entry_id, now, EntryKind::Deposit, None).transfer(world, account, deposit.amount);
        let effects = Effects {
            agent: Some(deposit.agent),
            reference: Some(&deposit.reference),
            ..Effects::of(&entry, deposit.agent.to_string())
        };

        let credited = Deposit { credited: true, ..deposit.clone() };
        let lock = self.put_unless_credited(lock_item(&credited));
        let mut writes = vec![(Role::State, lock)];
        writes.extend(self.entry_writes(effects));
        writes.extend(key.map(|key| (Role::Free, self.put_key_use(key, &credited.reference))));
        match self.transact(writes).await {
            Ok(()) => Ok(Some(credited)),
            Err(CommitError::Condition { role: Role::State, found }) => deposit_of(found).map(Some),
            Err(CommitError::Condition { role: Role::Free, .. }) => Ok(None),
            Err(CommitError::Condition { role, .. }) => {
                metrics::counter!("LedgerImbalance").increment(1);
                Err(StoreError::Corrupt(format!("the ledger refused a deposit ({role:?})")))
            }
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// What a key was used for: nothing yet, or the same.
    fn put_key_use(&self, key: [u8; 32], reference: &str) -> aws_sdk_dynamodb::types::TransactWriteItem {
        let item = Item::from([
            ("pk".to_owned(), text(key_use(key))),
            ("sk".to_owned(), text(LOCK)),
            ("rf".to_owned(), text(reference)),
        ]);
        let put = aws_sdk_dynamodb::types::Put::builder()
            .table_name(&self.tables.ledger)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR rf = :rf")
            .expression_attribute_values(":rf", text(reference));
        aws_sdk_dynamodb::types::TransactWriteItem::builder()
            .put(put.build().expect("every required member is set"))
            .build()
    }

    /// The lock: absent, or still waiting for the provider.
    fn put_unless_credited(&self, item: Item) -> aws_sdk_dynamodb::types::TransactWriteItem {
        let put = aws_sdk_dynamodb::types::Put::builder()
            .table_name(&self.tables.ledger)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR cr = :no")
            .expression_attribute_values(":no", aws_sdk_dynamodb::types::AttributeValue::Bool(false))
            .return_values_on_condition_check_failure("ALL_OLD".into());
        aws_sdk_dynamodb::types::TransactWriteItem::builder()
            .put(put.build().expect("every required member is set"))
            .build()
    }

    /// Records a payment that waits for its provider. Answers the one that is there.
    pub async fn expect_payment(&self, deposit: Deposit) -> Result<Deposit, StoreError> {
        match self.put_new(&self.tables.ledger, lock_item(&deposit), "record a payment").await? {
            None => Ok(deposit),
            Some(there) => deposit_of(there),
        }
    }

    /// Credited deposits of an agent, newest first: at most `limit` after `skip`, before `cursor` if
    /// there is one.
    pub async fn deposits(&self, agent: AgentId, window: &crate::listing::Window) -> Result<Vec<Line>, StoreError> {
        let upper = match &window.cursor {
            Some(cursor) => format!("{DEPOSIT}{cursor}"),
            None => format!("{DEPOSIT}~"),
        };
        let answer = self
            .client
            .query()
            .table_name(&self.tables.ledger)
            .select(Select::AllAttributes)
            .key_condition_expression("pk = :pk AND sk BETWEEN :low AND :high")
            .expression_attribute_values(":pk", text(agent))
            .expression_attribute_values(":low", text(DEPOSIT))
            .expression_attribute_values(":high", text(upper))
            .scan_index_forward(false)
            // The range includes the cursor's own row, which the window drops.
            .limit(window.reach() + 1)
            .send()
            .await
            .map_err(unavailable("list deposits"))?;
        let lines = answer.items.unwrap_or_default().into_iter().map(line_of);
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        Ok(window.cut(lines, cursor_of))
    }
}

/// The place of a deposit in the list.
pub fn cursor_of(line: &Line) -> String {
    format!("{:013}#{}", line.at.millis(), line.id)
}

/// The payment id as the lock's reference.
pub fn reference_of(payment: PaymentId) -> String {
    payment.to_string()
}

fn key_use(key: [u8; 32]) -> String {
    format!("I#{}", crate::item::hex(&key))
}

fn lock_name(rail: Rail, reference: &str) -> String {
    format!("D#{rail}#{reference}")
}

fn lock_item(deposit: &Deposit) -> Item {
    encode(&LockItem {
        pk: lock_name(deposit.rail, &deposit.reference),
        sk: LOCK.to_owned(),
        ra: deposit.rail.to_string(),
        rf: deposit.reference.clone(),
        tx: deposit.transaction.to_string(),
        ag: deposit.agent.to_string(),
        am: deposit.amount.micros(),
        cr: deposit.credited,
        ts: deposit.at.millis(),
    })
}

fn deposit_of(item: Item) -> Result<Deposit, StoreError> {
    let l: LockItem = decode(item)?;
    Ok(Deposit {
        rail: known(Rail::parse(&l.ra), "a rail", &l.ra)?,
        reference: l.rf,
        transaction: known(TransactionId::parse(&l.tx), "a transaction id", &l.tx)?,
        agent: known(AgentId::parse(&l.ag), "an agent id", &l.ag)?,
        amount: usd(l.am)?,
        credited: l.cr,
        at: moment(l.ts),
    })
}
