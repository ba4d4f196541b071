//! HTTP: attempts, which of them are repeated, and what an answer is.

use super::operation::{Method, Operation};
use crate::carry::{ANSWER_BYTES_MAX, NoAnswer};
use crate::error::Refusal;
use crate::{ApiError, Client, Error};
use http::{HeaderMap, Request};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(500);
const PAUSE_MAX: Duration = Duration::from_secs(8);

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
    pub(crate) replayed: bool,
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
        // Of an attempt to write that may have done it: a later one that did nothing does not say that nothing was done.
        let mut uncertain = None;
        loop {
            let failed = match self.attempt().await {
                Ok(sent) => return Ok(sent),
                Err(failed) => failed,
            };
            let pause = pause(&failed.error, attempt);
            if attempt >= self.retries || !self.may_repeat(&failed) || pause > self.client.settings().patience {
                return Err(uncertain.unwrap_or(failed.error));
            }
            tracing::warn!(operation = self.operation.name, error = %failed.error, pause_ms = pause.as_millis(), "again");
            if self.body.is_some() && failed.error.is_uncertain() {
                uncertain = Some(failed.error);
            }
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
            Error::Unreachable { .. } => true,
            Error::Connection { .. } | Error::Timeout { .. } => !self.operation.once,
            Error::TooLong(_) | Error::Unreadable(_) | Error::Usage(_) | Error::StillOpen { .. } => false,
        }
    }

    async fn attempt(&self) -> Result<Sent, Failed> {
        let carrier = self.client.settings().carrier.as_ref();
        let carrier = carrier.ok_or_else(|| Error::Usage("the client has no carrier".to_owned()))?;
        let carried = carrier.carry(self.request()?, self.timeout);
        // A carrier that forgets the limit is held to it.
        let answered = tokio::time::timeout(self.timeout, carried).await.unwrap_or(Err(NoAnswer::Timeout));
        let (parts, body) = answered.map_err(|why| self.no_answer(why))?.into_parts();
        let (status, headers) = (parts.status.as_u16(), parts.headers);
        tracing::debug!(operation = self.operation.name, status, "answered");
        let request_id = text(&headers, "x-request-id");
        if (200..300).contains(&status) {
            let replayed = text(&headers, "idempotent-replayed").is_some_and(|said| said == "true");
            return Ok(Sent { status, request_id, replayed, body, idempotency_key: self.idempotency_key.clone() });
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

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        let method = match self.operation.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
            Method::Patch => http::Method::PATCH,
            Method::Delete => http::Method::DELETE,
        };
        let mut request = Request::builder().method(method).uri(&self.address).header("accept", "application/json");
        if let Some((name, value)) = &self.credential {
            request = request.header(*name, value);
        }
        if self.body.is_some() {
            request = request.header("content-type", "application/json");
        }
        if let Some(key) = &self.idempotency_key {
            request = request.header("idempotency-key", key);
        }
        request.body(self.body.clone().unwrap_or_default()).map_err(|_| self.no_answer(NoAnswer::NotSent))
    }

    fn no_answer(&self, why: NoAnswer) -> Error {
        let origin = self.client.url().to_owned();
        match why {
            NoAnswer::Unreachable => Error::Unreachable { origin },
            NoAnswer::BrokenOff => Error::Connection { origin, idempotency_key: self.idempotency_key.clone() },
            NoAnswer::Timeout => {
                Error::Timeout { origin, limit: self.timeout, idempotency_key: self.idempotency_key.clone() }
            }
            NoAnswer::TooLong => Error::TooLong(ANSWER_BYTES_MAX),
            NoAnswer::NotSent => {
                Error::Usage(format!("{}: the request has characters that HTTP has not", self.operation.name))
            }
        }
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
}

/// What the answer asks to wait.
fn asked(headers: &HeaderMap) -> Option<Duration> {
    let number = |name| text(headers, name).and_then(|said| said.trim().parse::<u64>().ok());
    number("retry-after-ms").map(Duration::from_millis).or(number("retry-after").map(Duration::from_secs))
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
