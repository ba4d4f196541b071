//! What is taken, and every way in which a callback is not.

use super::*;
use chrono::DateTime;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &str = r#"{"event": "task.verified", "task_id": "task_1", "timestamp": "2026-02-06T14:31:00.000Z",
    "id": "evt_1", "status": "COMPLETED"}"#;

/// Those of Standard Webhooks: secret, id, when it was sent, body, signature.
const VECTORS: [(&str, &str, i64, &str, &str); 3] = [
    (
        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        1_649_367_553,
        r#"{"email":"test@example.com","username":"test_user"}"#,
        "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
    ),
    (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330,
        r#"{"test": 2432232314}"#,
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
    (
        "whsec_plJ3nmyCDGBKInavdOK15jsl",
        "msg_loFOjxBNrRLzqYUf",
        1_731_705_121,
        r#"{"event_type":"ping","data":{"success":true}}"#,
        "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
    ),
];

fn at(seconds: i64) -> Moment {
    DateTime::from_timestamp(seconds, 0).expect("a moment")
}

fn read<'a>(headers: &'a [(&str, String)], body: &str, now: Moment) -> Result<TaskEvent, SignatureError> {
    let header =
        |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value): &'a (_, String)| value.as_str());
    unwrap_at(body.as_bytes(), header, SECRET, now)
}

#[test]
fn the_vectors_of_standard_webhooks_are_signed_so() {
    for (secret, id, sent, body, signature) in VECTORS {
        let headers = test_headers(body.as_bytes(), secret, id, at(sent));
        assert_eq!(headers[3].1, signature);
        let rotated = format!("v1,AAAA {signature}");
        assert!(is_standard(&[id, &sent.to_string()], body.as_bytes(), &rotated, secret));
    }
}

#[test]
fn a_signed_event_is_read_in_its_time_only() {
    let headers = test_headers(BODY.as_bytes(), SECRET, "evt_1", at(1_000_000));
    for (now, fine) in [(1_000_000, true), (1_000_300, true), (999_700, true), (1_000_301, false), (999_699, false)] {
        assert_eq!(read(&headers, BODY, at(now)).is_ok(), fine, "{now}");
    }
    assert_eq!(read(&headers, BODY, at(1_000_000)).map(|event| event.task_id), Ok("task_1".to_owned()));
}

#[test]
fn whoever_sends_the_newer_signature_is_held_to_it() {
    let good = test_headers(BODY.as_bytes(), SECRET, "evt_1", at(1_000_000));
    for (name, value) in [
        ("webhook-signature", ""),
        ("webhook-signature", "v1,"),
        ("webhook-signature", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ("webhook-id", "evt_2"),
        ("webhook-timestamp", "1000001"),
        ("webhook-timestamp", "1e6"),
    ] {
        let headers =
            good.clone().map(|(known, old)| if known == name { (known, value.to_owned()) } else { (known, old) });
        assert_eq!(read(&headers, BODY, at(1_000_000)), Err(SignatureError::NotSigned), "{name}: {value}");
    }
    assert_eq!(read(&good, &format!("{BODY} "), at(1_000_000)), Err(SignatureError::NotSigned));
}

#[test]
fn the_older_signature_is_enough_where_it_is_alone() {
    let [.., older] = test_headers(BODY.as_bytes(), SECRET, "evt_1", at(0));
    assert!(read(std::slice::from_ref(&older), BODY, at(1_000_000)).is_ok());
    assert_eq!(read(&[("x-humanops-signature", older.1.to_uppercase())], BODY, at(0)), Err(SignatureError::NotSigned));
    assert_eq!(read(&[], BODY, at(0)), Err(SignatureError::NotSigned));
}

#[test]
fn what_is_signed_and_no_event_is_said_to_be_none() {
    let [.., older] = test_headers(b"{}", SECRET, "evt_1", at(0));
    assert_eq!(read(&[older], "{}", at(0)), Err(SignatureError::NoEvent));
}
