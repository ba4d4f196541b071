//! Around every request: an id, a body within its limit, JSON for every failure, one line of log.

pub mod origins;

use crate::error::{ApiError, Cause, ErrorBody};
use crate::gate::Visit;
use crate::routes::Routes;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use contract::Code;
use futures::FutureExt;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use origins::{API, Origins};
use serde_json::json;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

/// Bytes of a request body at most.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// Makes a service of the routes of one or more functions, which pages of `origins` may call.
pub fn wrap(routes: Routes, origins: Origins) -> Router {
    let admitted = move |request, next| origins.clone().admit(&API, request, next);
    routes
        .into_router()
        .route_layer(from_fn(bounded))
        .method_not_allowed_fallback(|| async { ApiError::of(Code::MethodNotAllowed) })
        .fallback(|| async { ApiError::of(Code::NoSuchEndpoint) })
        .layer(from_fn(caught))
        .layer(from_fn(admitted))
        .layer(from_fn(enveloped))
}

/// The answer to a request that reaches no endpoint.
pub fn refuse(error: ApiError) -> Response {
    let visit = Visit { request_id: request_id(), counted: Arc::default() };
    let mut answer = in_json(error.into_response(), &visit.request_id);
    add_headers(answer.headers_mut(), &visit);
    answer
}

/// Reads the body within its limit, and wants JSON where there is one.
async fn bounded(request: Request, next: Next) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let body = match Limited::new(body, BODY_BYTES_MAX).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(ApiError::of(Code::BodyTooLarge)),
        Err(_) => return Err(ApiError::of(Code::BrokenBody)),
    };
    if !body.is_empty() && !is_json(&parts.headers) {
        return Err(ApiError::of(Code::UnsupportedMediaType));
    }
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}

fn is_json(headers: &HeaderMap) -> bool {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = named.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// A panic is an answer like any other to what stands around it.
async fn caught(request: Request, next: Next) -> Response {
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    answered.unwrap_or_else(|panic| ApiError::internal(panic_text(&*panic)).into_response())
}

async fn enveloped(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let visit = Visit { request_id: request_id(), counted: Arc::default() };
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(visit.clone());

    let answer = next.run(request).await;
    let cause = answer.extensions().get::<Cause>().map(|Cause(text)| text.clone());
    let mut answer = in_json(answer, &visit.request_id);
    add_headers(answer.headers_mut(), &visit);

    let status = answer.status().as_u16();
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    match cause {
        Some(cause) => tracing::error!(
            request.id = visit.request_id, http.method = %method, http.route = route,
            http.status = status, duration_ms, cause, "request failed"
        ),
        None => tracing::info!(
            request.id = visit.request_id, http.method = %method, http.route = route,
            http.status = status, duration_ms, "request answered"
        ),
    }
    answer
}

/// Failures become JSON, those of the framework too.
fn in_json(mut answer: Response, request_id: &str) -> Response {
    let status = answer.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let body = answer.extensions_mut().remove::<ErrorBody>().unwrap_or_else(|| {
        let code = if status.is_server_error() { Code::InternalError } else { Code::BadRequest };
        ErrorBody { code, sentence: code.sentence().to_owned(), details: json!({}) }
    });
    let (mut parts, _) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Response::from_parts(parts, Body::from(Bytes::from(body.to_json(request_id))))
}

fn add_headers(headers: &mut HeaderMap, visit: &Visit) {
    let mut add = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    add("x-request-id", visit.request_id.clone());
    if let Some(counted) = visit.counted.get() {
        add("ratelimit-limit", counted.limit.to_string());
        add("ratelimit-remaining", counted.remaining.to_string());
        add("ratelimit-reset", counted.reset_s.to_string());
    }
}

fn request_id() -> String {
    format!("req_{}", crate::keys::random_text(22))
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panic: {}", text.unwrap_or("of an unknown kind"))
}
