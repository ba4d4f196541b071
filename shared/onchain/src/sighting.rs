//! How far the chain is, and what it shows of one transaction that an agent names.

use crate::{Booked, OnChain, Trouble};
use chain::{B256, Tag, parse_address};
use domain::Usd;
use domain::money::deposit::is_credited_at_safe;
use futures::future::{BoxFuture, FutureExt as _};
use store::ledger::deposits::witness::{Claimed, Seen, Witness};
use store::{Store, StoreError};

/// The last blocks that the chain calls safe and final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heads {
    pub safe: u64,
    pub finalized: u64,
}

impl Heads {
    /// Whether a block counts for so much.
    pub fn suffice(&self, block: u64, amount: Usd) -> bool {
        block <= if is_credited_at_safe(amount) { self.safe } else { self.finalized }
    }
}

impl OnChain {
    pub async fn heads(&self) -> Result<Heads, Trouble> {
        let (safe, finalized) = futures::try_join!(self.chain.head(Tag::Safe), self.chain.head(Tag::Finalized))?;
        Ok(Heads { safe: safe.number, finalized: finalized.number })
    }

    async fn sight(&self, store: &Store, claimed: &Claimed) -> Result<Seen, Trouble> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("{what} of {} is none", claimed.agent));
        let tx_hash: B256 = claimed.tx_hash.parse().map_err(|_| corrupt("the hash"))?;
        let address = parse_address(&claimed.address).map_err(|_| corrupt("the address"))?;
        let Some(payment) = self.chain.payment(tx_hash).await? else { return Ok(Seen::Waits) };
        let Some((_, amount)) = self.evidence(address, &payment) else { return Ok(Seen::Nothing) };
        if amount != claimed.amount {
            return Ok(Seen::OtherAmount(amount));
        }
        let heads = self.heads().await?;
        Ok(match self.book(store, claimed.agent, address, &payment, &heads).await? {
            Booked::Done(deposit) => Seen::Booked(deposit),
            Booked::Waits => Seen::Waits,
            Booked::Nothing => Seen::Nothing,
        })
    }
}

impl Witness for OnChain {
    /// The watcher looks again: nobody need call once more because an endpoint was away, or two of them disagree.
    fn look<'a>(&'a self, store: &'a Store, claimed: Claimed) -> BoxFuture<'a, Result<Seen, StoreError>> {
        let look = async move {
            match self.sight(store, &claimed).await {
                Ok(seen) => Ok(seen),
                Err(Trouble::Store(error)) => Err(error),
                Err(Trouble::Chain(error)) => {
                    metrics::counter!("ChainTrouble").increment(1);
                    tracing::error!(%error, "a deposit could not be looked at");
                    Ok(Seen::Waits)
                }
            }
        };
        look.boxed()
    }
}
