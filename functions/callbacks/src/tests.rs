//! What is sent. Planning and the delivery log are tested end to end.

use super::{headers, outcome};
use outbound::{FailureClass, Posted};

#[test]
fn a_secret_signs_in_both_ways_and_none_in_neither() {
    // The vector of the Standard Webhooks library; the hex is Python's hmac over the same body.
    let body = br#"{"email":"test@example.com","username":"test_user"}"#;
    let id = "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk";
    let unsigned = [("content-type", "application/json"), ("webhook-id", id), ("webhook-timestamp", "1649367553")];
    let signatures = [
        ("X-HumanOps-Signature", "e0fc16c6d4a28f39a6e0935569f05d86e87367db24a4b6d9271215c603e49f6a"),
        ("webhook-signature", "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="),
    ];
    let signed: Vec<_> = unsigned.into_iter().chain(signatures).collect();
    let secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD".to_owned();
    for (secrets, expected) in [(vec![], unsigned.to_vec()), (vec![secret.clone()], signed)] {
        let sent = headers(&secrets, id, 1_649_367_553, body);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(sent, expected, "{secrets:?}");
    }
    let both = headers(&["new".to_owned(), secret], id, 1_649_367_553, body);
    assert_eq!(both[3].1, outbound::signature::humanops("new", body));
    let new = outbound::signature::standard("new", id, 1_649_367_553, body);
    assert_eq!(both[4].1, format!("{new} {}", signatures[1].1), "the one before signs beside the new one");
}

#[test]
fn the_log_has_the_status_or_the_word_for_why_there_is_none() {
    let cases = [
        (Posted::Answered { status: 204, retry_after_s: None }, "204"),
        (Posted::Answered { status: 503, retry_after_s: Some(9) }, "503"),
        (Posted::Failed(FailureClass::Timeout), "timeout"),
        (Posted::Failed(FailureClass::Blocked), "blocked"),
    ];
    for (answer, expected) in cases {
        assert_eq!(outcome(answer), expected);
    }
}
