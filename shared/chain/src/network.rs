//! The chains that money may be on, and the one token on each. Not a registry: another token of
//! the same name (USDbC) must not be reachable from here.

use alloy::primitives::{Address, U256, address};
use alloy::sol_types::Eip712Domain;

use crate::ChainError;

/// anvil's.
pub const LOCAL: u64 = 31337;

/// Read it freely; only this module makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Network {
    pub chain_id: u64,
    /// USDC.
    pub token: Address,
    /// As in the token's EIP-712 domain, which differs between the networks.
    pub name: &'static str,
    pub version: &'static str,
    /// Chainalysis'. Base has another address than the other chains, and its test network none.
    pub sanctions_oracle: Option<Address>,
}

impl Network {
    pub const BASE: Network = Network {
        chain_id: 8453,
        token: address!("833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"),
        name: "USD Coin",
        version: "2",
        sanctions_oracle: Some(address!("3A91A31cB3dC49b4db9Ce721F50a9D076c8D739B")),
    };

    pub const BASE_SEPOLIA: Network = Network {
        chain_id: 84532,
        token: address!("036CbD53842c5426634e7929541eC2318f3dCF7e"),
        name: "USDC",
        version: "2",
        sanctions_oracle: None,
    };

    /// anvil with a double of the token that calls itself as Base's does.
    pub fn local(token: Address, oracle: Option<Address>) -> Network {
        Network { chain_id: LOCAL, token, sanctions_oracle: oracle, ..Network::BASE }
    }

    /// The public networks; a local one has no token before somebody deploys it.
    ///
    /// # Errors
    /// [`ChainError::UnknownChain`].
    pub fn public(chain_id: u64) -> Result<Network, ChainError> {
        match chain_id {
            8453 => Ok(Network::BASE),
            84532 => Ok(Network::BASE_SEPOLIA),
            other => Err(ChainError::UnknownChain(other)),
        }
    }

    /// The network that a deployment names. Only a local one names its token, and perhaps an oracle.
    ///
    /// # Errors
    /// [`ChainError::UnknownChain`], also for a local network without a token.
    pub fn named(chain_id: u64, token: Option<Address>, oracle: Option<Address>) -> Result<Network, ChainError> {
        match (chain_id, token) {
            (LOCAL, Some(token)) => Ok(Network::local(token, oracle)),
            (chain_id, _) => Network::public(chain_id),
        }
    }

    /// What a signature for the token is bound to.
    pub(crate) fn domain(&self) -> Eip712Domain {
        Eip712Domain::new(
            Some(self.name.into()),
            Some(self.version.into()),
            Some(U256::from(self.chain_id)),
            Some(self.token),
            None,
        )
    }
}
