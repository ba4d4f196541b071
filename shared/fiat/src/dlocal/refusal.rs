//! What is wrong when dLocal does not do what it is asked. Its codes decide: a bad signature is a 400, a wrong path a
//! 404 without any code, which says nothing of the payment.

use crate::wire::{Answer, Unanswered, excerpt};
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing was sent, because of this part of what was asked.
    #[error("dLocal cannot be asked so: {0}")]
    Invalid(&'static str),
    #[error("dLocal did not answer: {0}")]
    Unanswered(#[from] Unanswered),
    /// dLocal looked, and there is none.
    #[error("dLocal has none")]
    NotFound,
    /// Our login, signature or address, not what was asked.
    #[error("dLocal does not let us in: {status}, code {code}: {said}")]
    Denied { status: u16, code: u32, said: String },
    #[error("dLocal refuses: {status}, code {code}: {said}")]
    Refused { status: u16, code: u32, said: String },
    /// Down, or not dLocal.
    #[error("dLocal's answer is of no use: {status}: {why}")]
    Unusable { status: u16, why: &'static str },
}

impl Error {
    /// Whether asking the same again will be answered the same.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::Invalid(_) | Self::NotFound | Self::Refused { .. } => true,
            Self::Unanswered(_) | Self::Denied { .. } | Self::Unusable { .. } => false,
        }
    }

    pub(super) fn unusable(status: u16, why: &'static str) -> Self {
        Self::Unusable { status, why }
    }
}

#[derive(Deserialize)]
struct OnWire {
    code: u32,
    #[serde(default)]
    message: String,
    param: Option<String>,
}

/// Of an answer that is no success.
pub(super) fn of(answer: &Answer) -> Error {
    let Answer { status, body } = answer;
    let status = *status;
    let Ok(OnWire { code, message, param }) = serde_json::from_slice(body) else {
        return Error::unusable(status, "it is no answer of its API");
    };
    let said = excerpt(&message);
    match (status, code) {
        (404, 4000 | 4001) => Error::NotFound,
        (401 | 403, _) | (400, 3001 | 5000) => Error::Denied { status, code, said },
        (400, 5001) if param.is_some_and(|param| is_header(&param)) => Error::Denied { status, code, said },
        (408 | 429, _) => Error::unusable(status, "it has no time for us"),
        (400..500, _) => Error::Refused { status, code, said },
        (_, _) => Error::unusable(status, "it failed"),
    }
}

fn is_header(param: &str) -> bool {
    ["authorization", "x-date", "x-login", "x-trans-key", "x-version"].contains(&param.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests;
