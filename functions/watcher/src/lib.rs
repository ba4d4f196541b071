//! Looks at the chain, and asks the provider, so that no deposit depends on who calls: credits what came in, looks again
//! at what was credited until its block is final, and books what the platform put into its treasury.

mod recheck;
mod scan;
mod treasury;

use fiat::dlocal::Dlocal;
use onchain::{OnChain, Trouble};
use payments::provider;
use std::sync::Arc;
use store::{Store, StoreError};

/// What is watched.
#[derive(Clone, Debug)]
pub struct Watcher {
    pub store: Store,
    pub on_chain: Option<OnChain>,
    pub dlocal: Option<Arc<Dlocal>>,
}

/// Payments that a provider is asked for in one look.
const ASKED_MAX: u16 = 100;

impl Watcher {
    /// One look at everything. Says how much it booked. What fails is looked at next time: nothing is passed over.
    ///
    /// # Errors
    /// The first that kept anything from being looked at; the rest was looked at all the same.
    pub async fn look(&self) -> Result<usize, Trouble> {
        let chain = async {
            match &self.on_chain {
                Some(on_chain) => self.look_at_chain(on_chain).await,
                None => Ok(0),
            }
        };
        let (booked, asked) = futures::join!(chain, self.ask());
        asked?;
        booked
    }

    async fn look_at_chain(&self, on_chain: &OnChain) -> Result<usize, Trouble> {
        on_chain.chain.check().await?;
        let heads = on_chain.heads().await?;
        // First what is there already: money that is gone must not be spent meanwhile.
        let rechecked = recheck::recheck(&self.store, on_chain, &heads).await;
        let booked = scan::scan(&self.store, on_chain, &heads).await;
        let own = treasury::scan(&self.store, on_chain, &heads).await;
        Ok(rechecked? + booked? + own?)
    }

    async fn ask(&self) -> Result<(), StoreError> {
        match &self.dlocal {
            Some(dlocal) => provider::poll(&self.store, dlocal, ASKED_MAX).await,
            None => Ok(()),
        }
    }
}
