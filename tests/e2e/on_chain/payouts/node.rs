//! Stands between the system and anvil, or Payoneer: what it is told to break is not done, or done and not answered.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

/// What is to happen to one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not done; answered with 500, after which nobody asks at once again.
    Fail,
    /// Done, but answered with 500.
    LoseAnswer,
    /// Done, but answered with 503, after which the client of the chain asks at once again.
    BreakAnswer,
    /// Not done, and never answered.
    Silent,
    /// Done, and never answered.
    SilentAfterwards,
}

/// A port of the loopback behind which something else answers. Its calls have the names of their JSON-RPC methods, or of
/// the last parts of their paths.
#[derive(Clone)]
pub(super) struct Node(Arc<Inner>);

struct Inner {
    url: String,
    origin: String,
    http: reqwest::Client,
    faults: Mutex<VecDeque<(&'static str, Fault)>>,
    /// These fail until they are allowed again.
    refused: Mutex<Option<&'static str>>,
}

impl Node {
    pub(super) async fn before(origin: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let node = Self(Arc::new(Inner {
            url: format!("http://{}", listener.local_addr().unwrap()),
            origin: origin.trim_end_matches('/').to_owned(),
            http: outbound::trusted(Duration::from_secs(20)).unwrap(),
            faults: Mutex::default(),
            refused: Mutex::default(),
        }));
        let app = Router::new().fallback(pass).with_state(node.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        node
    }

    pub(super) fn url(&self) -> &str {
        &self.0.url
    }

    /// Breaks the next call of a method.
    pub(super) fn inject(&self, method: &'static str, fault: Fault) {
        self.0.faults.lock().unwrap().push_back((method, fault));
    }

    /// Calls of this method fail from now on.
    pub(super) fn refuse(&self, method: &'static str) {
        *self.0.refused.lock().unwrap() = Some(method);
    }

    /// Everything is answered again.
    pub(super) fn recover(&self) {
        *self.0.refused.lock().unwrap() = None;
    }

    /// Faults that no call has met yet. What is left is forgotten.
    pub(super) fn unmet(&self) -> usize {
        std::mem::take(&mut *self.0.faults.lock().unwrap()).len()
    }

    fn fault(&self, method: &str) -> Option<Fault> {
        if self.0.refused.lock().unwrap().is_some_and(|refused| refused == method) {
            return Some(Fault::Fail);
        }
        let mut faults = self.0.faults.lock().unwrap();
        let at = faults.iter().position(|(name, _)| *name == method)?;
        faults.remove(at).map(|(_, fault)| fault)
    }
}

async fn pass(State(node): State<Node>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let last = uri.path().rsplit('/').next().unwrap_or_default();
    let fault = node.fault(request["method"].as_str().unwrap_or(last));
    match fault {
        Some(Fault::Fail) => return failed(StatusCode::INTERNAL_SERVER_ERROR),
        Some(Fault::Silent) => return std::future::pending().await,
        Some(Fault::LoseAnswer | Fault::BreakAnswer | Fault::SilentAfterwards) | None => {}
    }
    let mut forward = node.0.http.request(method, format!("{}{}", node.0.origin, uri.path())).body(body);
    for name in ["authorization", "content-type"] {
        if let Some(value) = headers.get(name) {
            forward = forward.header(name, value);
        }
    }
    let answer = forward.send().await.unwrap();
    let (status, answer) = (answer.status(), answer.bytes().await.unwrap());
    match fault {
        Some(Fault::LoseAnswer) => failed(StatusCode::INTERNAL_SERVER_ERROR),
        Some(Fault::BreakAnswer) => failed(StatusCode::SERVICE_UNAVAILABLE),
        Some(Fault::SilentAfterwards) => std::future::pending().await,
        Some(Fault::Fail | Fault::Silent) | None => {
            let response = Response::builder().status(status).header("content-type", "application/json");
            response.body(answer.into()).unwrap()
        }
    }
}

fn failed(status: StatusCode) -> Response<Body> {
    Response::builder().status(status).body(Body::empty()).unwrap()
}
