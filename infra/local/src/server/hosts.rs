//! Under which names this server is spoken to. A page whose name was made to lead here is turned away: what it may not
//! read, it could otherwise ask for (DNS rebinding).

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use contract::Code;
use std::convert::Infallible;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;
use web::{ApiError, envelope};

/// Names beside addresses and `localhost`, which nobody can make lead elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts(Arc<[String]>);

impl FromStr for Hosts {
    type Err = Infallible;

    /// By commas, without ports.
    fn from_str(names: &str) -> Result<Self, Infallible> {
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        Ok(Self(names.map(str::to_ascii_lowercase).collect()))
    }
}

impl Hosts {
    fn include(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        let bracketed = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        name.parse::<Ipv4Addr>().is_ok()
            || bracketed.is_some_and(|inner| inner.parse::<Ipv6Addr>().is_ok())
            || name == "localhost"
            || self.0.contains(&name)
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Lets pass what is meant for this server, which every request says (RFC 9112, 3.2).
pub(crate) async fn admit(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let named = request.uri().host().or(named);
    if named.is_some_and(|host| hosts.include(host)) {
        next.run(request).await
    } else {
        envelope::refuse(ApiError::of(Code::UnknownHost))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_localhost_and_what_was_named_are_this_server_and_nothing_else_is() {
        let hosts: Hosts = "api.example.com, Box".parse().unwrap();
        for host in [
            "127.0.0.1:8080",
            "10.1.2.3",
            "[::1]:8080",
            "[::1]",
            "LOCALHOST:1",
            "localhost",
            "box:80",
            "API.example.com",
        ] {
            assert!(hosts.include(host), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:8080",
            "api.example.com.",
            "",
            ":80",
            "::1",
            "localhost:x",
        ] {
            assert!(!hosts.include(host), "{host}");
        }
    }
}
