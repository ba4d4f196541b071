//! What a fiat deposit takes and refuses.

use super::*;
use crate::read::tests::read;

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
        let parsed = read::<Body>(&body).ok().map(|body| body.amount.to_string());
        assert_eq!(parsed.as_deref(), amount, "{body}");
    }
}
