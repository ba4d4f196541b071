//! Money out.

use crate::commit::CommitError;
use crate::effects::{Effects, Role};
use crate::item::{Item, decode, encode, known, moment, text, usd};
use crate::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use domain::ledger::{Account, Entry, EntryKind, Rail};
use domain::operator::Earnings;
use domain::{EntryId, OperatorId, PayoutId, Timestamp, Usd};
use serde::{Deserialize, Serialize};

/// A withdrawal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// Which.
    pub id: PayoutId,
    /// Whose.
    pub operator: OperatorId,
    /// How much.
    pub amount: Usd,
    /// By which rail.
    pub rail: Rail,
    /// A wallet address or a payee id.
    pub destination: String,
    /// When asked for.
    pub created_at: Timestamp,
}

/// How a request for a payout ended otherwise than with a payout.
#[derive(Debug)]
pub enum PayoutError {
    /// Less is available than asked for.
    Short {
        /// What is available.
        available: Usd,
    },
    /// No answer.
    Store(StoreError),
}

#[derive(Serialize, Deserialize)]
struct PayoutItem {
    pk: String,
    sk: String,
    am: i64,
    ra: String,
    to: String,
    ca: i64,
}

const PREFIX: &str = "Y#";

impl Key {
    /// A payout of an operator.
    pub fn payout(operator: &OperatorId, id: PayoutId) -> Self {
        Self::new(Table::Core, operator, sort_key(id))
    }
}

impl Found {
    /// A payout, if it was asked for and exists.
    pub fn payout(&mut self, operator: &OperatorId, id: PayoutId) -> Result<Option<Payout>, StoreError> {
        self.take(&Key::payout(operator, id), payout_of)
    }
}

impl Store {
    /// Pays out at once, as test mode does: debit, payout and journal in one transaction. A payout
    /// that exists is answered as it is.
    pub async fn pay_out(&self, payout: Payout, mut earnings: Earnings) -> Result<Payout, PayoutError> {
        for _ in 0..20 {
            let now = payout.created_at;
            let available = earnings.available(now);
            if available < payout.amount {
                return Err(PayoutError::Short { available });
            }
            let from = Account::Earnings(payout.operator.clone());
            let entry_id = EntryId::from_bytes(payout.id.bytes());
            let entry = Entry::new(entry_id, now, EntryKind::Payout, None).transfer(
                from,
                Account::World(payout.rail),
                payout.amount,
            );
            let (matured, reference) = (earnings.matured(now), payout.id.to_string());
            let effects = Effects {
                matured: &matured,
                earnings_version: Some(earnings.version),
                reference: Some(&reference),
                ..Effects::of(&entry, payout.operator.to_string())
            };
            let mut writes = vec![(Role::State, self.put_once(&self.tables.core, payout_item(&payout)))];
            writes.extend(self.entry_writes(effects));

            match self.transact(writes).await {
                Ok(()) => return Ok(payout),
                Err(CommitError::Condition { role: Role::State, found }) => {
                    return payout_of(found).map_err(PayoutError::Store);
                }
                Err(CommitError::Condition { .. }) => {
                    let again = Key::earnings(&payout.operator);
                    let mut found = self.read([again]).await.map_err(PayoutError::Store)?;
                    let there = found.earnings(&payout.operator).map_err(PayoutError::Store)?;
                    earnings = there.unwrap_or_default();
                }
                Err(CommitError::Store(error)) => return Err(PayoutError::Store(error)),
            }
        }
        let cause = "lost the race too often".to_owned();
        Err(PayoutError::Store(StoreError::Unavailable { operation: "pay out", cause }))
    }

    /// Payouts of an operator, newest first: at most one page of the store (1 MB, some 6,000).
    pub async fn payouts(&self, operator: &OperatorId) -> Result<Vec<Payout>, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&self.tables.core)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(operator))
            .expression_attribute_values(":prefix", text(PREFIX))
            .send()
            .await
            .map_err(unavailable("list payouts"))?;
        let payouts = answer.items.unwrap_or_default().into_iter().map(payout_of);
        let mut payouts = payouts.collect::<Result<Vec<_>, _>>()?;
        payouts.sort_by_key(|payout| std::cmp::Reverse((payout.created_at, payout.id)));
        Ok(payouts)
    }
}

fn sort_key(id: PayoutId) -> String {
    format!("{PREFIX}{id}")
}

fn payout_item(payout: &Payout) -> Item {
    encode(&PayoutItem {
        pk: payout.operator.to_string(),
        sk: sort_key(payout.id),
        am: payout.amount.micros(),
        ra: payout.rail.to_string(),
        to: payout.destination.clone(),
        ca: payout.created_at.millis(),
    })
}

fn payout_of(item: Item) -> Result<Payout, StoreError> {
    let p: PayoutItem = decode(item)?;
    let id = p.sk.strip_prefix(PREFIX).and_then(PayoutId::parse);
    Ok(Payout {
        id: known(id, "a payout id", &p.sk)?,
        operator: known(OperatorId::parse(&p.pk), "an operator id", &p.pk)?,
        amount: usd(p.am)?,
        rail: known(Rail::parse(&p.ra), "a rail", &p.ra)?,
        destination: p.to,
        created_at: moment(p.ca),
    })
}
