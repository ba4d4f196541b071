//! What Payoneer says of a payout.

use super::{State, StatusOnWire, is_created};
use crate::wire::Answer;

fn state(json: &str) -> State {
    serde_json::from_str::<StatusOnWire>(json).unwrap().state()
}

#[test]
fn po18_only_two_words_are_the_last() {
    for (word, expected) in [
        ("Pending", State::Pending),
        ("Pending Payee Approval", State::Pending),
        ("Transferred", State::Transferred),
        ("transferred", State::Other("transferred".to_owned())),
        ("Partly Transferred", State::Other("Partly Transferred".to_owned())),
        ("", State::Other(String::new())),
    ] {
        assert_eq!(state(&format!(r#"{{"status":"{word}","amount":5.10}}"#)), expected);
    }
}

#[test]
fn po18_a_cancellation_carries_its_reason() {
    let cancelled = |reason: &str| State::Cancelled { reason: reason.to_owned() };
    for (json, reason) in [
        (
            r#"{"status":"Cancelled","cancel_reason_code":30013,"cancel_reason_description":"Bank details"}"#,
            "30013: Bank details",
        ),
        (r#"{"status":"Cancelled","reason_code":"10009","reason_description":"inactive"}"#, "10009: inactive"),
        (r#"{"status":"Cancelled"}"#, ""),
    ] {
        assert_eq!(state(json), cancelled(reason));
    }
}

#[test]
fn po18_only_one_answer_says_that_it_was_taken() {
    for (status, body, expected) in [
        (201, r#"{"result":"Payments Created"}"#, true),
        (200, r#"{"result":"Payments Created"}"#, false),
        (201, r#"{"result":"Payments Rejected"}"#, false),
        (201, r#"{"result":{}}"#, false),
        (201, "", false),
        (201, "Payments Created", false),
    ] {
        assert_eq!(is_created(&Answer { status, body: body.as_bytes().to_vec() }), expected, "{status} {body}");
    }
}
