//! Agents, by their API keys.

use super::header;
use crate::error::ApiError;
use crate::gate::{Arrival, Gate};
use crate::keys::api_key::{ApiKey, Malformed};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use contract::Code;
use domain::{AgentId, Mode};
use std::future::ready;
use store::people::api_keys::KeyRecord;
use store::{Found, Key, StoreError};

/// Seconds between two notes that a key was used.
const TOUCH_S: i64 = 600;

/// Who says to hold an API key.
#[derive(Debug)]
pub struct AgentCaller {
    arrival: Arrival,
    key: Result<ApiKey, ApiError>,
}

impl AgentCaller {
    /// Counts, authenticates, and reads the items that `keys` names.
    pub async fn authenticate<K>(self, keys: impl FnOnce(AgentId) -> K) -> Result<(AgentId, Found), ApiError>
    where
        K: IntoIterator<Item = Key>,
    {
        let (agent, found, ()) = self.authenticate_beside(keys, |_| ready(Ok(()))).await?;
        Ok((agent, found))
    }

    /// Like [`AgentCaller::authenticate`], with one more read at the same time.
    pub async fn authenticate_beside<K, F, T>(
        self,
        keys: impl FnOnce(AgentId) -> K,
        more: impl FnOnce(AgentId) -> F,
    ) -> Result<(AgentId, Found, T), ApiError>
    where
        K: IntoIterator<Item = Key>,
        F: Future<Output = Result<T, StoreError>>,
    {
        let key = self.arrival.claimed(self.key).await?;
        let store = self.arrival.gate.store();
        let keys = keys(key.agent).into_iter().chain([Key::api_key(key.agent, key.slot)]);
        let (counted, found, more) = futures::join!(self.arrival.count(), store.read(keys), more(key.agent));
        counted?;
        let mut found = found?;
        let record = found.api_key(key.agent, key.slot)?.filter(|record| key.matches(&record.hash));
        let record = record.ok_or_else(|| ApiError::of(Code::InvalidApiKey))?;
        touch(&self.arrival.gate, key.agent, &record).await;
        Ok((key.agent, found, more?))
    }
}

/// Nobody's request fails or waits for long because this note cannot be made.
async fn touch(gate: &Gate, agent: AgentId, record: &KeyRecord) {
    let now = gate.store().now();
    if record.last_used.is_some_and(|used| now < used.plus_seconds(TOUCH_S)) {
        return;
    }
    if let Err(error) = gate.store().touch_key(agent, record.slot, record.id, now).await {
        tracing::warn!(cause = %error, "the last use of a key was not noted");
    }
}

impl<S> FromRequestParts<S> for AgentCaller
where
    S: Send + Sync,
    Gate: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let arrival = Arrival::of(parts, state)?;
        let key = api_key(&parts.headers, arrival.gate.mode());
        Ok(Self { arrival, key })
    }
}

fn api_key(headers: &HeaderMap, mode: Mode) -> Result<ApiKey, ApiError> {
    recognised(header(headers, "x-api-key").ok_or_else(|| ApiError::of(Code::MissingApiKey))?, mode)
}

/// A text that could be a key of this deployment's `mode`.
///
/// # Errors
/// 401: it could not.
pub fn recognised(text: &str, mode: Mode) -> Result<ApiKey, ApiError> {
    ApiKey::parse(text, mode).map_err(|malformed| match malformed {
        Malformed::NotAKey => {
            ApiError::of(Code::InvalidApiKey).saying("This is not an API key. Check that it was copied whole.")
        }
        Malformed::OtherMode(other) => ApiError::of(Code::WrongMode)
            .saying(format!("This is a {other} key, but this deployment is in {mode} mode.")),
    })
}
