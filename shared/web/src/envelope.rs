//! Around every request: an id, a body within its limit, JSON for every failure, one line of log.

mod body;
pub mod origins;
mod stray;

pub use body::BODY_BYTES_MAX;

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
use origins::{API, Origins};
use serde_json::json;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;
use tokio::time::timeout_at;

/// What OWASP lists for the answers of an API, unless an answer has its own: they are data of one caller, which nobody keeps,
/// guesses the kind of, or shows inside a page.
const SECURITY: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
];
const JSON: &str = "application/json";
/// Characters of a method that are logged.
const METHOD_CHARS: usize = 16;

/// When the process is ended with whatever it does: said of a request by what runs it, if anybody ends it.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(pub tokio::time::Instant);

/// Makes a service of the routes of one or more functions, which pages of `origins` may call.
pub fn wrap(routes: Routes, origins: Origins) -> Router {
    let admitted = move |request, next| origins.clone().admit(&API, request, next);
    let (no_path, no_method) = (routes.gate(), routes.gate());
    routes
        .into_router()
        .route_layer(from_fn(body::bounded))
        .method_not_allowed_fallback(move |request| stray::answer(no_method.clone(), Code::MethodNotAllowed, request))
        .fallback(move |request| stray::answer(no_path.clone(), Code::NoSuchEndpoint, request))
        // At once, the outermost first: each layer is laid around each route.
        .layer((from_fn(enveloped), from_fn(admitted), from_fn(in_time), from_fn(caught)))
}

/// The answer to a request that reaches no endpoint.
pub fn refuse(error: ApiError) -> Response {
    let visit = Visit { request_id: request_id(), counted: Arc::default(), staff: Arc::default() };
    let mut answer = in_json(error.into_response(), &visit.request_id);
    add_headers(answer.headers_mut(), &visit);
    answer
}

/// A panic is an answer like any other to what stands around it.
async fn caught(request: Request, next: Next) -> Response {
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    answered.unwrap_or_else(|panic| ApiError::internal(panic_text(&*panic)).into_response())
}

/// Who is about to be ended says so while it can. What it was doing ends as if it had been killed.
async fn in_time(request: Request, next: Next) -> Response {
    let Some(&Deadline(end)) = request.extensions().get() else {
        return next.run(request).await;
    };
    let late = |_| ApiError::internal("there was no time left").into_response();
    timeout_at(end, next.run(request)).await.unwrap_or_else(late)
}

async fn enveloped(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let visit = Visit { request_id: request_id(), counted: Arc::default(), staff: Arc::default() };
    let method: String = request.method().as_str().chars().take(METHOD_CHARS).collect();
    let route = request.extensions().get::<MatchedPath>().map_or("none".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(visit.clone());

    let answer = next.run(request).await;
    let cause = answer.extensions().get::<Cause>().map(|Cause(text)| text.clone());
    let mut answer = in_json(answer, &visit.request_id);
    add_headers(answer.headers_mut(), &visit);

    let status = answer.status().as_u16();
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let staff = visit.staff.get().map(ToString::to_string);
    match cause {
        Some(cause) => tracing::error!(
            request.id = visit.request_id,
            http.method = method,
            http.route = route,
            http.status = status,
            duration_ms,
            staff,
            cause,
            "request failed"
        ),
        None => tracing::info!(
            request.id = visit.request_id,
            http.method = method,
            http.route = route,
            http.status = status,
            duration_ms,
            staff,
            "request answered"
        ),
    }
    answer
}

/// Failures become JSON, those of the framework too; what is JSON is left, as a protocol within ours wants it.
fn in_json(mut answer: Response, request_id: &str) -> Response {
    let status = answer.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let written = answer.extensions_mut().remove::<ErrorBody>();
    if written.is_none() && answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == JSON) {
        return answer;
    }
    let body = written.unwrap_or_else(|| {
        let code = if status.is_server_error() { Code::InternalError } else { Code::BadRequest };
        ErrorBody { code, sentence: code.sentence().to_owned(), details: json!({}) }
    });
    let (mut parts, _) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    Response::from_parts(parts, Body::from(Bytes::from(body.to_json(request_id))))
}

fn add_headers(headers: &mut HeaderMap, visit: &Visit) {
    for (name, value) in SECURITY {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
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
