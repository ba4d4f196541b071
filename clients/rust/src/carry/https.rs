//! Connections by reqwest, with TLS by ring.

use super::{ANSWER_BYTES_MAX, Carried, Carry, NoAnswer};
use crate::Error;
use http::{Request, Response};
use std::time::Duration;

/// A pool of connections.
pub(crate) struct Connections(reqwest::Client);

impl Connections {
    pub(crate) fn new() -> Result<Self, Error> {
        // An error means that the process has one already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(concat!("humanops-client/", env!("CARGO_PKG_VERSION")));
        let unread = |_| Error::Usage("the system's root certificates cannot be read".to_owned());
        builder.build().map(Self).map_err(unread)
    }

    async fn answer(&self, request: Request<Vec<u8>>, limit: Duration) -> Result<Response<Vec<u8>>, NoAnswer> {
        let mut request = reqwest::Request::try_from(request).map_err(|_| NoAnswer::NotSent)?;
        *request.timeout_mut() = Some(limit);
        let mut answer = self.0.execute(request).await.map_err(|error| why(&error))?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| why(&error))? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(NoAnswer::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        let mut whole = Response::new(body);
        *whole.status_mut() = answer.status();
        *whole.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(whole)
    }
}

impl Carry for Connections {
    fn carry(&self, request: Request<Vec<u8>>, limit: Duration) -> Carried<'_> {
        Box::pin(self.answer(request, limit))
    }
}

fn why(error: &reqwest::Error) -> NoAnswer {
    if error.is_timeout() {
        NoAnswer::Timeout
    } else if error.is_connect() {
        NoAnswer::Unreachable
    } else {
        NoAnswer::BrokenOff
    }
}
