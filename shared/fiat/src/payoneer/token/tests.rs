//! How long a token is good, and what is none.

use super::{NoToken, read};
use crate::wire::Answer;
use domain::Timestamp;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn granted(expires_in: i64) -> super::Kept {
    let body = format!(r#"{{"access_token":"abc","token_type":"Bearer","expires_in":{expires_in}}}"#);
    read(&Answer { status: 200, body: body.into_bytes() }, NOW).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_token_is_good_until_shortly_before_its_end() {
    for (expires_in, after_s, expected) in [
        (3_600, 0, true),
        (3_600, 3_539, true),
        (3_600, 3_540, false),
        (61, 0, true),
        (60, 0, false),
        (0, 0, false),
        (-5, 0, false),
        (i64::MAX, 86_400, true),
        (i64::MAX, 31 * 86_400, false),
    ] {
        let good = granted(expires_in).is_good(NOW.plus_seconds(after_s));
        assert_eq!(good, expected, "{expires_in} after {after_s}");
    }
}

#[test]
fn a_refusal_says_oauths_word_and_nothing_else() {
    for (status, body, word) in [
        (401, r#"{"error":"invalid_client","error_description":"secret s3cr3t is wrong"}"#, "invalid_client"),
        (500, "s3cr3t", ""),
        (302, r#"{"access_token":"abc","expires_in":3600}"#, ""),
        (200, r#"{"access_token":"a b","expires_in":3600}"#, ""),
        (200, r#"{"access_token":"","expires_in":3600}"#, ""),
        (200, r#"{"access_token":"abc"}"#, ""),
    ] {
        let answer = Answer { status, body: body.as_bytes().to_vec() };
        let expected = NoToken::Refused { status, word: word.to_owned() };
        assert_eq!(read(&answer, NOW).err(), Some(expected), "{body}");
    }
}
