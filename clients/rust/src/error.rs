//! What goes wrong, by what to do about it.

use crate::types::ErrorCode;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::time::Duration;

/// Every error of this crate. None of them holds a key or a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The API refused the request, or could not do it.
    #[error("{0}")]
    Api(Box<ApiError>),
    /// There is no connection: nothing was sent.
    #[error("no answer from {origin}: it cannot be reached")]
    Unreachable { origin: String },
    /// The connection ended before its time: what was asked for may have been done.
    #[error("no answer from {origin}: the connection ended")]
    Connection { origin: String, idempotency_key: Option<String> },
    /// No answer came in time: what was asked for may have been done.
    #[error("no answer from {origin} in {} ms", limit.as_millis())]
    Timeout { origin: String, limit: Duration, idempotency_key: Option<String> },
    /// The answer has more bytes than are read.
    #[error("the answer has more than {0} bytes")]
    TooLong(usize),
    /// The answer is none of this API.
    #[error("the answer is not one of this API, or of another version of it: {0}")]
    Unreadable(String),
    /// The request cannot be sent as it is.
    #[error("{0}")]
    Usage(String),
    /// What was waited for did not happen in time. The task goes on.
    #[error("{task_id} is {status} after {} s", waited.as_secs())]
    StillOpen { task_id: String, status: String, waited: Duration },
}

/// The API's answer to a request that it refused, or could not do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}: {message}", code.as_ref().map_or_else(|| status.to_string(), ToString::to_string))]
#[non_exhaustive]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// What a program decides by; nothing where something in between answered.
    pub code: Option<ErrorCode>,
    /// One sentence for people, with what to do next.
    pub message: String,
    /// More, by code; `fields` names each bad field.
    pub details: Map<String, Value>,
    /// Names the request in the logs.
    pub request_id: Option<String>,
    /// Of the request, where it had one: send it again to try again safely.
    pub idempotency_key: Option<String>,
    /// How long the answer asks to wait.
    pub retry_after: Option<Duration>,
}

/// An error's form on the wire.
#[derive(Deserialize)]
pub(crate) struct Refusal {
    pub(crate) error: String,
    pub(crate) code: ErrorCode,
    #[serde(default)]
    pub(crate) details: Map<String, Value>,
}

impl Error {
    /// The API's code, where it answered with one.
    pub fn code(&self) -> Option<&ErrorCode> {
        self.api()?.code.as_ref()
    }

    /// Whether what was asked for may have been done, although no answer says so.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Connection { .. } | Self::Timeout { .. } | Self::TooLong(_) | Self::Unreadable(_) => true,
            Self::Api(refused) => refused.status == 408 || refused.status >= 500,
            Self::Unreachable { .. } | Self::Usage(_) | Self::StillOpen { .. } => false,
        }
    }

    /// Under which it was sent: send it again with this to be sure that it is done once.
    pub fn idempotency_key(&self) -> Option<&str> {
        match self {
            Self::Api(refused) => refused.idempotency_key.as_deref(),
            Self::Connection { idempotency_key, .. } | Self::Timeout { idempotency_key, .. } => {
                idempotency_key.as_deref()
            }
            Self::Unreachable { .. }
            | Self::TooLong(_)
            | Self::Unreadable(_)
            | Self::Usage(_)
            | Self::StillOpen { .. } => None,
        }
    }

    /// The API's refusal, where it is one.
    pub fn api(&self) -> Option<&ApiError> {
        if let Self::Api(refused) = self { Some(refused) } else { None }
    }
}
