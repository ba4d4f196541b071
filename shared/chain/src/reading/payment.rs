//! What a transaction moved of our token. Reads the logs of its receipt alone: who called what
//! says nothing, since batchers, wallets and relayers call for others.

use alloy::primitives::{Address, B256, Bloom, U64, U256, logs_bloom};
use alloy::rpc::types::Log;
use alloy::sol_types::SolEvent;
use serde::Deserialize;
use serde_json::json;

use crate::endpoint::Endpoint;
use crate::token::Usdc;
use crate::{Chain, ChainError};

const RECEIPT: &str = "eth_getTransactionReceipt";

/// A transaction in a block of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub tx_hash: B256,
    pub block: u64,
    pub block_hash: B256,
    pub succeeded: bool,
    /// In the order of the receipt. Empty if it failed, and if it moved none of our token.
    pub transfers: Vec<Transfer>,
}

/// More than nothing, moved by the token itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Its place among all logs of the receipt. Stays when a reorganisation puts the transaction
    /// into another block, as the number of a log in its block does not.
    pub ordinal: u32,
    pub from: Address,
    pub to: Address,
    /// Millionths of a dollar, at most `i64::MAX`.
    pub micros: u64,
}

/// A value that no account of ours can hold.
pub(crate) struct TooMuch;

/// What is read of a receipt, whatever the transaction's type: Base has some of its own (0x7e).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Receipt {
    transaction_hash: B256,
    block_number: Option<U64>,
    block_hash: Option<B256>,
    status: U64,
    logs_bloom: Bloom,
    pub(crate) logs: Vec<Log>,
}

impl Transfer {
    /// None if the log is another contract's, another event, or a transfer of nothing, which
    /// anybody can make the token log between any two accounts.
    pub(crate) fn of(log: &Log, token: Address, ordinal: u32) -> Result<Option<Transfer>, TooMuch> {
        if log.address() != token {
            return Ok(None);
        }
        let (&[topic, from, to], Ok(value)) = (log.topics(), <[u8; 32]>::try_from(log.data().data.as_ref())) else {
            return Ok(None);
        };
        let value = U256::from_be_bytes(value);
        if topic != Usdc::Transfer::SIGNATURE_HASH || value.is_zero() {
            return Ok(None);
        }
        let micros = i64::try_from(value).map_err(|_| TooMuch)?.unsigned_abs();
        Ok(Some(Transfer { ordinal, from: Address::from_word(from), to: Address::from_word(to), micros }))
    }
}

impl Endpoint {
    pub(crate) async fn receipt(&self, tx_hash: B256) -> Result<Option<Receipt>, ChainError> {
        let receipt: Option<Receipt> = self.ask(RECEIPT, json!([tx_hash])).await?;
        match receipt {
            // The bloom tells of logs that were left out, even by the only endpoint: of all but those
            // that are like another in all topics.
            Some(receipt)
                if receipt.transaction_hash != tx_hash
                    || receipt.status > U64::ONE
                    || receipt.logs_bloom != logs_bloom(receipt.logs.iter().map(|log| &log.inner)) =>
            {
                Err(self.malformed(RECEIPT))
            }
            receipt => Ok(receipt),
        }
    }

    async fn payment(&self, tx_hash: B256) -> Result<Option<Payment>, ChainError> {
        let Some(receipt) = self.receipt(tx_hash).await? else {
            return Ok(None);
        };
        // Endpoints have receipts before there is a block: those may still vanish.
        let (Some(number), Some(block_hash)) = (receipt.block_number, receipt.block_hash) else {
            return Ok(None);
        };
        let block = number.to::<u64>();
        if self.block(block).await?.is_none_or(|canonical| canonical.hash != block_hash) {
            return Ok(None);
        }

        let succeeded = receipt.status == U64::ONE;
        let mut transfers = Vec::new();
        for (ordinal, log) in (0..).zip(&receipt.logs) {
            let transfer = Transfer::of(log, self.network().token, ordinal);
            transfers.extend(transfer.map_err(|TooMuch| ChainError::Amount(tx_hash))?);
        }
        if !succeeded {
            transfers.clear();
        }
        Ok(Some(Payment { tx_hash, block, block_hash, succeeded, transfers }))
    }
}

impl Chain {
    /// None if the transaction is in no block of the chain: unknown, waiting, a flashblock, or
    /// dropped by a reorganisation. Of two endpoints, both must have it.
    ///
    /// # Errors
    /// [`ChainError::Disagreement`] if both have it and differ.
    pub async fn payment(&self, tx_hash: B256) -> Result<Option<Payment>, ChainError> {
        let found = self.each(|endpoint| async move { endpoint.payment(tx_hash).await }).await?;
        let Some(payments) = found.into_iter().collect::<Option<Vec<Payment>>>() else {
            return Ok(None);
        };
        let mut payments = payments.into_iter();
        let first = payments.next();
        if payments.any(|other| Some(&other) != first.as_ref()) {
            return Err(ChainError::Disagreement("a payment"));
        }
        Ok(first)
    }
}

#[cfg(test)]
mod tests;
