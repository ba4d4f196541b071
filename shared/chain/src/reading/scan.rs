//! Finding payments by the token's logs. Tells hashes alone: what they moved is read from their
//! receipts, by `payment`.

use std::collections::BTreeSet;

use alloy::primitives::{Address, B256};
use alloy::rpc::types::Log;
use alloy::sol_types::SolEvent;
use serde_json::{Value, json};

use crate::endpoint::{Endpoint, quantity};
use crate::reading::head::Block;
use crate::reading::payment::Transfer;
use crate::token::Usdc;
use crate::{Chain, ChainError, Failure};

const LOGS: &str = "eth_getLogs";
/// What providers take in one filter.
const ADDRESSES_MAX: usize = 500;
const BLOCKS_MAX: u64 = 2_000;

/// Where a log stands; the order of the chain.
type Place = (u64, u64, B256);

impl Endpoint {
    /// The token's logs with these topics, oldest first. A range that holds too much for an answer
    /// is asked for in halves.
    pub(crate) async fn logs(&self, topics: Value, from: u64, to: u64) -> Result<Vec<Log>, ChainError> {
        let mut logs = Vec::new();
        let mut first = from;
        let mut blocks = BLOCKS_MAX;
        while first <= to {
            let last = to.min(first.saturating_add(blocks - 1));
            match self.logs_once(&topics, first, last).await {
                Ok(found) => logs.extend(found),
                Err(error) if first < last && is_about_size(&error) => {
                    blocks = (last - first).div_ceil(2);
                    continue;
                }
                Err(error) => return Err(error),
            }
            let Some(next) = last.checked_add(1) else { break };
            first = next;
        }
        Ok(logs)
    }

    async fn logs_once(&self, topics: &Value, from: u64, to: u64) -> Result<Vec<Log>, ChainError> {
        let token = self.network().token;
        let filter =
            json!([{ "address": token, "topics": topics, "fromBlock": quantity(from), "toBlock": quantity(to) }]);
        // Asked together, so that the node which answers has the last block: one that is behind
        // would tell of fewer logs and of no error.
        let answers = self.ask_all(&[(LOGS, filter), ("eth_getBlockByNumber", json!([quantity(to), false]))]).await?;
        let [logs, block] = answers.as_slice() else {
            return Err(self.unavailable(Failure::Incomplete));
        };
        if self.parsed::<Option<Block>>("eth_getBlockByNumber", block)?.is_none() {
            return Err(self.unavailable(Failure::Behind));
        }
        let mut logs: Vec<Log> = self.parsed(LOGS, logs)?;
        logs.retain(|log| !log.removed && log.address() == token);
        Ok(logs)
    }

    async fn payments(&self, topics: Value, from: u64, to: u64) -> Result<BTreeSet<Place>, ChainError> {
        let token = self.network().token;
        let mut places = BTreeSet::new();
        for log in self.logs(topics, from, to).await? {
            // One that moves too much is found too: reading it tells so.
            if matches!(Transfer::of(&log, token, 0), Ok(None)) {
                continue;
            }
            places.insert(place(&log).ok_or_else(|| self.malformed(LOGS))?);
        }
        Ok(places)
    }
}

impl Chain {
    /// The transactions that paid one of these addresses in these blocks, both ends included, in the
    /// order of the chain. `to_block` must be at or below the head.
    ///
    /// # Errors
    /// [`ChainError::Disagreement`] if the endpoints do not find the same ones.
    pub async fn payments_to(
        &self,
        addresses: &[Address],
        from_block: u64,
        to_block: u64,
    ) -> Result<Vec<B256>, ChainError> {
        let mut places = BTreeSet::new();
        for addresses in addresses.chunks(ADDRESSES_MAX) {
            let topics = json!([Usdc::Transfer::SIGNATURE_HASH, null, words(addresses)]);
            places.extend(self.payments(topics, from_block, to_block).await?);
        }
        Ok(hashes(&places))
    }

    async fn payments(&self, topics: Value, from: u64, to: u64) -> Result<BTreeSet<Place>, ChainError> {
        self.agreed("the payments of a range", |endpoint| {
            let topics = topics.clone();
            async move { endpoint.payments(topics, from, to).await }
        })
        .await
    }
}

fn is_about_size(error: &ChainError) -> bool {
    // Every provider has another code for "too many results".
    matches!(error, ChainError::Refused { .. } | ChainError::Unavailable { failure: Failure::TooLarge, .. })
}

fn words(addresses: &[Address]) -> Vec<B256> {
    addresses.iter().map(|address| address.into_word()).collect()
}

fn place(log: &Log) -> Option<Place> {
    Some((log.block_number?, log.log_index?, log.transaction_hash?))
}

fn hashes(places: &BTreeSet<Place>) -> Vec<B256> {
    let mut seen = BTreeSet::new();
    places.iter().map(|(_, _, hash)| *hash).filter(|hash| seen.insert(*hash)).collect()
}
