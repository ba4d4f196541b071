//! What the chain holds for an address, and what the token's and the oracle's owners say of it.

use alloy::primitives::{Address, B256};

use crate::endpoint::At;
use crate::token::{SanctionsOracle, Usdc};
use crate::{Chain, ChainError, Tag};

impl Chain {
    /// Micro-dollars in the order of the addresses, after this block.
    pub async fn balances(&self, addresses: &[Address], block: u64) -> Result<Vec<u64>, ChainError> {
        self.agreed("balances", |endpoint| async move {
            let calls: Vec<_> = addresses.iter().map(|&account| Usdc::balanceOfCall { account }).collect();
            let balances = endpoint.call_all(endpoint.network().token, &calls, At::Block(block)).await?;
            balances
                .into_iter()
                .map(|balance| u64::try_from(balance).map_err(|_| endpoint.malformed("eth_call")))
                .collect()
        })
        .await
    }

    /// Micro-dollars at the newest block that all endpoints have.
    pub async fn balance(&self, address: Address) -> Result<u64, ChainError> {
        let head = self.head(Tag::Latest).await?;
        let balances = self.balances(&[address], head.number).await?;
        balances.first().copied().ok_or(ChainError::Disagreement("balances"))
    }

    /// Whether Circle refuses every transfer from and to this address.
    pub async fn is_blacklisted(&self, address: Address) -> Result<bool, ChainError> {
        self.agreed("a blacklisted address", |endpoint| async move {
            let call = Usdc::isBlacklistedCall { account: address };
            endpoint.call(endpoint.network().token, call, At::Latest).await
        })
        .await
    }

    /// Whether Circle refuses every transfer.
    pub async fn is_paused(&self) -> Result<bool, ChainError> {
        self.agreed("the token's pause", |endpoint| async move {
            endpoint.call(endpoint.network().token, Usdc::pausedCall {}, At::Latest).await
        })
        .await
    }

    /// By the network's oracle; never, where it has none. Whoever cannot learn it must hold.
    pub async fn is_sanctioned(&self, address: Address) -> Result<bool, ChainError> {
        let Some(oracle) = self.network().sanctions_oracle else {
            return Ok(false);
        };
        self.agreed("a sanctioned address", |endpoint| async move {
            endpoint.call(oracle, SanctionsOracle::isSanctionedCall { account: address }, At::Latest).await
        })
        .await
    }

    /// Whether an authorization was used *or* cancelled; [`Chain::authorization_outcome`] tells which.
    pub async fn is_authorization_spent(&self, authorizer: Address, nonce: B256) -> Result<bool, ChainError> {
        self.authorization_state(authorizer, nonce, At::Latest).await
    }

    /// The same after this block, which every endpoint must have: for who concludes from "no" that
    /// nothing was paid, a node that is behind must not answer.
    pub async fn was_authorization_spent(
        &self,
        authorizer: Address,
        nonce: B256,
        block: u64,
    ) -> Result<bool, ChainError> {
        self.authorization_state(authorizer, nonce, At::Block(block)).await
    }

    async fn authorization_state(&self, authorizer: Address, nonce: B256, at: At) -> Result<bool, ChainError> {
        self.agreed("an authorization", |endpoint| async move {
            endpoint.call(endpoint.network().token, Usdc::authorizationStateCall { authorizer, nonce }, at).await
        })
        .await
    }
}
