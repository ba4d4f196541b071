//! Requests from API Gateway's HTTP API, answered by a router.

mod entrance;

pub use entrance::Entrance;

use crate::{Failure, logs};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::STRICT_TRANSPORT_SECURITY;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use lambda_http::RequestExt;
use std::sync::Arc;
use tracing::{Instrument, Span};
use web::Routes;
use web::gate::ClientIp;

/// For two years browsers come by TLS only. API Gateway has nothing else; on a developer's machine there is none.
const ALWAYS_TLS: &str = "max-age=63072000";

/// Answers requests that come by `entrance`, until the environment ends.
///
/// # Errors
/// The Runtime API does not answer as it should.
pub async fn serve(routes: Routes, entrance: Entrance) -> Result<(), Failure> {
    lambda_http::run(service(routes, entrance)).await
}

fn service(routes: Routes, entrance: Entrance) -> Router {
    let api = web::envelope::wrap(routes, entrance.origins.clone());
    api.layer(from_fn_with_state(Arc::new(entrance), arrived))
}

/// Notes the client's address. One without it is answered by the gate with an error:
/// nobody may enter uncounted.
async fn arrived(State(entrance): State<Arc<Entrance>>, mut request: Request, next: Next) -> Response {
    if let Some(ip) = entrance.client_ip(&request) {
        request.extensions_mut().insert(ClientIp(ip));
    }
    let span = request.lambda_context_ref().map_or_else(Span::none, logs::invocation);
    let mut answer = next.run(request).instrument(span).await;
    answer.headers_mut().insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ALWAYS_TLS));
    answer
}

#[cfg(test)]
mod tests;
