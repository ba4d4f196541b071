//! JSON-RPC over HTTP with a limit of time and of bytes, which alloy's own transport lacks. Says
//! nothing of an endpoint's URL, which reqwest's errors and alloy's spans do.

use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use alloy::rpc::json_rpc::{RequestPacket, ResponsePacket};
use alloy::transports::{TransportError, TransportErrorKind, TransportFut};
use bytes::{Bytes, BytesMut};
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use tower::Service;
use url::Url;

use crate::Failure;

/// How much of an answer is read: the logs of a busy range take a tenth of it.
pub(crate) const ANSWER_BYTES_MAX: usize = 2 * 1024 * 1024;
/// How long a busy endpoint is left alone before the second, last attempt.
const PAUSE: Duration = Duration::from_millis(200);

/// The client of all endpoints, built by the first request: the system's root certificates take
/// longer to read than a function takes to start.
#[derive(Clone)]
pub(crate) struct Http {
    client: Arc<OnceLock<reqwest::Client>>,
    timeout: Duration,
}

#[derive(Clone)]
pub(crate) struct Transport {
    http: Http,
    url: Url,
}

impl Http {
    pub(crate) fn new(timeout: Duration) -> Http {
        Http { client: Arc::default(), timeout }
    }

    pub(crate) fn to(&self, url: Url) -> Transport {
        Transport { http: self.clone(), url }
    }

    fn client(&self) -> Result<&reqwest::Client, Failure> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = outbound::trusted(self.timeout).map_err(|_| Failure::Certificates)?;
        Ok(self.client.get_or_init(|| client))
    }
}

impl Transport {
    /// Every method that is called may be called twice: a transaction that was accepted already is
    /// known to its node.
    async fn send(self, packet: RequestPacket) -> Result<ResponsePacket, Failure> {
        let request = Bytes::from(serde_json::to_vec(&packet).map_err(|_| Failure::NotJsonRpc)?);
        match self.attempt(request.clone()).await {
            Err(Failure::Connection | Failure::Status(429 | 502 | 503 | 504)) => {
                tokio::time::sleep(PAUSE).await;
                self.attempt(request).await
            }
            settled => settled,
        }
    }

    async fn attempt(&self, request: Bytes) -> Result<ResponsePacket, Failure> {
        let post = self.http.client()?.post(self.url.clone());
        let post = post.header(CONTENT_TYPE, "application/json").body(request);
        let response = post.send().await.map_err(|error| classify(&error))?;
        let status = response.status();
        let body = read(response).await?;
        let answer = serde_json::from_slice(&body).ok();

        if status.is_success() {
            return answer.ok_or(Failure::NotJsonRpc);
        }
        // Some nodes say with 4xx what others say with 200, and the words are in the body.
        match answer {
            Some(answer) if is_the_requests_fault(status) => Ok(answer),
            _ => Err(Failure::Status(status.as_u16())),
        }
    }
}

impl Service<RequestPacket> for Transport {
    type Response = ResponsePacket;
    type Error = TransportError;
    type Future = TransportFut<'static>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, packet: RequestPacket) -> TransportFut<'static> {
        let transport = self.clone();
        Box::pin(async move { transport.send(packet).await.map_err(TransportErrorKind::custom) })
    }
}

fn is_the_requests_fault(status: StatusCode) -> bool {
    status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS
}

async fn read(mut response: reqwest::Response) -> Result<BytesMut, Failure> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error))? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(Failure::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn classify(error: &reqwest::Error) -> Failure {
    if error.is_timeout() { Failure::Timeout } else { Failure::Connection }
}
