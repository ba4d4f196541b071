//! Sending a transaction that somebody else signed, and what it takes to price one. Keeps no nonce
//! and replaces nothing; the relayer's own record does.

use alloy::primitives::{Address, B256, Bytes, U64, keccak256};
use alloy::providers::utils::eip1559_default_estimator;
use alloy::rpc::json_rpc::ErrorPayload;
use serde::Deserialize;
use serde_json::json;

use crate::endpoint::Endpoint;
use crate::{Chain, ChainError, Tag};

const SEND: &str = "eth_sendRawTransaction";

/// Wei for a unit of gas, as EIP-1559 has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fees {
    pub max_fee: u128,
    pub max_priority_fee: u128,
}

/// What a node made of a transaction. None of these is a failure of the payout: whether that was
/// made, only the state of its authorization tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sent {
    Accepted,
    Known,
    /// A transaction of that number is in a block; perhaps this one.
    NonceTooLow,
    /// Its fees are below the block's, or too close to those of one that it would replace.
    Underpriced,
    /// The relayer cannot pay for it.
    NoGas,
}

/// The words of geth, reth and anvil.
const ANSWERS: [(&str, Sent); 9] = [
    ("already known", Sent::Known),
    ("already imported", Sent::Known),
    ("known transaction", Sent::Known),
    ("nonce too low", Sent::NonceTooLow),
    ("underpriced", Sent::Underpriced),
    ("less than block base fee", Sent::Underpriced),
    ("lower than the current base fee", Sent::Underpriced),
    ("insufficient funds", Sent::NoGas),
    ("not enough funds", Sent::NoGas),
];

/// Without the shares of gas used, which are floats.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FeeHistory {
    /// One more than was asked for: the last is the next block's.
    base_fee_per_gas: Vec<U64>,
    #[serde(default)]
    reward: Option<Vec<Vec<U64>>>,
}

impl Endpoint {
    async fn fees(&self) -> Result<Fees, ChainError> {
        const METHOD: &str = "eth_feeHistory";
        let history: FeeHistory = self.ask(METHOD, json!(["0xa", "latest", [20]])).await?;
        let base = history.base_fee_per_gas.last().ok_or_else(|| self.malformed(METHOD))?.to::<u128>();
        let rewards = history.reward.unwrap_or_default();
        let rewards: Vec<Vec<u128>> =
            rewards.iter().map(|block| block.iter().map(|it| it.to::<u128>()).collect()).collect();
        let estimate = eip1559_default_estimator(base, &rewards);
        Ok(Fees { max_fee: estimate.max_fee_per_gas, max_priority_fee: estimate.max_priority_fee_per_gas })
    }

    async fn send_raw(&self, raw: &[u8]) -> Result<Sent, ChainError> {
        match self.try_ask::<B256>(SEND, json!([Bytes::copy_from_slice(raw)])).await? {
            Ok(hash) if hash == keccak256(raw) => Ok(Sent::Accepted),
            Ok(_) => Err(self.malformed(SEND)),
            Err(payload) => told(&payload).ok_or_else(|| self.refused(SEND, &payload)),
        }
    }
}

impl Chain {
    /// Enough for the base fee to double.
    pub async fn fees(&self) -> Result<Fees, ChainError> {
        self.any(|endpoint| async move { endpoint.fees().await }).await
    }

    /// The gas of a call to the token; [`ChainError::Refused`] if it would fail.
    pub async fn estimate_gas(&self, from: Address, calldata: &Bytes) -> Result<u64, ChainError> {
        self.any(|endpoint| async move {
            let call = json!([{ "from": from, "to": endpoint.network().token, "data": calldata }]);
            Ok(endpoint.ask::<U64>("eth_estimateGas", call).await?.to::<u64>())
        })
        .await
    }

    /// How many transactions of this address are in blocks, which is the number of its next one. Of
    /// two endpoints, the lower: a number used twice is refused, one left out waits for ever.
    pub async fn transaction_count(&self, address: Address, tag: Tag) -> Result<u64, ChainError> {
        let counts = self
            .each(|endpoint| async move {
                endpoint.ask::<U64>("eth_getTransactionCount", json!([address, tag.as_str()])).await
            })
            .await?;
        counts.into_iter().min().map(|count| count.to::<u64>()).ok_or(ChainError::Endpoints(0))
    }

    /// Gives a signed transaction to every endpoint. Accepted by one is accepted, and the best answer
    /// counts; an error only if none of them says anything that [`Sent`] has.
    pub async fn send_raw(&self, raw: &[u8]) -> Result<Sent, ChainError> {
        let sent = self.endpoints.iter().map(|endpoint| endpoint.send_raw(raw));
        let (mut best, mut failed) = (None, ChainError::Endpoints(0));
        for answer in futures::future::join_all(sent).await {
            match answer {
                Ok(sent) => best = Some(best.map_or(sent, |best: Sent| best.min(sent))),
                Err(error) => failed = error,
            }
        }
        best.ok_or(failed)
    }
}

fn told(payload: &ErrorPayload) -> Option<Sent> {
    let message = payload.message.to_ascii_lowercase();
    ANSWERS.iter().find(|(words, _)| message.contains(words)).map(|(_, sent)| *sent)
}

#[cfg(test)]
mod tests;
