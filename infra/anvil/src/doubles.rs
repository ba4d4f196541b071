//! The other contracts, each as its source in `contracts/` says. What they do is told there.

use alloy::primitives::{Address, B256, U256};

use crate::accounts;
use crate::contracts::{self, Batch, Fake, Oracle};
use crate::rpc::{Error, Rpc};
use crate::token::Token;

/// Several transfers in one transaction, which is not sent to the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batcher {
    pub address: Address,
}

impl Batcher {
    pub async fn deploy(rpc: &Rpc) -> Result<Batcher, Error> {
        Ok(Batcher { address: rpc.deploy(contracts::batcher()).await? })
    }

    /// All or none; in millionths of a dollar. `from` must have approved the batcher.
    pub async fn transfer(
        &self,
        rpc: &Rpc,
        token: Token,
        from: Address,
        transfers: &[(Address, u64)],
    ) -> Result<B256, Error> {
        let (to, values) = transfers.iter().map(|(to, micros)| (*to, U256::from(*micros))).unzip();
        rpc.send(from, self.address, Batch::multiCall { token: token.address, to, values }).await
    }
}

/// A token that nobody asked for, whose Transfer looks like USDC's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FakeToken {
    pub address: Address,
}

impl FakeToken {
    pub async fn deploy(rpc: &Rpc) -> Result<FakeToken, Error> {
        Ok(FakeToken { address: rpc.deploy(contracts::fake()).await? })
    }

    /// Moves nothing, and says that it did.
    pub async fn transfer(&self, rpc: &Rpc, from: Address, to: Address, micros: u64) -> Result<B256, Error> {
        rpc.send(accounts::DEPLOYER, self.address, Fake::spoofCall { from, to, value: U256::from(micros) }).await
    }
}

/// Who is sanctioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SanctionsOracle {
    pub address: Address,
}

impl SanctionsOracle {
    pub async fn deploy(rpc: &Rpc) -> Result<SanctionsOracle, Error> {
        Ok(SanctionsOracle { address: rpc.deploy(contracts::oracle()).await? })
    }

    pub async fn is_sanctioned(&self, rpc: &Rpc, account: Address) -> Result<bool, Error> {
        rpc.view(self.address, Oracle::isSanctionedCall { account }).await
    }

    pub async fn set_sanctioned(&self, rpc: &Rpc, account: Address, listed: bool) -> Result<B256, Error> {
        rpc.send(accounts::DEPLOYER, self.address, Oracle::setSanctionedCall { account, listed }).await
    }

    /// While it is down, each question reverts.
    pub async fn set_down(&self, rpc: &Rpc, down: bool) -> Result<B256, Error> {
        rpc.send(accounts::DEPLOYER, self.address, Oracle::setDownCall { silent: down }).await
    }
}
