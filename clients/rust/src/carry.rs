//! What takes a request to the API and brings its answer: connections of its own, or whatever hosts the client.

#[cfg(feature = "https")]
mod https;

use http::{Request, Response};
use std::pin::Pin;
use std::time::Duration;

#[cfg(feature = "https")]
pub(crate) use https::Connections;

/// Bytes of an answer that are read.
pub const ANSWER_BYTES_MAX: usize = 16 * 1_024 * 1_024;

/// An answer on its way.
pub type Carried<'a> = Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, NoAnswer>> + Send + 'a>>;

/// Carries requests. Follows no redirect and repeats nothing: a key goes to one host, and the client decides what is sent
/// again.
pub trait Carry: Send + Sync {
    /// Within `limit`, and with at most [`ANSWER_BYTES_MAX`].
    fn carry(&self, request: Request<Vec<u8>>, limit: Duration) -> Carried<'_>;
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    Unreachable,
    BrokenOff,
    Timeout,
    TooLong,
    /// The request has characters that HTTP has not.
    NotSent,
}
