//! What can be the matter with a model, or with the way to it.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use std::io;
use std::sync::Arc;
use tokio::sync::Notify;

#[derive(Clone, Debug)]
pub enum Fault {
    /// Answers once it is notified, which may be never.
    Late(Arc<Notify>),
    /// The connection breaks in the middle of a good answer.
    Half,
    /// A good answer, so long.
    Large { bytes: usize },
    /// Goes on until nobody listens.
    Endless,
    /// Good JSON in a fence.
    Fenced,
    /// Good JSON between sentences.
    Prose,
    /// A sentence in another language, and no JSON.
    Foreign,
    /// JSON with fields that nobody asked for.
    ExtraFields,
    /// By the model.
    Refusal,
    /// By a guardrail or a content filter.
    Guarded,
    /// For want of tokens.
    Truncated,
    /// 429.
    Busy { retry_after_s: Option<u64> },
    /// 500, with a page.
    Down,
    /// To another address.
    Redirect { to: String },
}

/// Tells nothing, often.
static SPACES: [u8; 64 * 1024] = [b' '; 64 * 1024];

/// What breaks off in the middle of `body`.
pub(crate) fn half(body: &str) -> Response {
    let (half, rest) = body.split_at(body.len() / 2);
    let broken = io::Error::from(io::ErrorKind::ConnectionReset);
    // What is not waited for would go down with the connection, before a byte of it is sent.
    let end = stream::once(async {
        tokio::task::yield_now().await;
        Err(broken)
    });
    let parts = stream::iter([Ok(Bytes::from(half.to_owned()))]).chain(end);
    let length = half.len() + rest.len();
    json_headers(Body::from_stream(parts), Some(length))
}

pub(crate) fn endless() -> Response {
    let parts = stream::repeat_with(|| Ok::<_, io::Error>(Bytes::from_static(&SPACES)));
    json_headers(Body::from_stream(parts), None)
}

pub(crate) fn down() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "<html>Internal Server Error</html>").into_response()
}

pub(crate) fn elsewhere(to: String) -> Response {
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
}

fn json_headers(body: Body, length: Option<usize>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, "application/json")], body).into_response();
    if let Some(length) = length {
        response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    }
    response
}
