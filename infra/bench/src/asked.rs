//! Requests to a system in this process, each from an address that nobody used before.

use crate::Failure;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use humanops::System;
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU32, Ordering};
use tower::ServiceExt;

/// Who asks: a header and its value.
pub(crate) type Caller<'a> = (&'static str, &'a str);

/// Sends a request, and fails unless it succeeds.
pub(crate) async fn ask(
    system: &System,
    caller: Caller<'_>,
    line: &str,
    body: Option<&Value>,
) -> Result<Value, Failure> {
    static VISITORS: AtomicU32 = AtomicU32::new(0x0a00_0000);
    let visitor = Ipv4Addr::from(VISITORS.fetch_add(1, Ordering::Relaxed));
    let (method, path) = line.split_once(' ').ok_or("a method and a path")?;
    let request = Request::builder().method(method).uri(format!("/api/v1{path}")).header(caller.0, caller.1);
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(Body::from(body.to_string()))?,
        None => request.body(Body::empty())?,
    };
    let reply = system.api_from(IpAddr::V4(visitor)).oneshot(request).await?;
    let status = reply.status();
    let bytes = reply.into_body().collect().await?.to_bytes();
    if !status.is_success() {
        return Err(format!("{line}: {status} {}", String::from_utf8_lossy(&bytes)).into());
    }
    Ok(serde_json::from_slice(&bytes)?)
}

/// A field of an answer.
pub(crate) fn text(answer: &Value, field: &str) -> Result<String, Failure> {
    answer[field].as_str().map(ToOwned::to_owned).ok_or_else(|| format!("no {field} in {answer}").into())
}
