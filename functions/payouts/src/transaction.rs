//! Transactions of EIP-1559, signed and as a node takes them. Not which are sent, in which order, and how often: of
//! that only a nonce and fees are known here.

mod fees;

use crate::signer::{SignError, Signer};
use alloy::consensus::{SignableTransaction, TxEip1559};
use alloy::eips::eip2718::Encodable2718;
use alloy::primitives::{Address, B256, Bytes, Signature, TxKind, U256};

pub use fees::{Fees, bumped};

/// What a transfer without input uses, exactly.
const TRANSFER_GAS: u64 = 21_000;

/// A call of a contract that brings no ether along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub chain_id: u64,
    /// Of the signer's account.
    pub nonce: u64,
    pub to: Address,
    /// The function's selector and its arguments.
    pub input: Bytes,
    pub gas_limit: u64,
    pub fees: Fees,
}

/// What is sent. Signing the same call again may give another one with another hash: it is stored before it is sent,
/// and sent again as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The envelope of EIP-2718, as `eth_sendRawTransaction` takes it.
    pub raw: Vec<u8>,
    /// What the chain will know it by.
    pub hash: B256,
}

/// Signs `call`. A contract cannot be created by it.
///
/// # Errors
/// The signer does not sign.
pub async fn raw(signer: &Signer, call: Call) -> Result<Signed, SignError> {
    let Call { chain_id, nonce, to, input, gas_limit, fees } = call;
    let transaction = TxEip1559 {
        chain_id,
        nonce,
        gas_limit,
        max_fee_per_gas: fees.max_fee_wei(),
        max_priority_fee_per_gas: fees.max_priority_fee_wei(),
        to: TxKind::Call(to),
        value: U256::ZERO,
        access_list: Default::default(),
        input,
    };
    let [numbers @ .., v] = signer.sign(transaction.signature_hash()).await?;
    let signed = transaction.into_signed(Signature::from_bytes_and_parity(&numbers, v == 28));
    Ok(Signed { raw: signed.encoded_2718(), hash: *signed.hash() })
}

/// Signs a transfer of nothing from the signer to itself: it uses up a nonce that no payout will, for which all later
/// ones would wait.
///
/// # Errors
/// The signer does not sign, or does not tell its address.
pub async fn self_transfer(signer: &Signer, chain_id: u64, nonce: u64, fees: Fees) -> Result<Signed, SignError> {
    let to = signer.address().await?;
    raw(signer, Call { chain_id, nonce, to, input: Bytes::new(), gas_limit: TRANSFER_GAS, fees }).await
}

#[cfg(test)]
mod tests;
