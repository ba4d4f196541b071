//! `/admin`: what staff do.

pub mod agent;
pub mod audit;
pub mod disputes;
pub mod kyc;
pub mod operator;
pub mod operators;
pub mod payouts;
pub mod resolve;
pub mod show;
pub mod suspense;

use crate::Endpoint;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    operators::ENDPOINT,
    operator::ENDPOINT,
    kyc::ENDPOINT,
    agent::ENDPOINT,
    disputes::ENDPOINT,
    show::ENDPOINT,
    resolve::ENDPOINT,
    suspense::ENDPOINT,
    suspense::RELEASE,
    payouts::ENDPOINT,
    audit::ENDPOINT,
];
