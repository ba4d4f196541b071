//! The agent's own server: receives callbacks and checks their signatures.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;

/// Received callbacks, one line each.
#[derive(Clone)]
pub(super) struct Inbox {
    pub(super) url: String,
    pub(super) secret: String,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Inbox {
    pub(super) async fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}/webhook/humanops", listener.local_addr()?);
        let inbox = Self { url, secret: web::keys::random_text(32), lines: Arc::default() };
        let app = Router::new().route("/webhook/humanops", post(receive)).with_state(inbox.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(inbox)
    }

    pub(super) fn received(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn receive(State(inbox): State<Inbox>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers.get("x-humanops-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let valid = outbound::signature::verify_hex(&inbox.secret, &body, given);
    let event: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("?").to_owned();
    let line = format!(
        "{} {} {}, signature {}",
        text(&event["event"]),
        text(&event["guardian_result"]["decision"]),
        event["guardian_result"]["confidence"],
        if valid { "valid" } else { "NOT VALID" }
    );
    inbox.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    if valid { StatusCode::NO_CONTENT } else { StatusCode::UNAUTHORIZED }
}
