//! `/admin`: what staff do.

pub mod audit;
pub mod disputes;
pub mod kyc;
pub mod resolve;
pub mod show;

use crate::Endpoint;

pub(crate) const ENDPOINTS: &[Endpoint] =
    &[kyc::ENDPOINT, disputes::ENDPOINT, show::ENDPOINT, resolve::ENDPOINT, audit::ENDPOINT];
