//! What dLocal may send.

use super::*;

fn paid(amount: Option<&str>) -> Option<Notice> {
    let amount = amount.map(|text| Usd::parse_usd(text).unwrap());
    Some(Notice::Paid { order: "pay_1".to_owned(), amount })
}

#[test]
fn a_notification_is_a_payment_or_nothing_to_us() {
    let cases = [
        (r#"{"status": "PAID", "order_id": "pay_1", "amount": 100}"#, paid(Some("100"))),
        (r#"{"status": "COMPLETED", "order_id": "pay_1", "amount": 100.5}"#, paid(Some("100.50"))),
        (r#"{"status": "PAID", "order_id": "pay_1", "amount": "0.29"}"#, paid(Some("0.29"))),
        (r#"{"status": "PAID", "order_id": "pay_1", "amount": 100, "currency": "USD"}"#, paid(Some("100"))),
        (r#"{"id": {"a": [1]}, "status": "PAID", "order_id": "pay_1", "amount": 1.00}"#, paid(Some("1"))),
        // Not an amount of dollars: it will equal no payment.
        (r#"{"status": "PAID", "order_id": "pay_1", "amount": 100, "currency": "BRL"}"#, paid(None)),
        (r#"{"status": "PAID", "order_id": "pay_1", "amount": 100.001}"#, paid(None)),
        (r#"{"status": "PAID", "order_id": "pay_1", "amount": 1e2}"#, paid(None)),
        (r#"{"status": "PAID", "order_id": "pay_1", "amount": -100}"#, paid(None)),
        (r#"{"status": "PAID", "order_id": "pay_1", "amount": null}"#, paid(None)),
        (r#"{"status": "PAID", "order_id": "pay_1"}"#, paid(None)),
        (r#"{"status": "REJECTED", "order_id": "pay_1", "amount": 100}"#, Some(Notice::Other)),
        (r#"{"status": "PENDING"}"#, Some(Notice::Other)),
        (r#"{"status": "paid", "order_id": "pay_1", "amount": 100}"#, Some(Notice::Other)),
        // No payment at all.
        (r#"{"status": "PAID", "amount": 100}"#, None),
        (r#"{"status": 200, "order_id": "pay_1", "amount": 100}"#, None),
        (r#"{"status": "PAID", "status": "PENDING", "order_id": "pay_1"}"#, None),
        (r#"{"order_id": "pay_1", "amount": 100}"#, None),
        ("[]", None),
        ("", None),
    ];
    for (body, expected) in cases {
        assert_eq!(parse(body.as_bytes()), expected, "{body}");
    }
}
