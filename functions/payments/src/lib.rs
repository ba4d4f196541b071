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

use axum::extract::FromRef;
use contract::{agents, webhooks};
use web::{Gate, Routes};

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

pub fn routes(state: Payments) -> Routes {
    Routes::new()
        .on(const { agents::deposit_address::ENDPOINT.route }, deposit_address::handle)
        .on(const { agents::deposit::usdc::ENDPOINT.route }, deposit::usdc::handle)
        .on(const { agents::deposits::ENDPOINT.route }, deposits::handle)
        .on(const { agents::deposit::ENDPOINT.route }, deposit::handle)
        .on(const { agents::deposit::status::ENDPOINT.route }, deposit::status::handle)
        .on(const { agents::deposit::status::BY_BODY.route }, deposit::status::by_body)
        .on(const { webhooks::DLOCAL.route }, webhook::handle)
        .with_state(state)
}
