//! What can go wrong when the chain is asked. Carries nothing that a node wrote except a number,
//! and never an endpoint's URL: some of them hold a key, and some nodes repeat it.

use std::fmt;

use alloy::primitives::B256;
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChainError {
    #[error(
        "chain {0} is none of ours, which are 8453 (Base), 84532 (Base Sepolia) and, with its token, 31337 (local)"
    )]
    UnknownChain(u64),
    #[error("the chain is read by one or two endpoints, not by {0}")]
    Endpoints(usize),
    #[error("{endpoint} serves chain {found}, not {expected}")]
    WrongChain { endpoint: Which, found: u64, expected: u64 },
    #[error("{endpoint} has another contract than our token: {what} differs")]
    WrongToken { endpoint: Which, what: &'static str },
    #[error("{endpoint} {failure}")]
    Unavailable { endpoint: Which, failure: Failure },
    /// The node answered with an error of JSON-RPC.
    #[error("{endpoint} refused {method} with code {code}")]
    Refused { endpoint: Which, method: &'static str, code: i64 },
    #[error("{endpoint} answered {method} with something else than was asked")]
    Malformed { endpoint: Which, method: &'static str },
    /// Believe neither. Passes by itself when one is a block behind; an alarm when it stays.
    #[error("the two endpoints disagree about {0}")]
    Disagreement(&'static str),
    #[error("transaction {0} moves more than the books can hold")]
    Amount(B256),
}

impl ChainError {
    /// Whether asking again is useless before somebody changes something.
    pub fn is_lasting(&self) -> bool {
        match self {
            ChainError::UnknownChain(_)
            | ChainError::Endpoints(_)
            | ChainError::WrongChain { .. }
            | ChainError::WrongToken { .. }
            | ChainError::Amount(_) => true,
            ChainError::Unavailable { .. }
            | ChainError::Refused { .. }
            | ChainError::Malformed { .. }
            | ChainError::Disagreement(_) => false,
        }
    }
}

/// The endpoint that an error is about, by its place in the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    First,
    Second,
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Which::First => "the chain's first endpoint",
            Which::Second => "the chain's second endpoint",
        })
    }
}

/// Why there is no answer. Completes "the endpoint".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    #[error("cannot be called: the system's root certificates do not load")]
    Certificates,
    #[error("did not answer in time")]
    Timeout,
    #[error("could not be reached, or broke off")]
    Connection,
    #[error("answered with HTTP status {0}")]
    Status(u16),
    #[error("answered with more than is read")]
    TooLarge,
    #[error("answered with something else than JSON-RPC")]
    NotJsonRpc,
    #[error("left out a part of its answer")]
    Incomplete,
    #[error("has not reached the block that was asked about")]
    Behind,
}
