//! Texts of models, as they are and as they should be.

use super::*;

#[test]
fn only_one_json_value_alone_is_an_answer() {
    for (text, fine) in [
        (r#"{"verdict":"met"}"#, true),
        (" {\"verdict\":\n\"met\"}\n", true),
        ("[]", true),
        ("", false),
        ("met", false),
        (r#"{"verdict":"met"} {"verdict":"met"}"#, false),
        (r#"{"verdict":"met"}."#, false),
        (r#"Here it is: {"verdict":"met"}"#, false),
        ("```json\n{\"verdict\":\"met\"}\n```", false),
        (r#"{"verdict":"met""#, false),
        (r#"{verdict:"met"}"#, false),
        ("{\"verdict\":\"\u{7}\"}", false),
        (r#"{"confidence":NaN}"#, false),
        ("\u{feff}{}", false),
    ] {
        assert_eq!(json(text.to_owned()).is_ok(), fine, "{text}");
    }
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    assert!(json(deep).is_err());
}

#[test]
fn a_sentence_is_no_code() {
    for (text, fine) in [
        ("context_length_exceeded", true),
        ("ValidationException", true),
        ("", false),
        ("Your key sk-123 is wrong", false),
        ("a\nb", false),
        (&"a".repeat(65), false),
    ] {
        assert_eq!(code(text).is_some(), fine, "{text}");
    }
}
