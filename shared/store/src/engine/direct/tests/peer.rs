//! Plays the way to DynamoDB and its answers.

use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use futures::future::pending;
use http_body_util::StreamBody;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug)]
pub(super) enum Says {
    Answer(u16, String),
    /// The connection ends in the middle.
    BrokenOff,
    Refused,
    Nothing,
}

impl Says {
    pub(super) fn of(status: u16, text: &str) -> Self {
        Self::Answer(status, text.to_owned())
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Peer {
    says: Arc<Mutex<VecDeque<Says>>>,
    heard: Arc<Mutex<Vec<HttpRequest>>>,
}

impl Peer {
    pub(super) fn saying(says: impl IntoIterator<Item = Says>) -> Self {
        Self { says: Arc::new(Mutex::new(says.into_iter().collect())), heard: Arc::default() }
    }

    pub(super) fn heard(&self) -> Vec<HttpRequest> {
        std::mem::take(&mut self.heard.lock().unwrap())
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
        Ok(HttpResponse::new(status.try_into().unwrap(), body))
    }
}

impl HttpConnector for Peer {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.heard.lock().unwrap().push(request);
        HttpConnectorFuture::new(Self::answer(self.says.lock().unwrap().pop_front()))
    }
}
