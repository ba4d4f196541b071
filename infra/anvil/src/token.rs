//! The double of USDC, of which `contracts/TestUSDC.sol` says what it is like.

use alloy::primitives::{Address, B256, U256, address};
use alloy::sol_types::SolCall;

use crate::accounts;
use crate::contracts::{self, Usdc};
use crate::rpc::{Error, Rpc};

/// Amounts are millionths of a dollar. Actions answer with the transaction's hash, as `Rpc::send` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub address: Address,
}

impl Token {
    /// Where the first deployment on a chain stands.
    pub const FIRST: Address = address!("5FbDB2315678afecb367f032d93F642f64180aa3");

    /// # Errors
    /// The node refuses, or mines nothing by itself.
    pub async fn deploy(rpc: &Rpc) -> Result<Token, Error> {
        let address = rpc.deploy(contracts::token()).await?;
        Ok(Token { address })
    }

    pub fn at(address: Address) -> Token {
        Token { address }
    }

    pub async fn balance_of(&self, rpc: &Rpc, account: Address) -> Result<u64, Error> {
        let balance = rpc.view(self.address, Usdc::balanceOfCall { account }).await?;
        u64::try_from(balance).map_err(|_| Error::Unreadable { method: "balanceOf".to_owned() })
    }

    /// Whether the authorization was used or canceled.
    pub async fn authorization_state(&self, rpc: &Rpc, authorizer: Address, nonce: B256) -> Result<bool, Error> {
        rpc.view(self.address, Usdc::authorizationStateCall { authorizer, nonce }).await
    }

    pub async fn mint(&self, rpc: &Rpc, to: Address, micros: u64) -> Result<B256, Error> {
        self.owner(rpc, Usdc::mintCall { to, value: U256::from(micros) }).await
    }

    pub async fn set_blacklisted(&self, rpc: &Rpc, account: Address, blacklisted: bool) -> Result<B256, Error> {
        match blacklisted {
            true => self.owner(rpc, Usdc::blacklistCall { account }).await,
            false => self.owner(rpc, Usdc::unBlacklistCall { account }).await,
        }
    }

    pub async fn set_paused(&self, rpc: &Rpc, paused: bool) -> Result<B256, Error> {
        match paused {
            true => self.owner(rpc, Usdc::pauseCall {}).await,
            false => self.owner(rpc, Usdc::unpauseCall {}).await,
        }
    }

    pub async fn approve(&self, rpc: &Rpc, from: Address, spender: Address, micros: u64) -> Result<B256, Error> {
        rpc.send(from, self.address, Usdc::approveCall { spender, value: U256::from(micros) }).await
    }

    pub async fn transfer(&self, rpc: &Rpc, from: Address, to: Address, micros: u64) -> Result<B256, Error> {
        rpc.send(from, self.address, Usdc::transferCall { to, value: U256::from(micros) }).await
    }

    /// A transfer of nothing that `stranger` makes from somebody else's account, and may.
    pub async fn spoof(&self, rpc: &Rpc, stranger: Address, from: Address, to: Address) -> Result<B256, Error> {
        rpc.send(stranger, self.address, Usdc::transferFromCall { from, to, value: U256::ZERO }).await
    }

    async fn owner<C: SolCall>(&self, rpc: &Rpc, call: C) -> Result<B256, Error> {
        rpc.send(accounts::DEPLOYER, self.address, call).await
    }
}
