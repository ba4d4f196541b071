//! `/events`: everything that happened to an agent, in one numbered stream, and how it is told.

pub mod endpoints;
pub mod list;
pub mod redeliver;
pub mod test;

use crate::endpoint::Endpoint;

pub(crate) const ENDPOINTS: &[Endpoint] =
    &[list::ENDPOINT, redeliver::ENDPOINT, test::ENDPOINT, endpoints::ENDPOINT, endpoints::enable::ENDPOINT];
