//! `/admin`: what staff do.

pub mod audit;
pub mod disputes;
pub mod kyc;
pub mod operators;
pub mod resolve;
pub mod show;
pub mod suspense;

use crate::Endpoint;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    operators::ENDPOINT,
    kyc::ENDPOINT,
    disputes::ENDPOINT,
    show::ENDPOINT,
    resolve::ENDPOINT,
    suspense::ENDPOINT,
    suspense::RELEASE,
    audit::ENDPOINT,
];
