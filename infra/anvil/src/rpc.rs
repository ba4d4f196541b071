//! JSON-RPC to the node, without retries. Not for a node of others: it takes any method, and trusts what is answered.

use std::sync::Arc;
use std::time::Duration;

use alloy::primitives::B256;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

const TIMEOUT: Duration = Duration::from_secs(10);
const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Why a call has no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{method}: the node does not answer")]
    Unreachable { method: String, source: reqwest::Error },
    /// Transactions that would revert are refused so, with the contract's words in the message.
    #[error("{method}: {message}")]
    Refused { method: String, code: i64, message: String },
    #[error("{method}: the answer is not what was asked for")]
    Unreadable { method: String },
    #[error("the transaction {0} is in no block")]
    NotMined(B256),
    #[error("the transaction {0} reverted")]
    Reverted(B256),
}

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Rpc {
    url: Arc<str>,
    http: reqwest::Client,
}

#[derive(Deserialize)]
struct Answer<T> {
    // Absent where there is an error; null where there is no such thing.
    result: Option<T>,
    error: Option<Complaint>,
}

#[derive(Deserialize)]
struct Complaint {
    code: i64,
    message: String,
}

impl Rpc {
    /// # Errors
    /// The system's root certificates cannot be loaded.
    pub fn new(url: impl Into<Arc<str>>) -> Result<Rpc, Error> {
        let unreachable = |source| Error::Unreachable { method: "connect".to_owned(), source };
        Ok(Rpc { url: url.into(), http: outbound::trusted(TIMEOUT).map_err(unreachable)? })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// `params` as the array that the method takes; a result of null is an `Option`'s `None` or the unit.
    ///
    /// # Errors
    /// The node refuses, or does not answer in time.
    pub async fn call<T: DeserializeOwned>(&self, method: &str, params: impl Serialize) -> Result<T, Error> {
        let unreadable = || Error::Unreadable { method: method.to_owned() };
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let bytes = self.post(method, request.to_string()).await?;
        let answer: Answer<serde_json::Value> = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
        match answer.error {
            Some(Complaint { code, message }) => Err(Error::Refused { method: method.to_owned(), code, message }),
            None => serde_json::from_value(answer.result.unwrap_or_default()).map_err(|_| unreadable()),
        }
    }

    async fn post(&self, method: &str, body: String) -> Result<Vec<u8>, Error> {
        let unreachable = |source| Error::Unreachable { method: method.to_owned(), source };
        let request = self.http.post(&*self.url).header("content-type", "application/json").body(body);
        let mut response = request.send().await.map_err(unreachable)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > ANSWER_BYTES_MAX {
                return Err(Error::Unreadable { method: method.to_owned() });
            }
        }
        Ok(bytes)
    }
}
