//! The server to which the callbacks of all agents go: it keeps which events came.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;

#[derive(Clone)]
pub(crate) struct Customer {
    pub(crate) url: String,
    heard: Arc<Mutex<BTreeSet<String>>>,
}

impl Customer {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let customer = Self { url: format!("http://{address}/told"), heard: Arc::default() };
        let app = Router::new().fallback(hear).with_state(customer.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        customer
    }

    /// Whether an event came, by its id.
    pub(crate) fn heard(&self, event: &str) -> bool {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).contains(event)
    }
}

async fn hear(State(customer): State<Customer>, headers: HeaderMap) -> StatusCode {
    let Some(id) = headers.get("webhook-id").and_then(|id| id.to_str().ok()) else { return StatusCode::BAD_REQUEST };
    customer.heard.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned());
    StatusCode::NO_CONTENT
}
