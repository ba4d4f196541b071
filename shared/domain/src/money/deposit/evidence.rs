//! What a chain shows of a deposit, and what is suspicious about it. Whether a sender is sanctioned or one of our own
//! addresses is told by who asked.

use crate::limits::{CREDITED_AT_SAFE_MAX, DEPOSIT_MAX, DEPOSIT_MIN, TRANSFERS_MAX};
use crate::money::Usd;
use crate::words::words;

words! {
    /// Why a deposit is looked at by staff before anybody spends it.
    Suspicion {
        BelowMinimum = "below_minimum",
        AboveMaximum = "above_maximum",
        /// It has more transfers than one commit can take.
        TooManyTransfers = "too_many_transfers",
        SanctionedSender = "sanctioned_sender",
        /// It came from one of our own addresses.
        OwnAddress = "own_address",
    }
}

/// One transfer of the token to an agent's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Its place in the receipt of the transaction: a number within the block may change when it is included anew.
    pub ordinal: u32,
    /// Whose tokens they were, as `0x` and 40 digits.
    pub from: String,
    pub amount: Usd,
}

/// A transaction with transfers to one agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub chain_id: u64,
    /// Lower-case, with `0x`.
    pub tx_hash: String,
    pub block: u64,
    /// Lower-case, with `0x`.
    pub block_hash: String,
    pub transfers: Vec<Incoming>,
    /// What of it one of our own addresses sent: it was inside before.
    pub inside: Usd,
}

impl Evidence {
    /// All of the transfers. `None` when no account holds as much.
    pub fn total(&self) -> Option<Usd> {
        self.transfers.iter().try_fold(Usd::ZERO, |sum, transfer| sum.checked_add(transfer.amount))
    }

    /// As much of it as one commit can take. Nobody can claim the rest: it is of a transaction and an agent that have
    /// their deposit.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.transfers.truncate(TRANSFERS_MAX);
        self
    }
}

/// Whether `amount` may be credited before its block is final.
pub fn is_credited_at_safe(amount: Usd) -> bool {
    amount <= CREDITED_AT_SAFE_MAX
}

/// What is suspicious about so many transfers of `amount` together.
pub fn suspicion(amount: Usd, transfers: usize) -> Option<Suspicion> {
    if transfers > TRANSFERS_MAX {
        Some(Suspicion::TooManyTransfers)
    } else if amount < DEPOSIT_MIN {
        Some(Suspicion::BelowMinimum)
    } else if amount > DEPOSIT_MAX {
        Some(Suspicion::AboveMaximum)
    } else {
        None
    }
}
