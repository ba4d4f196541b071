//! Trap 18: which answer means what.

use super::{Error, of};
use crate::wire::Answer;

fn read(status: u16, body: &str) -> Error {
    of(&Answer { status, body: body.as_bytes().to_vec() })
}

#[test]
fn fx_the_code_decides_and_not_the_status_alone() {
    let denied = |status, code| Error::Denied { status, code, said: "m".to_owned() };
    for (status, body, expected, lasting) in [
        (404, r#"{"code":4000,"message":"m"}"#, Error::NotFound, true),
        (404, r#"{"code":4001,"message":"m"}"#, Error::NotFound, true),
        (404, "NOT_FOUND", Error::unusable(404, "it is no answer of its API"), false),
        (404, r#"{"code":9,"message":"m"}"#, Error::Refused { status: 404, code: 9, said: "m".to_owned() }, true),
        (400, r#"{"code":5000,"message":"m"}"#, denied(400, 5000), false),
        (400, r#"{"code":5001,"message":"m","param":"X-Date"}"#, denied(400, 5001), false),
        (403, r#"{"code":3001,"message":"m"}"#, denied(403, 3001), false),
        (
            400,
            r#"{"code":5001,"message":"m","param":"country"}"#,
            Error::Refused { status: 400, code: 5001, said: "m".to_owned() },
            true,
        ),
        (429, r#"{"code":1,"message":"m"}"#, Error::unusable(429, "it has no time for us"), false),
        (500, r#"{"code":7000,"message":"m"}"#, Error::unusable(500, "it failed"), false),
        (302, "", Error::unusable(302, "it is no answer of its API"), false),
    ] {
        let error = read(status, body);
        assert_eq!(error, expected, "{status} {body}");
        assert_eq!(error.is_lasting(), lasting, "{status} {body}");
    }
}

#[test]
fn a_long_message_is_cut() {
    let body = format!(r#"{{"code":5003,"message":"{}"}}"#, "x".repeat(5_000));
    assert!(read(400, &body).to_string().len() < 300);
}
