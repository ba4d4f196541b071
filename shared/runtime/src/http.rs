//! Requests from API Gateway's HTTP API, answered by a router.

use crate::{Failure, logs};
use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::STRICT_TRANSPORT_SECURITY;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use lambda_http::RequestExt;
use lambda_http::request::RequestContext;
use std::net::IpAddr;
use tracing::{Instrument, Span};
use web::gate::ClientIp;
use web::{Origins, Routes};

/// For two years browsers come by TLS only. API Gateway has nothing else; on a developer's machine there is none.
const ALWAYS_TLS: &str = "max-age=63072000";

/// Answers requests, also those of pages of `origins`, until the environment ends.
///
/// # Errors
/// The Runtime API does not answer as it should.
pub async fn serve(routes: Routes, origins: Origins) -> Result<(), Failure> {
    lambda_http::run(service(routes, origins)).await
}

fn service(routes: Routes, origins: Origins) -> Router {
    web::envelope::wrap(routes, origins).layer(from_fn(arrived))
}

/// Takes the client's address from the event. One without it is answered by the gate with an error:
/// nobody may enter uncounted.
async fn arrived(mut request: Request, next: Next) -> Response {
    if let Some(ip) = source_ip(&request) {
        request.extensions_mut().insert(ClientIp(ip));
    }
    let span = request.lambda_context_ref().map_or_else(Span::none, logs::invocation);
    let mut answer = next.run(request).instrument(span).await;
    answer.headers_mut().insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ALWAYS_TLS));
    answer
}

/// As API Gateway saw the connection. `X-Forwarded-For` is what a client says.
fn source_ip(request: &Request) -> Option<IpAddr> {
    match request.request_context_ref()? {
        RequestContext::ApiGatewayV2(context) => context.http.source_ip.as_deref()?.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
