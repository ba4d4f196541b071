//! Plays the way to DynamoDB and its answers.

use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use futures::future::pending;
use http_body_util::StreamBody;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug)]
pub(crate) enum Says {
    Answer(u16, String),
    /// The connection ends in the middle.
    BrokenOff,
    Refused,
    Nothing,
}

impl Says {
    pub(crate) fn of(status: u16, text: &str) -> Self {
        Self::Answer(status, text.to_owned())
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Peer {
    says: Arc<Mutex<VecDeque<Says>>>,
    heard: Arc<Mutex<Vec<HttpRequest>>>,
    left: Arc<AtomicUsize>,
}

impl Peer {
    pub(crate) fn saying(says: impl IntoIterator<Item = Says>) -> Self {
        Self { says: Arc::new(Mutex::new(says.into_iter().collect())), ..Self::default() }
    }

    pub(crate) fn heard(&self) -> Vec<HttpRequest> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    /// Connections that nobody shall use again.
    pub(super) fn left(&self) -> usize {
        self.left.load(Ordering::SeqCst)
    }

    async fn answer(says: Option<Says>) -> Result<HttpResponse, ConnectorError> {
        let broken = || std::io::Error::other("the connection is closed");
        let (status, body) = match says.expect("nothing more is to be said") {
            Says::Answer(status, text) => (status, SdkBody::from(text)),
            Says::BrokenOff => {
                let frames = futures::stream::iter([Err::<http_body::Frame<bytes::Bytes>, _>(broken())]);
                (200, SdkBody::from_body_1_x(StreamBody::new(frames)))
            }
            Says::Refused => return Err(ConnectorError::io(broken().into())),
            Says::Nothing => pending().await,
        };
        let mut answer = HttpResponse::new(status.try_into().unwrap(), body);
        answer.headers_mut().insert("x-amzn-requestid", "PLAYED");
        Ok(answer)
    }
}

impl HttpConnector for Peer {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let left = self.left.clone();
        let leave = move || {
            left.fetch_add(1, Ordering::SeqCst);
        };
        let connection = ConnectionMetadata::builder().proxied(false).poison_fn(leave).build();
        let request = request.try_into_http1x().unwrap();
        let capture = request.extensions().get::<CaptureSmithyConnection>();
        capture.expect("each is asked for").set_connection_retriever(move || Some(connection.clone()));
        self.heard.lock().unwrap().push(request.try_into().unwrap());
        HttpConnectorFuture::new(Self::answer(self.says.lock().unwrap().pop_front()))
    }
}
