//! Money in. Each deposit has a lock that can be put once, so that nothing is credited twice.

use crate::commit::CommitError;
use crate::effects::{Effects, Role};
use crate::item::journal::{DEPOSIT, Line, line_of};
use crate::item::{Item, decode, encode, known, moment, text, usd};
use crate::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
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

impl Store {
    /// Credits a deposit once. Answers the deposit that holds the lock: this one, or an earlier one.
    pub async fn credit(&self, deposit: Deposit) -> Result<Deposit, StoreError> {
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
        match self.transact(writes).await {
            Ok(()) => Ok(credited),
            Err(CommitError::Condition { role: Role::State, found }) => deposit_of(found),
            Err(CommitError::Condition { role, .. }) => {
                Err(StoreError::Corrupt(format!("the ledger refused a deposit ({role:?})")))
            }
            Err(CommitError::Store(error)) => Err(error),
        }
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
        let sent = self
            .client
            .put_item()
            .table_name(&self.tables.ledger)
            .set_item(Some(lock_item(&deposit)))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure("ALL_OLD".into())
            .send()
            .await;
        match sent {
            Ok(_) => Ok(deposit),
            Err(error) if error.code() == Some("ConditionalCheckFailedException") => {
                let mut found = self.read([Key::deposit(deposit.rail, &deposit.reference)]).await?;
                let there = found.deposit(deposit.rail, &deposit.reference)?;
                known(there, "a payment that exists", &deposit.reference)
            }
            Err(error) => Err(unavailable("record a payment")(error)),
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
