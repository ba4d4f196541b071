//! The outside of the demo on a chain: a customer who has USDC, and the wallet that an operator is paid at. Both are
//! accounts that anvil begins with.

use anvil::accounts::ADDRESSES;
use anvil::{Rpc, Token};
use chain::{Address, parse_address};
use humanops::engine::Failure;

const CUSTOMER: Address = ADDRESSES[5];
/// Where Jane Doe is paid.
pub(super) const JANES: Address = ADDRESSES[6];
/// Anvil calls what is 64 blocks back final, unless it was told otherwise.
const UNTIL_FINAL: u64 = 66;

pub(super) struct Wallet {
    rpc: Rpc,
    token: Token,
}

impl Wallet {
    pub(super) fn on(url: &str, token: Address) -> Result<Self, Failure> {
        Ok(Self { rpc: Rpc::new(url)?, token: Token::at(token) })
    }

    /// Sends the customer's USDC to a deposit address.
    pub(super) async fn pay(&self, address: &str, micros: u64) -> Result<(), Failure> {
        self.token.mint(&self.rpc, CUSTOMER, micros).await?;
        self.token.transfer(&self.rpc, CUSTOMER, parse_address(address)?, micros).await?;
        self.finalize().await
    }

    /// Blocks until everything so far is final.
    pub(super) async fn finalize(&self) -> Result<(), Failure> {
        Ok(self.rpc.mine(UNTIL_FINAL).await?)
    }

    /// What Jane has on the chain, in micro-dollars.
    pub(super) async fn janes(&self) -> Result<u64, Failure> {
        Ok(self.token.balance_of(&self.rpc, JANES).await?)
    }
}
