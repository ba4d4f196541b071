//! Trap 19: complaints with any status.

use super::of;
use crate::payoneer::{Error, Refusal};
use crate::wire::Answer;

/// `r` refused for good, `t` refused for now, `u` unknown, `-` no complaint.
fn read(status: u16, body: &str) -> char {
    match of(&Answer { status, body: body.as_bytes().to_vec() }).map(|complaint| complaint.into_error(status)) {
        None => '-',
        Some(Error::Refused(Refusal { lasting: true, .. })) => 'r',
        Some(Error::Refused(Refusal { lasting: false, .. })) => 't',
        Some(Error::Unknown(_)) => 'u',
        Some(other) => panic!("{other:?}"),
    }
}

#[test]
fn po18_what_a_complaint_means_for_the_payout() {
    let precise = r#"{"error":"Bad Request","error_description":"d","error_details":{"code":400,"sub_code":1000}}"#;
    let internal = r#"{"error":"Internal Server Error","error_details":{"code":500}}"#;
    for (status, body, expected) in [
        (400, precise, 'r'),
        (404, precise, 'r'),
        (422, precise, 'r'),
        (200, precise, 'r'),
        (201, precise, 'r'),
        (200, r#"{"status":"Failure","error_code":"10301","description":"d"}"#, 'r'),
        (200, r#"{"status":"FAILURE"}"#, 'u'),
        (200, r#"{"error":"something"}"#, 'u'),
        (200, internal, 'u'),
        (400, internal, 'u'),
        (500, precise, 'u'),
        (503, precise, 'u'),
        (302, precise, 'u'),
        (408, precise, 'u'),
        (409, precise, 'u'),
        (401, precise, 't'),
        (403, precise, 't'),
        (429, precise, 't'),
        (200, r#"{"result":"Payments Created","error":null,"status":"Success"}"#, '-'),
        (200, "{}", '-'),
        (500, "<html>", '-'),
        (200, "[]", '-'),
    ] {
        assert_eq!(read(status, body), expected, "{status} {body}");
    }
}

#[test]
fn po18_a_code_is_found_in_each_of_its_places() {
    for (body, expected) in [
        (r#"{"error":"x","error_details":{"code":404,"sub_code":2306}}"#, true),
        (r#"{"error":"x","error_details":{"code":2306}}"#, true),
        (r#"{"error":"x","error_details":{"code":"2306"}}"#, true),
        (r#"{"error_code":"2306"}"#, true),
        (r#"{"error":"2306"}"#, false),
        (r#"{"error":"x","error_description":"2306","error_details":{"code":23060}}"#, false),
        (r#"{"error":"x","error_details":{"errors":[{"code":2306}]}}"#, false),
    ] {
        let complaint = of(&Answer { status: 404, body: body.as_bytes().to_vec() }).unwrap();
        assert_eq!(complaint.names(2306), expected, "{body}");
    }
}

#[test]
fn a_long_complaint_is_cut() {
    let body = format!(r#"{{"error":"{}","error_details":{{"code":1}}}}"#, "x".repeat(9_000));
    let error = of(&Answer { status: 400, body: body.into_bytes() }).unwrap().into_error(400);
    assert!(error.to_string().len() < 300);
}
