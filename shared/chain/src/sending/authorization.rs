//! EIP-3009: a transfer that its owner signs and anybody may submit. The token executes each at
//! most once, which is what makes a payout safe to repeat. Computes what is signed; signs nothing.

use alloy::primitives::{Address, B256, Bytes, U256, keccak256};
use alloy::sol_types::{SolCall, SolStruct};

use crate::Network;
use crate::token::{TransferWithAuthorization, Usdc};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    pub from: Address,
    pub to: Address,
    /// Millionths of a dollar.
    pub micros: u64,
    /// Valid in blocks later than this, in seconds since 1970; 0 for at once.
    pub valid_after_s: u64,
    /// Valid in blocks earlier than this.
    pub valid_before_s: u64,
    /// Ours, by [`payout_nonce`].
    pub nonce: B256,
}

impl Authorization {
    /// What the owner signs, by EIP-712.
    pub fn digest(&self, network: &Network) -> B256 {
        let message = TransferWithAuthorization {
            from: self.from,
            to: self.to,
            value: U256::from(self.micros),
            validAfter: U256::from(self.valid_after_s),
            validBefore: U256::from(self.valid_before_s),
            nonce: self.nonce,
        };
        message.eip712_signing_hash(&network.domain())
    }
}

/// What a relayer sends to the token. `signature` is r, s and a v of 27 or 28, as the token wants it.
pub fn calldata(authorization: &Authorization, signature: [u8; 65]) -> Bytes {
    let (r, rest) = signature.split_at(32);
    let (s, v) = rest.split_at(32);
    let call = Usdc::transferWithAuthorizationCall {
        from: authorization.from,
        to: authorization.to,
        value: U256::from(authorization.micros),
        validAfter: U256::from(authorization.valid_after_s),
        validBefore: U256::from(authorization.valid_before_s),
        nonce: authorization.nonce,
        v: v[0],
        r: B256::from_slice(r),
        s: B256::from_slice(s),
    };
    call.abi_encode().into()
}

/// One per payout, chain and token: whatever repeats a payout repeats its nonce.
pub fn payout_nonce(chain_id: u64, token: Address, payout_id: &str) -> B256 {
    let mut text = b"humanops/payout/v1".to_vec();
    text.extend_from_slice(&U256::from(chain_id).to_be_bytes::<32>());
    text.extend_from_slice(token.as_slice());
    text.extend_from_slice(payout_id.as_bytes());
    keccak256(text)
}

#[cfg(test)]
mod tests;
