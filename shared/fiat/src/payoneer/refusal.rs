//! What is wrong when Payoneer does not do what it is asked: above all, whether it may have done it.

use super::token::NoToken;
use crate::wire::Unanswered;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing was sent, because of this part of what was asked.
    #[error("Payoneer cannot be asked so: {0}")]
    Invalid(&'static str),
    /// Nothing was sent, because no token was to be had.
    #[error("Payoneer gives no token: {0}")]
    NoToken(#[from] NoToken),
    /// Nothing was sent at all.
    #[error("Payoneer is not reached: {0}")]
    NotReached(Unanswered),
    /// It was not done.
    #[error("Payoneer refuses: {0}")]
    Refused(Refusal),
    /// It may have been done.
    #[error("it is not known what Payoneer did: {0}")]
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{status}, code {code:?}: {said}")]
pub struct Refusal {
    pub status: u16,
    /// The most precise one that it named.
    pub code: Option<i64>,
    pub said: String,
    /// Of what was asked, not of who asked or when.
    pub(super) lasting: bool,
}

impl Error {
    /// Whether asking the same again will be answered the same.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::Invalid(_) => true,
            Self::Refused(refusal) => refusal.lasting,
            Self::NoToken(_) | Self::NotReached(_) | Self::Unknown(_) => false,
        }
    }

    /// Of an answer that complains of nothing and yet is not the one that was expected.
    pub(super) fn odd(status: u16) -> Self {
        match status {
            // Nothing of the API answers these; who stands before it has let nothing through.
            401 | 403 | 404 | 429 => {
                Self::Refused(Refusal { status, code: None, said: "not by its API".to_owned(), lasting: false })
            }
            _ => Self::Unknown(format!("an answer of no use: {status}")),
        }
    }
}
