//! Name lookup that refuses private answers. Not consulted for IP literals in a URL: `check_url`
//! refuses those.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::is_public;
use crate::{FailureClass, Reach};

/// The connector uses exactly the addresses returned here, so a second lookup cannot swap them.
#[derive(Debug)]
pub(crate) struct Resolver {
    pub(crate) reach: Reach,
}

/// Travels through the HTTP client's error, so that the client can tell a refusal from a failure.
#[derive(Debug, thiserror::Error)]
#[error("the host name was refused")]
pub(crate) struct Refused(pub(crate) FailureClass);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.reach;
        Box::pin(async move {
            let addresses = lookup(name.as_str(), reach).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

const LOOKUP_TIMEOUT: Duration = Duration::from_secs(3);

async fn lookup(name: &str, reach: Reach) -> Result<Vec<SocketAddr>, Refused> {
    if matches!(reach, Reach::LoopbackAllowed { .. }) && name == "localhost" {
        let loopback = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        return Ok(loopback.map(|ip| SocketAddr::new(ip, 0)).to_vec());
    }
    let answer = tokio::time::timeout(LOOKUP_TIMEOUT, tokio::net::lookup_host((name, 0))).await;
    let Ok(Ok(addresses)) = answer else {
        return Err(Refused(FailureClass::DnsFailed));
    };
    vet(addresses.collect())
}

/// One private address spoils the lot: a name that mixes both is being used to probe.
fn vet(addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Refused> {
    if addresses.is_empty() {
        return Err(Refused(FailureClass::DnsFailed));
    }
    if addresses.iter().all(|address| is_public(address.ip())) {
        Ok(addresses)
    } else {
        Err(Refused(FailureClass::Blocked))
    }
}

#[cfg(test)]
mod tests;
