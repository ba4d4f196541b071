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
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;
use tracing::{Instrument, Span};
use web::Routes;
use web::envelope::Deadline;
use web::gate::ClientIp;

/// For two years browsers come by TLS only. API Gateway has nothing else; on a developer's machine there is none.
const ALWAYS_TLS: &str = "max-age=63072000";
/// Of a function's time, what is kept for an answer that says that it is over.
const TO_SAY_SO: Duration = Duration::from_millis(500);

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

/// Notes the client's address, and when Lambda ends the function. One without an address is answered by the gate with an
/// error: nobody may enter uncounted.
async fn arrived(State(entrance): State<Arc<Entrance>>, mut request: Request, next: Next) -> Response {
    if let Some(ip) = entrance.client_ip(&request) {
        request.extensions_mut().insert(ClientIp(ip));
    }
    if let Some(end) = request.lambda_context_ref().and_then(|context| deadline(context.deadline)) {
        request.extensions_mut().insert(end);
    }
    let span = request.lambda_context_ref().map_or_else(Span::none, logs::invocation);
    let mut answer = next.run(request).instrument(span).await;
    answer.headers_mut().insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ALWAYS_TLS));
    answer
}

/// From milliseconds since 1970, as Lambda says it.
fn deadline(ms: u64) -> Option<Deadline> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let left = Duration::from_millis(ms).saturating_sub(now + TO_SAY_SO);
    Some(Deadline(Instant::now().checked_add(left)?))
}

#[cfg(test)]
mod tests;
