//! Money in: deposits in USDC and in fiat, and the payment provider's webhook. Not payouts: those
//! are the operators'.
//!
//! In live mode no deposit is credited here: nothing watches the chain, and no provider is set up.

mod deposit;
mod deposit_address;
mod deposits;
mod dlocal_secret;
mod tx_hash;
mod unavailable;
mod webhook;

pub use dlocal_secret::DlocalSecret;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};
use web::Gate;

/// What the handlers need.
#[derive(Clone, Debug)]
pub struct Payments {
    /// The way in, and the store behind it.
    pub gate: Gate,
    /// What dLocal signs with. Without it no notification is believed.
    pub dlocal_secret: Option<DlocalSecret>,
}

impl FromRef<Payments> for Gate {
    fn from_ref(state: &Payments) -> Self {
        state.gate.clone()
    }
}

/// The routes, by their full paths.
pub fn router(state: Payments) -> Router {
    let status = get(deposit::status::by_query).post(deposit::status::by_body);
    Router::new()
        .route("/api/v1/agents/deposit-address", get(deposit_address::handle))
        .route("/api/v1/agents/deposit/usdc", post(deposit::usdc::handle))
        .route("/api/v1/agents/deposits", get(deposits::handle))
        .route("/api/v1/agents/deposit", post(deposit::handle))
        .route("/api/v1/agents/deposit/status", status)
        .route("/api/v1/webhooks/dlocal", post(webhook::handle))
        .with_state(state)
}
