//! The platform's own money on the chain: what it put into its treasury beside that of others. Each transaction counts
//! once.

use crate::engine::commit::{CommitError, Condition, Role};
use crate::engine::item::{Item, known, number, text};
use crate::ledger::booking::{Booking, PLATFORM};
use crate::{Once, Store, StoreError};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::money::capital;
use domain::{Timestamp, Usd};

/// Sort key of what was counted.
pub(crate) const COUNTED: &str = "C";

/// What came into the treasury by one transaction, from nobody whose deposit it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capital {
    pub chain_id: u64,
    /// Lower-case, with `0x`.
    pub tx_hash: String,
    pub block: u64,
    pub amount: Usd,
}

impl Store {
    /// Books what came into the treasury, once. A replay has the block by which it was booked before.
    pub async fn book_capital(&self, capital: Capital, now: Timestamp) -> Result<Once<Capital>, StoreError> {
        let name = format!("C#{}#{}", capital.chain_id, capital.tx_hash);
        let entry = capital::entry(&name, capital.amount, now);
        let mut item: Item = [("pk", text(&name)), ("sk", text(COUNTED))].map(|(k, v)| (k.to_owned(), v)).into();
        item.insert("am".to_owned(), number(capital.amount.micros()));
        item.insert("b".to_owned(), AttributeValue::N(capital.block.to_string()));
        let absent = Condition { expression: "attribute_not_exists(pk)", values: Vec::new() };
        let mut writes = vec![(Role::State, self.put_in(&self.tables.ledger, item, absent))];
        writes.extend(self.entry_writes(&entry, &Booking::Capital { reference: &capital.tx_hash }));
        match self.transact(writes).await {
            Ok(()) => Ok(Once::New(capital)),
            Err(CommitError::Condition { role: Role::State, found }) => {
                let block = found.get("b").and_then(|n| n.as_n().ok()).and_then(|digits| digits.parse().ok());
                Ok(Once::Replay(Capital { block: known(block, "a block", &name)?, ..capital }))
            }
            Err(CommitError::Condition { role, .. }) => {
                metrics::counter!("LedgerImbalance").increment(1);
                Err(StoreError::Corrupt(format!("the ledger refused {PLATFORM}'s own money ({role:?})")))
            }
            Err(CommitError::Store(error)) => Err(error),
        }
    }
}
