//! The check of a URL at the moment a customer names it. Looks nothing up: a name that passes may
//! still resolve to a private address, which the client refuses at every post.

use std::net::IpAddr;

use url::{Host, Url};

use crate::address::is_public;

/// Which hosts may be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// https on port 443 of public names.
    PublicOnly,
    /// Also http and any port, on this machine; but not the process's own, whose callers share a rate limit with it. Only
    /// for a process on the developer's own machine: in Lambda, loopback is the runtime API.
    LoopbackAllowed { own_port: Option<u16> },
}

impl Reach {
    pub(crate) fn permits(self, address: IpAddr) -> bool {
        match self {
            Reach::PublicOnly => is_public(address),
            Reach::LoopbackAllowed { .. } => is_public(address) || address.is_loopback(),
        }
    }
}

/// Why a URL is refused; the text follows the name of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlRefusal {
    #[error("must be at most 2,048 characters long")]
    TooLong,
    #[error("must be an absolute URL such as https://agent.example.com/hook")]
    Malformed,
    #[error("must use https")]
    NotHttps,
    #[error("must not carry a user name or password")]
    Credentials,
    #[error("must use port 443")]
    Port,
    #[error("must name a host, not an IP address")]
    AddressLiteral,
    #[error("must name a public host")]
    NotPublic,
    #[error("must not lead to this server itself")]
    Own,
}

const URL_CHARACTERS_MAX: usize = 2_048;

/// Names that never belong to a customer's server, each with everything below it.
const NAMES_DENIED: [&str; 7] = ["localhost", "local", "localdomain", "internal", "arpa", "onion", "humanops.io"];

/// Checks the URL as the client will read it, not as it is written: `https://0x7f.1/` is an
/// address.
///
/// # Errors
/// The first rule that the URL breaks.
pub fn check_url(url: &str, reach: Reach) -> Result<(), UrlRefusal> {
    if url.chars().count() > URL_CHARACTERS_MAX {
        return Err(UrlRefusal::TooLong);
    }
    // The URL standard drops tabs and line breaks in silence: the stored text would not be the URL
    // called.
    if url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(UrlRefusal::Malformed);
    }
    let url = Url::parse(url).map_err(|_| UrlRefusal::Malformed)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(UrlRefusal::Credentials);
    }
    if let Reach::LoopbackAllowed { own_port } = reach
        && is_this_machine(&url)
    {
        return if own_port.is_some() && url.port_or_known_default() == own_port {
            Err(UrlRefusal::Own)
        } else {
            Ok(())
        };
    }
    if url.scheme() != "https" {
        return Err(UrlRefusal::NotHttps);
    }
    if url.port().is_some() {
        return Err(UrlRefusal::Port);
    }
    match url.host() {
        Some(Host::Domain(name)) => check_name(name),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => Err(UrlRefusal::AddressLiteral),
        None => Err(UrlRefusal::Malformed),
    }
}

/// The host that a URL leads to, with its port: what answers, or does not.
pub fn host(url: &str) -> String {
    let url = Url::parse(url).ok();
    let host = url.as_ref().and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
    host.map(|(name, port)| format!("{name}:{port}")).unwrap_or_default()
}

/// Scheme, host and port of a URL, as browsers write them: `https://agent.example.com`.
pub fn origin(url: &str) -> String {
    Url::parse(url).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

fn is_this_machine(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// What DNS has room for (RFC 1035, 2.3.4).
const NAME_BYTES: usize = 253;
const LABEL_BYTES: usize = 63;

fn check_name(name: &str) -> Result<(), UrlRefusal> {
    let denied = NAMES_DENIED
        .iter()
        .any(|denied| name.strip_suffix(denied).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    let is_long = name.len() > NAME_BYTES || name.split('.').any(|label| label.len() > LABEL_BYTES);
    // A final dot names the same host but slips past a comparison of names.
    if denied || is_long || !name.contains('.') || name.ends_with('.') {
        return Err(UrlRefusal::NotPublic);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
