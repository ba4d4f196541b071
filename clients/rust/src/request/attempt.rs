//! HTTP: attempts, which of them are repeated, and what an answer is.

use super::operation::{Method, Operation};
use crate::error::Refusal;
use crate::{ApiError, Client, Error};
use reqwest::header::HeaderMap;
use std::time::Duration;

/// Bytes of an answer that are read.
const ANSWER_BYTES_MAX: usize = 16 * 1_024 * 1_024;
const PAUSE: Duration = Duration::from_millis(500);
const PAUSE_MAX: Duration = Duration::from_secs(8);
/// Longer than that nobody waits who was not told.
const ASKED_MAX: Duration = Duration::from_secs(60);

/// A request that is ready to go.
pub(crate) struct Attempts {
    pub(crate) client: Client,
    pub(crate) operation: Operation,
    pub(crate) address: String,
    pub(crate) credential: Option<(&'static str, String)>,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) timeout: Duration,
    pub(crate) retries: u32,
}

/// A successful answer.
pub(crate) struct Sent {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) body: Vec<u8>,
    pub(crate) idempotency_key: Option<String>,
}

/// A failed attempt, and what the answer says of another.
struct Failed {
    error: Error,
    should_retry: Option<bool>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, should_retry: None }
    }
}

impl Attempts {
    pub(crate) async fn run(self) -> Result<Sent, Error> {
        let mut attempt = 0;
        loop {
            let failed = match self.attempt().await {
                Ok(sent) => return Ok(sent),
                Err(failed) => failed,
            };
            if attempt >= self.retries || !self.may_repeat(&failed) {
                return Err(failed.error);
            }
            let pause = pause(&failed.error, attempt);
            tracing::warn!(operation = self.operation.name, error = %failed.error, pause_ms = pause.as_millis(), "again");
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    fn may_repeat(&self, failed: &Failed) -> bool {
        if let Some(said) = failed.should_retry {
            return said;
        }
        match &failed.error {
            // Nothing was done. A 409 is a state, which does not change by itself.
            Error::Api(refused) if refused.status == 429 => true,
            Error::Api(refused) => (refused.status == 408 || refused.status >= 500) && !self.operation.once,
            Error::Connection { .. } | Error::Timeout { .. } => !self.operation.once,
            Error::TooLong(_) | Error::Unreadable(_) | Error::Usage(_) | Error::StillOpen { .. } => false,
        }
    }

    async fn attempt(&self) -> Result<Sent, Failed> {
        let http = self.client.settings().http.as_ref();
        let http = http.ok_or_else(|| Error::Usage("the client has no connections".to_owned()))?;
        let method = match self.operation.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut request =
            http.request(method, &self.address).timeout(self.timeout).header("accept", "application/json");
        if let Some((name, value)) = &self.credential {
            request = request.header(*name, value);
        }
        if let Some(body) = &self.body {
            request = request.header("content-type", "application/json").body(body.clone());
        }
        if let Some(key) = &self.idempotency_key {
            request = request.header("idempotency-key", key);
        }
        let response = request.send().await.map_err(|error| self.no_answer(&error))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = self.read(response).await?;
        tracing::debug!(operation = self.operation.name, status, "answered");
        let request_id = text(&headers, "x-request-id");
        if (200..300).contains(&status) {
            return Ok(Sent { status, request_id, body, idempotency_key: self.idempotency_key.clone() });
        }
        let should_retry = text(&headers, "x-should-retry").map(|said| said == "true");
        let idempotency_key = self.idempotency_key.clone();
        let retry_after = asked(&headers);
        let (code, message, details) = match serde_json::from_slice::<Refusal>(&body) {
            Ok(refusal) => (Some(refusal.code), refusal.error, refusal.details),
            // What something in between wrote is nobody's to repeat.
            Err(_) => (None, "an answer that is not the API's".to_owned(), serde_json::Map::new()),
        };
        let refused = ApiError { status, code, message, details, request_id, idempotency_key, retry_after };
        Err(Failed { error: Error::Api(Box::new(refused)), should_retry })
    }

    async fn read(&self, mut response: reqwest::Response) -> Result<Vec<u8>, Error> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.no_answer(&error))? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(Error::TooLong(ANSWER_BYTES_MAX));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn no_answer(&self, error: &reqwest::Error) -> Error {
        let origin = self.client.url().to_owned();
        if error.is_timeout() {
            return Error::Timeout { origin, limit: self.timeout };
        }
        if error.is_builder() {
            return Error::Usage(format!("{}: the request has characters that HTTP has not", self.operation.name));
        }
        let why = if error.is_connect() { "it cannot be reached" } else { "the connection ended" };
        Error::Connection { origin, why }
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
}

/// What the answer asks to wait, where somebody would.
fn asked(headers: &HeaderMap) -> Option<Duration> {
    let number = |name| text(headers, name).and_then(|said| said.trim().parse::<u64>().ok());
    let asked = number("retry-after-ms").map(Duration::from_millis).or(number("retry-after").map(Duration::from_secs));
    asked.filter(|asked| *asked <= ASKED_MAX)
}

/// What the answer asks for, or twice as long each time, and up to a quarter less.
fn pause(error: &Error, attempt: u32) -> Duration {
    if let Some(asked) = error.api().and_then(|refused| refused.retry_after).filter(|asked| !asked.is_zero()) {
        return asked;
    }
    let longest = PAUSE.saturating_mul(2_u32.saturating_pow(attempt)).min(PAUSE_MAX);
    let random = getrandom::u32().unwrap_or(0) % 256;
    longest - longest * random / 1_024
}

#[cfg(test)]
mod tests;
