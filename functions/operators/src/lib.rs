//! `/operator`: registering, finding and doing tasks, earning. Uploads are in `uploads`.

mod cities;
mod earnings;
mod me;
mod payout;
mod payouts;
mod push;
mod register;
mod search;
mod tasks;

use axum::extract::FromRef;
use bucket::Bucket;
use contract::operator;
use domain::money::payout::Ways;
use outbound::Reach;
use web::{Gate, Routes};

/// What the endpoints need.
#[derive(Clone, Debug)]
pub struct Operators {
    /// Callers and store.
    pub gate: Gate,
    /// Tells photo URLs of ours from others, and gives what has arrived.
    pub bucket: Bucket,
    /// How payouts leave.
    pub ways: Ways,
    /// The platform's own addresses on the chain: nobody is paid there.
    pub own: Vec<String>,
    /// How notifications are subscribed to.
    pub push: Push,
}

/// How browsers subscribe to notifications.
#[derive(Clone, Debug)]
pub struct Push {
    /// `applicationServerKey`; none where nobody is notified.
    pub public_key: Option<String>,
    /// Where push services may be.
    pub reach: Reach,
}

impl FromRef<Operators> for Gate {
    fn from_ref(operators: &Operators) -> Gate {
        operators.gate.clone()
    }
}

pub fn routes(state: Operators) -> Routes {
    Routes::new()
        .on(const { operator::register::ENDPOINT.route }, register::handle)
        .on(const { operator::me::ENDPOINT.route }, me::handle)
        .on(const { operator::me::CHANGE.route }, me::change)
        .on(const { operator::push::ENDPOINT.route }, push::handle)
        .on(const { operator::push::SUBSCRIBE.route }, push::subscribe)
        .on(const { operator::push::UNSUBSCRIBE.route }, push::unsubscribe)
        .on(const { operator::tasks::browse::ENDPOINT.route }, tasks::browse::handle)
        .on(const { operator::tasks::mine::ENDPOINT.route }, tasks::mine::handle)
        .on(const { operator::tasks::show::ENDPOINT.route }, tasks::show::handle)
        .on(const { operator::tasks::accept::ENDPOINT.route }, tasks::accept::handle)
        .on(const { operator::tasks::start::ENDPOINT.route }, tasks::start::handle)
        .on(const { operator::tasks::release::ENDPOINT.route }, tasks::release::handle)
        .on(const { operator::tasks::submit::ENDPOINT.route }, tasks::submit::handle)
        .on(const { operator::tasks::statement::ENDPOINT.route }, tasks::statement::handle)
        .on(const { operator::tasks::messages::ENDPOINT.route }, tasks::messages::handle)
        .on(const { operator::tasks::messages::SEND.route }, tasks::messages::send)
        .on(const { operator::tasks::rating::ENDPOINT.route }, tasks::rating::handle)
        .on(const { operator::earnings::ENDPOINT.route }, earnings::handle)
        .on(const { operator::payout::ENDPOINT.route }, payout::handle)
        .on(const { operator::payout::status::ENDPOINT.route }, payout::status::handle)
        .on(const { operator::payouts::ENDPOINT.route }, payouts::handle)
        .with_state(state.clone())
        .merge(tool_routes(state.gate))
}

/// What of it tools call (`functions/mcp`).
pub fn tool_routes(gate: Gate) -> Routes {
    Routes::new().on(const { operator::search::ENDPOINT.route }, search::handle).with_state(gate)
}
