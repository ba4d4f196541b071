//! What is sent. Planning and the delivery log are tested end to end.

use super::{headers, outcome};
use domain::event::EventName;
use domain::task::Callback;
use outbound::{FailureClass, Posted};

fn callback(secret: Option<&str>) -> Callback {
    Callback {
        url: "https://agent.example.com/hook".to_owned(),
        secret: secret.map(str::to_owned),
        events: EventName::DEFAULT.to_vec(),
    }
}

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
    for (secret, expected) in [(None, unsigned.to_vec()), (Some("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"), signed)] {
        let sent = headers(&callback(secret), id, 1_649_367_553, body);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(sent, expected, "{secret:?}");
    }
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
