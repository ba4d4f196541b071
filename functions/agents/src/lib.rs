//! Accounts of agents: registration, API keys, balances, profile; and `/health`, which has no function of
//! its own. Not their deposits: see `payments`.

mod account;
mod balance;
mod health;
mod keys;
mod me;
mod register;

use axum::extract::FromRef;
use contract::{agents, system};
use web::{Gate, Routes};

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

pub fn routes(state: Agents) -> Routes {
    let others = Routes::new()
        .on(const { agents::register::ENDPOINT.route }, register::handle)
        .on(const { agents::keys::create::ENDPOINT.route }, keys::create::handle)
        .on(const { agents::keys::list::ENDPOINT.route }, keys::list::handle)
        .on(const { agents::keys::revoke::ENDPOINT.route }, keys::revoke::handle)
        .on(const { agents::me::CHANGE.route }, me::change)
        .on(const { system::health::ENDPOINT.route }, health::handle)
        .with_state(state.clone());
    // These first: `Allow` names methods in the order of their routes.
    tool_routes(state).merge(others)
}

/// What of it tools call (`functions/mcp`).
pub fn tool_routes(state: Agents) -> Routes {
    Routes::new()
        .on(const { agents::balance::ENDPOINT.route }, balance::handle)
        .on(const { agents::me::ENDPOINT.route }, me::handle)
        .with_state(state)
}
