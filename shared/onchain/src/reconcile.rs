//! Whether what our addresses have on the chain is what our books say: to the micro-dollar, at the end of a block that is
//! final and that the watcher is done with.

use crate::{OnChain, Trouble};
use chain::{Address, Tag, parse_address};
use store::{Store, StoreError};

/// Both sides, in micro-dollars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    pub block: u64,
    /// Of our own accounts and deposit addresses together.
    pub on_chain: i64,
    pub booked: i64,
}

impl Reconciliation {
    /// What nobody can explain.
    pub const fn difference(&self) -> i64 {
        self.on_chain - self.booked
    }
}

impl OnChain {
    /// `None` before the watcher has begun.
    pub async fn reconcile(&self, store: &Store) -> Result<Option<Reconciliation>, Trouble> {
        let chain_id = self.chain.network().chain_id;
        let mut block = self.chain.head(Tag::Finalized).await?.number;
        for cursor in [Self::deposits_cursor(chain_id, Tag::Finalized), Self::treasury_cursor(chain_id)] {
            match store.cursor(&cursor).await? {
                Some(seen) => block = block.min(seen),
                None => return Ok(None),
            }
        }
        let mut addresses = self.own();
        for page in 0..store.address_pages().await? {
            let more = store.addresses(page).await?;
            let corrupt = |_| StoreError::Corrupt("an address in the books is none".to_owned());
            let more = more.iter().map(|given| parse_address(&given.address).map_err(corrupt));
            addresses.extend(more.collect::<Result<Vec<Address>, _>>()?);
        }
        let balances = self.chain.balances(&addresses, block).await?;
        let sum = balances.into_iter().map(i128::from).sum::<i128>();
        let on_chain = i64::try_from(sum).map_err(|_| StoreError::Corrupt("more than there is".to_owned()))?;
        Ok(Some(Reconciliation { block, on_chain, booked: store.booked_on_chain(chain_id, block).await? }))
    }

    /// How far deposits were looked for, at this tag.
    pub fn deposits_cursor(chain_id: u64, tag: Tag) -> String {
        let tag = match tag {
            Tag::Finalized => "finalized",
            Tag::Safe | Tag::Latest => "safe",
        };
        format!("deposits#{chain_id}#{tag}")
    }

    /// How far the treasury's own money was looked for.
    pub fn treasury_cursor(chain_id: u64) -> String {
        format!("treasury#{chain_id}")
    }
}
