//! What is known of a payout's way over a chain. Hashes and signatures are lower-case hexadecimal with `0x`.

use crate::time::Timestamp;

/// An authorization that was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorized {
    /// The chain on which it is good.
    pub chain_id: u64,
    /// Whose tokens it moves. Another treasury may have taken its place since.
    pub treasury: String,
    /// 65 bytes.
    pub signature: String,
    /// Seconds since 1970 from which on the token refuses it.
    pub valid_before_s: i64,
    /// The block that was the last final one then: nothing of it is in an earlier one, whatever the chain forgets.
    pub from_block: u64,
}

/// A transaction that was made to carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub tx_hash: String,
    /// Who sent it, and on which chain: `8453#0x…`.
    pub relayer: String,
    /// The transaction's place among those of the relayer.
    pub relayer_nonce: u64,
    /// In wei for a unit of gas.
    pub fee_max: u64,
    /// The part of it that who includes it may keep.
    pub fee_priority: u64,
    pub at: Timestamp,
}

/// What the chain, or a provider, shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Of the transaction that executed it, whoever sent that.
    pub tx_hash: String,
    pub block: u64,
    pub block_hash: String,
    /// Blocks that it had behind it, its own included, when it was looked at last.
    pub confirmations: u64,
}
