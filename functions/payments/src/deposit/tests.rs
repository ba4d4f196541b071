//! Which key a deposit is asked for with.

use super::*;
use axum::extract::FromRequestParts;
use axum::http::Request;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn key(header: Option<&str>) -> IdempotencyKey {
    let request = Request::builder();
    let request = header.iter().fold(request, |request, value| request.header("idempotency-key", *value));
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    let mut extracted = pin!(IdempotencyKey::from_request_parts(&mut parts, &()));
    match extracted.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(key)) => key,
        Poll::Pending => panic!("a header needs no waiting"),
    }
}

#[test]
fn a_malformed_idempotency_key_is_refused_with_the_fields() {
    let payload = Payload::from(br#"{"amount_usd": 100, "payment_method": "card"}"#.as_slice());
    assert!(payload.read_once(&key(Some("k-1")), |body: &Body| body.amount).is_ok());
    assert!(payload.read_once(&key(Some(&"k".repeat(256))), |body: &Body| body.amount).is_err());
}
