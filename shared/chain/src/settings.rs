//! Where the chain is read. Not which accounts are ours.

use std::fmt;
use std::time::Duration;

use url::Url;

use crate::Network;

const TIMEOUT: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub struct Settings {
    /// One or two, of different providers. Secret: a provider's URL holds its key.
    pub endpoints: Vec<Url>,
    pub network: Network,
    /// For one request, from the name lookup to the last byte.
    pub timeout: Duration,
}

impl Settings {
    pub fn new(endpoints: Vec<Url>, network: Network) -> Settings {
        Settings { endpoints, network, timeout: TIMEOUT }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("endpoints", &self.endpoints.len())
            .field("network", &self.network)
            .field("timeout", &self.timeout)
            .finish()
    }
}
