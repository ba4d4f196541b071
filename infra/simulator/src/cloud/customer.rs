//! An agent's server. While the world is rough it answers what it likes; it keeps what came, and what it took.

use crate::dice::Dice;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use humanops::engine::Failure;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;

/// What it answers in place of 204.
const MOODS: [u16; 4] = [500, 503, 429, 404];
/// Of a thousand callbacks those that it so answers: in one story of eight it is as good as gone.
const MOODY_PERMILLE: [(u32, u32); 2] = [(7, 300), (1, 950)];

#[derive(Clone)]
pub struct Customer {
    pub url: String,
    shelf: Arc<Mutex<Shelf>>,
}

#[derive(Default)]
struct Shelf {
    /// With how often it then fails.
    moody: Option<(Dice, u32)>,
    /// The body of each event.
    bodies: BTreeMap<String, Bytes>,
    /// Events that were answered with success.
    taken: BTreeSet<String>,
    /// What must not be.
    wrong: Vec<String>,
}

impl Customer {
    pub async fn open() -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let customer = Self { url: format!("http://{}/told", listener.local_addr()?), shelf: Arc::default() };
        let app = Router::new().fallback(hear).with_state(customer.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(customer)
    }

    /// From now on it fails as the dice say; without dice it never does.
    pub fn be(&self, moody: Option<Dice>) {
        self.shelf().moody = moody.and_then(|mut dice| dice.weighed(&MOODY_PERMILLE).map(|permille| (dice, permille)));
    }

    pub fn took(&self, event: &str) -> bool {
        self.shelf().taken.contains(event)
    }

    pub fn wrong(&self) -> Vec<String> {
        self.shelf().wrong.clone()
    }

    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn hear(State(customer): State<Customer>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut shelf = customer.shelf();
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let id = header("webhook-id");
    if header("x-humanops-signature").is_empty() || id.is_empty() {
        shelf.wrong.push(format!("a callback without a signature or an id: {headers:?}"));
    }
    let known = shelf.bodies.entry(id.clone()).or_insert_with(|| body.clone());
    if *known != body {
        shelf.wrong.push(format!("{id} came with another body than before"));
    }
    let mood = shelf.moody.as_mut();
    let mood = mood.and_then(|(dice, often)| dice.permille(*often).then(|| dice.pick(&MOODS).copied()).flatten());
    let status = mood.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::NO_CONTENT);
    if status.is_success() {
        shelf.taken.insert(id);
    }
    status
}
