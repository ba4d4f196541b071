//! How far the chain is, and whether a block is still on it. Does not say which tag is safe enough
//! for how much money; the caller's rules do.

use alloy::primitives::{B256, U64};
use serde::Deserialize;
use serde_json::json;

use crate::endpoint::{Endpoint, quantity};
use crate::{Chain, ChainError, Failure};

/// Base's stages: of 2 seconds, of about 2 minutes (in a batch on Ethereum), of about 20 minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    Latest,
    Safe,
    Finalized,
}

impl Tag {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Tag::Latest => "latest",
            Tag::Safe => "safe",
            Tag::Finalized => "finalized",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Head {
    pub number: u64,
    pub hash: B256,
    /// Since 1970.
    pub timestamp_s: u64,
}

/// What is read of a block. A flashblock has no hash yet.
#[derive(Debug, Deserialize)]
pub(crate) struct Block {
    number: Option<U64>,
    hash: Option<B256>,
    timestamp: U64,
}

impl Block {
    fn head(&self) -> Option<Head> {
        Some(Head { number: self.number?.to(), hash: self.hash?, timestamp_s: self.timestamp.to() })
    }
}

impl Endpoint {
    async fn head(&self, tag: Tag) -> Result<Head, ChainError> {
        let block: Option<Block> = self.ask("eth_getBlockByNumber", json!([tag.as_str(), false])).await?;
        block.as_ref().and_then(Block::head).ok_or_else(|| self.unavailable(Failure::Behind))
    }

    /// The block that this endpoint has at that number, if any.
    pub(crate) async fn block(&self, number: u64) -> Result<Option<Head>, ChainError> {
        let block: Option<Block> = self.ask("eth_getBlockByNumber", json!([quantity(number), false])).await?;
        match block.as_ref().and_then(Block::head) {
            Some(head) if head.number != number => Err(self.malformed("eth_getBlockByNumber")),
            found => Ok(found),
        }
    }
}

impl Chain {
    /// Of two endpoints, the one that is behind: what is at or below it, both know.
    pub async fn head(&self, tag: Tag) -> Result<Head, ChainError> {
        let heads = self.each(|endpoint| async move { endpoint.head(tag).await }).await?;
        heads.into_iter().min_by_key(|head| head.number).ok_or(ChainError::Endpoints(0))
    }

    /// Whether the chain has this block at this number. No, if it has not got there.
    pub async fn is_canonical(&self, number: u64, hash: B256) -> Result<bool, ChainError> {
        self.agreed("a block", |endpoint| async move {
            let block = endpoint.block(number).await?;
            Ok(block.is_some_and(|block| block.hash == hash))
        })
        .await
    }

    /// Of the newest block, one; of a later one, none.
    pub async fn confirmations(&self, number: u64) -> Result<u64, ChainError> {
        let head = self.head(Tag::Latest).await?;
        Ok(head.number.saturating_add(1).saturating_sub(number))
    }
}
