//! The body of a request: within its limit, as it is, and JSON. Whoever sends more is heard out, so that the answer is
//! heard too: a client that still writes when the connection closes sees a broken pipe instead.

use crate::error::ApiError;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use contract::Code;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::Duration;

/// Bytes of a request body at most.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// Bytes beyond that which are read and dropped before the answer, and how long that may take.
const DROPPED_BYTES_MAX: usize = 32 * 1024 * 1024;
const DROPPING_MAX: Duration = Duration::from_secs(10);

/// Lets requests pass whose body can be read.
pub(super) async fn bounded(request: Request, next: Next) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let body = read(body).await?;
    if !body.is_empty() {
        readable(&parts.headers)?;
    }
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}

/// All of the body, or why not.
pub(super) async fn read(mut body: Body) -> Result<Bytes, ApiError> {
    match Limited::new(&mut body, BODY_BYTES_MAX).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            drop_rest(body).await;
            Err(ApiError::of(Code::BodyTooLarge))
        }
        Err(_) => Err(ApiError::of(Code::BrokenBody)),
    }
}

async fn drop_rest(body: Body) {
    let dropping = async {
        let mut rest = Limited::new(body, DROPPED_BYTES_MAX);
        while let Some(Ok(_)) = rest.frame().await {}
    };
    // Who takes longer is not waited for.
    let _ = tokio::time::timeout(DROPPING_MAX, dropping).await;
}

/// JSON, and not compressed. Otherwise 415, with what would be taken (RFC 9110, 15.5.16).
fn readable(headers: &HeaderMap) -> Result<(), ApiError> {
    let refused = |sentence| {
        let error = ApiError::of(Code::UnsupportedMediaType).saying(sentence);
        let error = error.with_header(header::ACCEPT, HeaderValue::from_static("application/json"));
        Err(error.with_header(header::ACCEPT_ENCODING, HeaderValue::from_static("identity")))
    };
    let plain = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if !headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
        return refused("Send the body as it is, without Content-Encoding.");
    }
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = named.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    refused(Code::UnsupportedMediaType.sentence())
}
