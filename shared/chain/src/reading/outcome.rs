//! What became of an authorization, by the token's logs and not by our own transaction: anybody
//! may submit it first, and then ours fails although the payout was made.

use alloy::primitives::{Address, B256};
use alloy::rpc::types::Log;
use alloy::sol_types::SolEvent;
use serde_json::json;

use crate::endpoint::Endpoint;
use crate::reading::payment::Transfer;
use crate::token::Usdc;
use crate::{Chain, ChainError, Tag};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub tx_hash: B256,
    pub block: u64,
    pub block_hash: B256,
    pub ending: Ending,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    Executed(Transfer),
    Cancelled,
}

impl Endpoint {
    async fn outcome(
        &self,
        authorizer: Address,
        nonce: B256,
        from: u64,
        to: u64,
    ) -> Result<Option<Outcome>, ChainError> {
        let ends = [Usdc::AuthorizationUsed::SIGNATURE_HASH, Usdc::AuthorizationCanceled::SIGNATURE_HASH];
        let topics = json!([ends, authorizer.into_word(), nonce]);
        let logs = self.logs(topics, from, to).await?;
        let Some(log) = logs.iter().find(|log| ends.iter().any(|end| is_end(log, *end, authorizer, nonce))) else {
            return Ok(None);
        };
        let (Some(tx_hash), Some(block), Some(block_hash)) = (log.transaction_hash, log.block_number, log.block_hash)
        else {
            return Err(self.malformed("eth_getLogs"));
        };
        let ending = if log.topic0() == Some(&Usdc::AuthorizationCanceled::SIGNATURE_HASH) {
            Ending::Cancelled
        } else {
            Ending::Executed(self.executed(tx_hash, authorizer, nonce).await?)
        };
        Ok(Some(Outcome { tx_hash, block, block_hash, ending }))
    }

    /// The token logs the use of an authorization, and next what that moved. One transaction may use
    /// several.
    async fn executed(&self, tx_hash: B256, authorizer: Address, nonce: B256) -> Result<Transfer, ChainError> {
        let token = self.network().token;
        let receipt = self.receipt(tx_hash).await?.ok_or_else(|| self.malformed("eth_getLogs"))?;
        let mut logs = (0..).zip(&receipt.logs).filter(|(_, log)| log.address() == token);
        let used = Usdc::AuthorizationUsed::SIGNATURE_HASH;
        let transfer = logs
            .find(|(_, log)| is_end(log, used, authorizer, nonce))
            .and_then(|_| logs.next())
            .and_then(|(ordinal, log)| Transfer::of(log, token, ordinal).ok().flatten());
        transfer.filter(|it| it.from == authorizer).ok_or_else(|| self.malformed("eth_getTransactionReceipt"))
    }
}

impl Chain {
    /// None while the authorization is unused, or its end is below `from_block`. May still vanish by a
    /// reorganisation: compare the block with the head that the rules ask for.
    pub async fn authorization_outcome(
        &self,
        authorizer: Address,
        nonce: B256,
        from_block: u64,
    ) -> Result<Option<Outcome>, ChainError> {
        let head = self.head(Tag::Latest).await?;
        self.agreed("the outcome of an authorization", |endpoint| async move {
            endpoint.outcome(authorizer, nonce, from_block, head.number).await
        })
        .await
    }
}

fn is_end(log: &Log, end: B256, authorizer: Address, nonce: B256) -> bool {
    log.topics() == [end, authorizer.into_word(), nonce]
}
