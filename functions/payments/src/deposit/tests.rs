//! What a fiat deposit takes and refuses.

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
fn a_deposit_is_five_to_ten_thousand_dollars_by_a_known_method() {
    let body = |amount: &str, rest: &str| format!(r#"{{"amount_usd": {amount}, "payment_method": {rest}}}"#);
    let cases = [
        (body("5", r#""card""#), Some("5.00")),
        (body("10000.00", r#""bank_transfer""#), Some("10000.00")),
        (body(r#""12.34""#, r#""card""#), Some("12.34")),
        (body("100", r#""card", "return_url": "https://example.com/back?x=1""#), Some("100.00")),
        (body("100", r#""card", "return_url": null"#), Some("100.00")),
        (body("4.99", r#""card""#), None),
        (body("10000.01", r#""card""#), None),
        (body("10.001", r#""card""#), None),
        (body("1e2", r#""card""#), None),
        (body("0", r#""card""#), None),
        (body("null", r#""card""#), None),
        (body("100", r#""cash""#), None),
        (body("100", "null"), None),
        (body("100", r#""card", "return_url": "http://example.com""#), None),
        (body("100", r#""card", "return_url": "https://""#), None),
        (body("100", r#""card", "return_url": "javascript:alert(1)""#), None),
        (body("100", r#""card", "currency": "USD""#), None),
        (String::new(), None),
    ];
    for (body, amount) in cases {
        let parsed = parse(body.as_bytes(), &key(None)).ok().map(|amount| amount.to_string());
        assert_eq!(parsed.as_deref(), amount, "{body}");
    }
}

#[test]
fn a_malformed_idempotency_key_is_refused_with_the_fields() {
    let body = br#"{"amount_usd": 100, "payment_method": "card"}"#;
    assert!(parse(body, &key(Some("k-1"))).is_ok());
    assert!(parse(body, &key(Some(&"k".repeat(256)))).is_err());
}

#[test]
fn a_payment_and_its_transaction_are_the_same_bits() {
    let payment = PaymentId::from_bytes([7; 16]);
    let deposit = pending(payment, AgentId::from_bytes([1; 16]), Usd::dollars(5), Timestamp::from_millis(0));
    assert_eq!(deposit.transaction.bytes(), payment.bytes());
    assert_eq!(deposit.reference, payment.to_string());
    assert!(!deposit.credited);
}
