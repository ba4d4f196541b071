//! Money out.

use crate::engine::commit::{CommitError, Role};
use crate::engine::item::{Item, decode, encode, hex, known, moment, unhex, usd};
use crate::engine::read::Table;
use crate::ledger::booking::Booking;
use crate::{Found, Key, Once, Store, StoreError};
use domain::ledger::Rail;
use domain::money::payout::{self, InsufficientEarnings, Payout, Unpayable};
use domain::operator::Earnings;
use domain::{OperatorId, PayoutId};
use serde::{Deserialize, Serialize};

/// How a request for a payout ended otherwise than with a payout.
#[derive(Debug)]
pub enum PayoutError {
    Earnings(InsufficientEarnings),
    Store(StoreError),
}

#[derive(Serialize, Deserialize)]
struct PayoutItem {
    pk: String,
    sk: String,
    #[serde(rename = "am")]
    amount: i64,
    #[serde(rename = "ra")]
    rail: String,
    #[serde(rename = "to")]
    destination: String,
    #[serde(rename = "fp", default, skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    #[serde(rename = "ca")]
    created_at: i64,
}

/// Prefix of the sort key of payouts.
pub(crate) const PAYOUT: &str = "Y#";
/// A decision that lost a race is made anew, at most this often.
const DECISIONS_MAX: usize = 20;

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
    pub async fn pay_out(&self, payout: Payout, mut earnings: Earnings) -> Result<Once<Payout>, PayoutError> {
        for _ in 0..DECISIONS_MAX {
            let now = payout.created_at;
            let entry = payout::pay(&payout, &earnings).map_err(|refused| refusal(&payout, refused))?;
            let (matured, reference) = (earnings.matured(now), payout.id.to_string());
            let version = earnings.version;
            let booking =
                Booking::PaidOut { operator: &payout.operator, matured: &matured, version, reference: &reference };
            let mut writes = vec![(Role::State, self.put_once(&self.tables.core, payout_item(&payout)))];
            writes.extend(self.entry_writes(&entry, &booking));

            match self.transact(writes).await {
                Ok(()) => return Ok(Once::New(payout)),
                Err(CommitError::Condition { role: Role::State, found }) => {
                    let there = payout_of(found).map_err(PayoutError::Store)?;
                    // The answer to our own write may have been lost on the way.
                    return Ok(if there == payout { Once::New(there) } else { Once::Replay(there) });
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

    /// Payouts of an operator, newest first: all of them, because their ids are in no order.
    pub async fn payouts(&self, operator: &OperatorId) -> Result<Vec<Payout>, StoreError> {
        let payouts = self.beside(operator, PAYOUT).await?.into_iter().map(payout_of);
        let mut payouts = payouts.collect::<Result<Vec<_>, _>>()?;
        payouts.sort_by_key(|payout| std::cmp::Reverse((payout.created_at, payout.id)));
        Ok(payouts)
    }
}

/// Earnings that cannot be true are nobody's to withdraw: the alarm rings, and somebody looks.
fn refusal(payout: &Payout, refused: Unpayable) -> PayoutError {
    match refused {
        Unpayable::Short(short) => PayoutError::Earnings(short),
        Unpayable::Unsound => {
            metrics::counter!("LedgerImbalance").increment(1);
            let cause = format!("more vests for {} than its balance", payout.operator);
            PayoutError::Store(StoreError::Corrupt(cause))
        }
    }
}

fn sort_key(id: PayoutId) -> String {
    format!("{PAYOUT}{id}")
}

fn payout_item(payout: &Payout) -> Item {
    encode(&PayoutItem {
        pk: payout.operator.to_string(),
        sk: sort_key(payout.id),
        amount: payout.amount.micros(),
        rail: payout.rail.to_string(),
        destination: payout.destination.clone(),
        fingerprint: payout.fingerprint.map(|fingerprint| hex(&fingerprint)),
        created_at: payout.created_at.millis(),
    })
}

pub(crate) fn payout_of(item: Item) -> Result<Payout, StoreError> {
    let p: PayoutItem = decode(item)?;
    let id = p.sk.strip_prefix(PAYOUT).and_then(PayoutId::parse);
    Ok(Payout {
        id: known(id, "a payout id", &p.sk)?,
        operator: known(OperatorId::parse(&p.pk), "an operator id", &p.pk)?,
        amount: usd(p.amount)?,
        rail: known(Rail::parse(&p.rail), "a rail", &p.rail)?,
        destination: p.destination,
        fingerprint: p.fingerprint.map(|text| known(unhex(&text), "a fingerprint", &text)).transpose()?,
        created_at: moment(p.created_at),
    })
}
