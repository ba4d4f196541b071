//! `/events`: what happened to an agent, and how it is told. A function of its own, because whoever waits for an event
//! keeps it for up to 20 seconds. It sends nothing itself: what is to be sent is planned, and `callbacks` does it.

mod endpoints;
mod list;
mod redeliver;
mod test;

use axum::extract::FromRef;
use contract::events;
use outbound::Reach;
use secrets::SealingKey;
use web::{Gate, Routes};

/// What the handlers need.
#[derive(Clone, Debug)]
pub struct Events {
    /// The way in, and the store behind it.
    pub gate: Gate,
    /// Where callbacks may go.
    pub callback_reach: Reach,
    /// Seals their secrets.
    pub sealing_key: SealingKey,
}

impl FromRef<Events> for Gate {
    fn from_ref(state: &Events) -> Self {
        state.gate.clone()
    }
}

pub fn routes(state: Events) -> Routes {
    Routes::new()
        .on(const { events::redeliver::ENDPOINT.route }, redeliver::handle)
        .on(const { events::test::ENDPOINT.route }, test::handle)
        .on(const { events::endpoints::ENDPOINT.route }, endpoints::handle)
        .on(const { events::endpoints::enable::ENDPOINT.route }, endpoints::enable::handle)
        .with_state(state.clone())
        .merge(tool_routes(state))
}

/// What of it tools call (`functions/mcp`).
pub fn tool_routes(state: Events) -> Routes {
    Routes::new().on(const { events::list::ENDPOINT.route }, list::handle).with_state(state)
}
