//! Bodies of notifications.

use super::super::{About, Notice, Status};
use domain::Usd;

#[test]
fn fx_a_notice_of_a_payment_is_read_whatever_else_it_carries() {
    let body =
        br#"{"id":"D-4-1","amount":72.00,"status":"PAID","status_code":"200","currency":"USD","payer":{"name":"N"},
        "order_id":"pay_1","card":{"last4":"1111"},"new_field":[1,2]}"#;
    let expected = Notice {
        about: About::Payment { id: Some("D-4-1".to_owned()), status: Status::Paid },
        order_id: Some("pay_1".to_owned()),
        amount: Some(Usd::dollars(72)),
        currency: Some("USD".to_owned()),
    };
    assert_eq!(Notice::parse(body), Some(expected));
}

#[test]
fn fx_the_smallest_notice_has_a_status_only() {
    let expected = Notice {
        about: About::Payment { id: None, status: Status::Pending },
        order_id: None,
        amount: None,
        currency: None,
    };
    assert_eq!(Notice::parse(br#"{"status":"PENDING","amount":1e2}"#), Some(expected));
}

#[test]
fn fx_a_completed_chargeback_is_not_a_paid_payment() {
    let body =
        br#"{"id":"CHAR1","payment_id":"D-4-1","status":"COMPLETED","status_code":200,"amount":72,"currency":"USD"}"#;
    let about =
        About::Reversal { id: Some("CHAR1".to_owned()), payment_id: "D-4-1".to_owned(), word: "COMPLETED".to_owned() };
    assert_eq!(Notice::parse(body).unwrap().about, about);
}

#[test]
fn fx_what_is_no_notice_is_none() {
    for body in
        ["", "null", "[]", "{}", r#"{"order_id":"pay_1"}"#, r#"{"status":200}"#, "NOT_FOUND", "{\"status\":\"\u{0}\"}"]
    {
        assert_eq!(Notice::parse(body.as_bytes()), None, "{body:?}");
    }
    assert_eq!(Notice::parse(b"{\"status\":\"PAID\",\"order_id\":\"\xff\"}"), None);
}
