//! Pages of other origins (CORS): browsers let those that the deployment names read our answers, and no others.
//! Restrains nobody who is no browser: that is the callers' keys.

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, NoContent, Response};
use std::str::FromStr;
use std::sync::Arc;

/// The origins of a deployment, compared byte for byte as browsers write them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Arc<[HeaderValue]>);

/// What a text is that names no origins.
pub const WANTED: &str =
    "origins as browsers write them, by commas: https://app.example.com, or http://localhost:3000; no path, no *";

/// What a page may do with a service; never with cookies, which nobody here reads.
#[derive(Debug)]
pub struct Terms {
    pub methods: &'static str,
    pub request_headers: &'static str,
    /// What a page may read beside the body.
    pub exposed_headers: &'static str,
}

/// Those of the API.
pub(crate) const API: Terms = Terms {
    methods: "GET, POST, PUT, PATCH, DELETE",
    request_headers: "authorization, content-type, idempotency-key, mcp-method, mcp-name, mcp-protocol-version, \
                      x-admin-key, x-api-key, x-humanops-max-reward-usd, x-mcp-readonly, x-mcp-tools, x-operator-id",
    exposed_headers: "x-request-id, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, \
                      idempotent-replayed",
};
/// How long a browser need not ask again, in seconds; Chromium keeps no answer longer than two hours.
const MAX_AGE_S: &str = "3600";

impl FromStr for Origins {
    type Err = &'static str;

    /// Reads a list by commas, which may be empty.
    fn from_str(list: &str) -> Result<Self, &'static str> {
        let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
        let values = names.map(|name| HeaderValue::from_str(name).ok().filter(|_| is_origin(name)));
        values.collect::<Option<_>>().map(Self).ok_or(WANTED)
    }
}

/// Lower case and without the scheme's own port: another form would never equal what a browser sends.
fn is_origin(name: &str) -> bool {
    let (host, own_port) = match name.split_once("://") {
        Some(("https", host)) => (host, ":443"),
        Some(("http", host)) => (host, ":80"),
        Some(_) | None => return false,
    };
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte);
    host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
        && host.bytes().all(plain)
        && !host.ends_with([':', '.'])
        && !host.ends_with(own_port)
}

impl Origins {
    /// As browsers write them.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().filter_map(|name| name.to_str().ok()).map(ToOwned::to_owned).collect()
    }

    /// Answers what a browser asks in advance, and tells it on every other answer which page may read it. To anybody
    /// else a request to `OPTIONS` is one like any other.
    pub async fn admit(self, terms: &'static Terms, request: Request, next: Next) -> Response {
        let origin = request.headers().get(ORIGIN).filter(|origin| self.0.contains(origin)).cloned();
        let asks = request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        let mut answer = if asks && origin.is_some() { promise(terms) } else { next.run(request).await };
        if !self.0.is_empty() {
            answer.headers_mut().append(VARY, HeaderValue::from_name(ORIGIN));
        }
        if let Some(origin) = origin {
            answer.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            add(answer.headers_mut(), ACCESS_CONTROL_EXPOSE_HEADERS, terms.exposed_headers);
        }
        answer
    }
}

fn promise(terms: &'static Terms) -> Response {
    let mut answer = NoContent.into_response();
    add(answer.headers_mut(), ACCESS_CONTROL_ALLOW_METHODS, terms.methods);
    add(answer.headers_mut(), ACCESS_CONTROL_ALLOW_HEADERS, terms.request_headers);
    add(answer.headers_mut(), ACCESS_CONTROL_MAX_AGE, MAX_AGE_S);
    answer
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
