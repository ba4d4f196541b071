//! USDC on Base: what was paid to whom, and what a node says of it. Sends transactions that others
//! signed; holds no key, signs nothing and decides nothing about money.
//!
//! With two endpoints, what money depends on is believed only when both say the same.

mod address;
mod endpoint;
mod error;
mod network;
mod reading;
mod sending;
mod settings;
mod token;
mod transport;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

pub use alloy::primitives::{Address, B256, Bytes, U256};

pub use address::{AddressRefusal, checksummed, parse_address};
pub use error::{ChainError, Failure, Which};
pub use network::{LOCAL, Network};
pub use reading::head::{Head, Tag};
pub use reading::outcome::{Ending, Outcome};
pub use reading::payment::{Payment, Transfer};
pub use sending::authorization::{Authorization, calldata, payout_nonce};
pub use sending::relay::{Fees, Sent};
pub use sending::simulation::{Refusal, Simulated};
pub use settings::Settings;

use endpoint::Endpoint;
use transport::Http;

/// One network, by one or two endpoints. Cheap to clone.
#[derive(Clone)]
pub struct Chain {
    network: Network,
    endpoints: Arc<[Endpoint]>,
}

impl Chain {
    /// Without touching the network. Each endpoint is checked before its first use, so nothing is
    /// ever read from one that serves another chain or another token.
    ///
    /// # Errors
    /// [`ChainError::Endpoints`].
    pub fn new(settings: Settings) -> Result<Chain, ChainError> {
        let Settings { endpoints: urls, network, timeout } = settings;
        let http = Http::new(timeout);
        let endpoints: Arc<[Endpoint]> = match urls.as_slice() {
            [only] => [Endpoint::new(Which::First, network, http.to(only.clone()))].into(),
            [first, second] => [
                Endpoint::new(Which::First, network, http.to(first.clone())),
                Endpoint::new(Which::Second, network, http.to(second.clone())),
            ]
            .into(),
            others => return Err(ChainError::Endpoints(others.len())),
        };
        Ok(Chain { network, endpoints })
    }

    /// [`Chain::new`] and [`Chain::check`], for a process that may refuse to start.
    ///
    /// # Errors
    /// As both.
    pub async fn connect(settings: Settings) -> Result<Chain, ChainError> {
        let chain = Chain::new(settings)?;
        chain.check().await?;
        Ok(chain)
    }

    /// Asks every endpoint that has not passed yet for its chain id and its token's name, version,
    /// decimals and domain separator.
    ///
    /// # Errors
    /// [`ChainError::WrongChain`] and [`ChainError::WrongToken`]; or an endpoint that does not answer.
    pub async fn check(&self) -> Result<(), ChainError> {
        self.each(|endpoint| async move { endpoint.check().await }).await?;
        Ok(())
    }

    pub fn network(&self) -> &Network {
        &self.network
    }

    /// What each endpoint answers, asked at once; fails if one does.
    async fn each<T, Asked>(&self, ask: impl Fn(Endpoint) -> Asked) -> Result<Vec<T>, ChainError>
    where
        Asked: Future<Output = Result<T, ChainError>>,
    {
        futures::future::try_join_all(self.endpoints.iter().cloned().map(ask)).await
    }

    /// What all endpoints answer alike. `what` completes "disagree about".
    async fn agreed<T, Asked>(&self, what: &'static str, ask: impl Fn(Endpoint) -> Asked) -> Result<T, ChainError>
    where
        T: PartialEq,
        Asked: Future<Output = Result<T, ChainError>>,
    {
        let mut answers = self.each(ask).await?.into_iter();
        let Some(first) = answers.next() else {
            return Err(ChainError::Endpoints(0));
        };
        if answers.all(|answer| answer == first) { Ok(first) } else { Err(ChainError::Disagreement(what)) }
    }

    /// What the first endpoint that can answer says: for what no money depends on.
    async fn any<T, Asked>(&self, ask: impl Fn(Endpoint) -> Asked) -> Result<T, ChainError>
    where
        Asked: Future<Output = Result<T, ChainError>>,
    {
        let mut failed = ChainError::Endpoints(0);
        for endpoint in self.endpoints.iter() {
            match ask(endpoint.clone()).await {
                Ok(answer) => return Ok(answer),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }
}

impl fmt::Debug for Chain {
    /// Without the endpoints: their addresses hold keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain").field("network", &self.network).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
