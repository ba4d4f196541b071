//! Accounts of agents: registration, API keys, balances, profile; and `/health`, which has no function of
//! its own. Not their deposits: see `payments`.

mod account;
mod balance;
mod health;
mod keys;
mod me;
mod register;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{delete, get, post};
use web::Gate;

/// What the handlers need.
#[derive(Clone, Debug)]
pub struct Agents {
    /// The way in, and the store behind it.
    pub gate: Gate,
}

impl FromRef<Agents> for Gate {
    fn from_ref(state: &Agents) -> Self {
        state.gate.clone()
    }
}

/// The routes, by their full paths.
pub fn router(state: Agents) -> Router {
    Router::new()
        .route("/api/v1/agents/register", post(register::handle))
        .route("/api/v1/agents/keys", post(keys::create::handle).get(keys::list::handle))
        .route("/api/v1/agents/keys/{id}", delete(keys::revoke::handle))
        .route("/api/v1/agents/balance", get(balance::handle))
        .route("/api/v1/agents/me", get(me::handle))
        .route("/api/v1/health", get(health::handle))
        .with_state(state)
}
