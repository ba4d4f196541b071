//! Who comes in: whose pages may call, and how the client's address is known.

use axum::extract::Request;
use axum::http::HeaderMap;
use lambda_http::RequestExt;
use lambda_http::request::RequestContext;
use std::net::IpAddr;
use web::Origins;
use web::keys::KeyHash;

/// What CloudFront adds to each request on our behalf: that it comes from our distribution, and no other.
const FRONT: &str = "x-humanops-front";
/// What CloudFront itself knows of the client: address, colon, port. A client can not set it there.
const VIEWER: &str = "cloudfront-viewer-address";

/// The way in of a function with endpoints.
#[derive(Debug, Default)]
pub struct Entrance {
    pub origins: Origins,
    /// What stands in front of the API, if anything does, shows this key.
    pub front: Option<KeyHash>,
}

impl Entrance {
    /// The client's address: as what stands in front says, or as API Gateway saw the connection. `X-Forwarded-For` is
    /// what a client says.
    pub(super) fn client_ip(&self, request: &Request) -> Option<IpAddr> {
        match self.front.as_ref().filter(|front| is_shown(front, request.headers())) {
            Some(_) => viewer(request.headers()),
            None => match request.request_context_ref()? {
                RequestContext::ApiGatewayV2(context) => context.http.source_ip.as_deref()?.parse().ok(),
                _ => None,
            },
        }
    }
}

fn is_shown(front: &KeyHash, headers: &HeaderMap) -> bool {
    headers.get(FRONT).and_then(|key| key.to_str().ok()).is_some_and(|key| front.matches(key))
}

/// IPv6 without brackets.
fn viewer(headers: &HeaderMap) -> Option<IpAddr> {
    let (address, _port) = headers.get(VIEWER)?.to_str().ok()?.rsplit_once(':')?;
    address.parse().ok()
}
