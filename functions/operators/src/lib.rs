//! `/operator`: registering, finding and doing tasks, earning. Uploads are in `uploads`.

mod earnings;
mod me;
mod payout;
mod payouts;
mod register;
mod tasks;

use axum::extract::FromRef;
use bucket::Bucket;
use contract::operator;
use web::{Gate, Routes};

/// What the endpoints need.
#[derive(Clone, Debug)]
pub struct Operators {
    /// Callers and store.
    pub gate: Gate,
    /// Tells photo URLs of ours from others.
    pub bucket: Bucket,
}

impl FromRef<Operators> for Gate {
    fn from_ref(operators: &Operators) -> Gate {
        operators.gate.clone()
    }
}

pub fn routes(state: Operators) -> Routes {
    Routes::new()
        .on(operator::register::ENDPOINT.route, register::handle)
        .on(operator::me::ENDPOINT.route, me::handle)
        .on(operator::tasks::browse::ENDPOINT.route, tasks::browse::handle)
        .on(operator::tasks::mine::ENDPOINT.route, tasks::mine::handle)
        .on(operator::tasks::show::ENDPOINT.route, tasks::show::handle)
        .on(operator::tasks::accept::ENDPOINT.route, tasks::accept::handle)
        .on(operator::tasks::start::ENDPOINT.route, tasks::start::handle)
        .on(operator::tasks::release::ENDPOINT.route, tasks::release::handle)
        .on(operator::tasks::submit::ENDPOINT.route, tasks::submit::handle)
        .on(operator::earnings::ENDPOINT.route, earnings::handle)
        .on(operator::payout::ENDPOINT.route, payout::handle)
        .on(operator::payout::status::ENDPOINT.route, payout::status::handle)
        .on(operator::payouts::ENDPOINT.route, payouts::handle)
        .with_state(state)
}
