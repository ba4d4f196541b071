//! An agent's server: keeps every callback, and answers what it is told to.

use crate::exchange::leaks::CALLBACK_SECRET;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::collections::VecDeque;
use std::io::Write;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// A server on a loopback port.
#[derive(Clone)]
pub struct Inbox {
    pub url: String,
    pub secret: String,
    state: Arc<Mutex<Shelf>>,
}

#[derive(Default)]
struct Shelf {
    received: Vec<Received>,
    answers: VecDeque<u16>,
}

/// A callback as it came.
#[derive(Clone, Debug)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// `task.verified`
    pub fn event(&self) -> String {
        self.json()["event"].as_str().unwrap().to_owned()
    }

    /// What the reference's own check says about it.
    pub fn checked_by_node(&self, secret: &str) -> String {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/verify-signature.mjs");
        let mut node = Command::new("node")
            .args([script, self.header("x-humanops-signature").unwrap(), secret])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs the reference's check");
        node.stdin.take().unwrap().write_all(&self.body).unwrap();
        let output = node.wait_with_output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

impl Inbox {
    /// Answers 204 to everything, after the given answers are used up.
    pub async fn answering(answers: &[u16]) -> Self {
        Self::on(TcpListener::bind(("127.0.0.1", 0)).await.unwrap(), answers)
    }

    /// Where nobody listened until now.
    pub async fn at(address: SocketAddr) -> Self {
        Self::on(TcpListener::bind(address).await.unwrap(), &[])
    }

    fn on(listener: TcpListener, answers: &[u16]) -> Self {
        let url = format!("http://{}/webhook/humanops", listener.local_addr().unwrap());
        let shelf = Shelf { received: Vec::new(), answers: answers.iter().copied().collect() };
        let inbox = Self { url, secret: CALLBACK_SECRET.to_owned(), state: Arc::new(Mutex::new(shelf)) };
        let app = Router::new().fallback(receive).with_state(inbox.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        inbox
    }

    pub async fn open() -> Self {
        Self::answering(&[]).await
    }

    pub fn received(&self) -> Vec<Received> {
        self.state.lock().unwrap().received.clone()
    }

    /// Names of the events that came, in order.
    pub fn events(&self) -> Vec<String> {
        self.received().iter().map(Received::event).collect()
    }
}

/// A redirect leads back here, by whatever method: who follows it is noticed.
async fn receive(State(inbox): State<Inbox>, headers: HeaderMap, body: Bytes) -> Response {
    let mut shelf = inbox.state.lock().unwrap();
    shelf.received.push(Received { headers, body: body.to_vec() });
    let status = StatusCode::from_u16(shelf.answers.pop_front().unwrap_or(204)).unwrap();
    (status, [("location", inbox.url.clone())]).into_response()
}
