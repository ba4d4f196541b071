//! Answers as servers other than OpenAI's give them too, and requests down to their bytes.

use super::*;

fn settings(dialect: Dialect) -> Settings {
    Settings { base: "http://localhost:11434/v1".parse().unwrap(), model: "qwen3-vl".to_owned(), key: None, dialect }
}

#[test]
fn a_request_is_what_the_wire_says() {
    let schema = json!({ "type": "object" });
    let parts = [Part::Text("one"), Part::Jpeg(&[0xFF, 0xD8]), Part::Text("two")];
    let question =
        Question { instructions: "Look.", parts: &parts, schema_name: "seen", schema: &schema, answer_tokens_max: 700 };
    let mut expected = json!({
        "model": "qwen3-vl",
        "messages": [
            { "role": "system", "content": "Look." },
            { "role": "user", "content": [
                { "type": "text", "text": "one" },
                { "type": "image_url", "image_url": { "url": "data:image/jpeg;base64,/9g=" } },
                { "type": "text", "text": "two" },
            ] },
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": { "name": "seen", "strict": true, "schema": { "type": "object" } },
        },
        "temperature": 0,
        "max_tokens": 700,
    });
    assert_eq!(request(&settings(Dialect::Common), &question), expected);

    let fields = expected.as_object_mut().unwrap();
    fields.remove("temperature");
    fields.remove("max_tokens");
    fields.insert("max_completion_tokens".to_owned(), json!(700));
    assert_eq!(request(&settings(Dialect::Reasoning), &question), expected);
}

#[test]
fn an_answer_is_one_choice_that_ended_by_itself_and_says_what_it_cost() {
    let odd = |why: &str| Err(Unanswered::odd(why));
    let no_completion = || odd("it is no chat completion with one choice");
    let no_end = || odd("it ended neither with a text nor for a reason that is known");
    let good = || Answer { json: "{}".to_owned(), usage: Usage { input: 5, output: 2 } };
    let usage = r#""usage":{"prompt_tokens":5,"completion_tokens":2}"#;
    let of = |choices: &str| format!(r#"{{"choices":[{choices}],{usage}}}"#);
    let stop = r#"{"finish_reason":"stop","message":{"content":"{}"}}"#;
    for (body, expected) in [
        (of(stop), Ok(good())),
        (
            of(r#"{"finish_reason":"stop","message":{"content":"{}","refusal":"","reasoning":"x"},"index":0}"#),
            Ok(good()),
        ),
        (of(r#"{"finish_reason":"stop","message":{"content":null,"refusal":"No."}}"#), Err(Unanswered::Refused)),
        (of(r#"{"finish_reason":"stop","message":{"content":"{}","refusal":"No."}}"#), Err(Unanswered::Refused)),
        (of(r#"{"finish_reason":"content_filter","message":{"content":"{}"}}"#), Err(Unanswered::Refused)),
        (of(r#"{"finish_reason":"length","message":{"content":"{}"}}"#), Err(Unanswered::Truncated)),
        (of(r#"{"finish_reason":"stop","message":{"content":"no"}}"#), odd("its text is not JSON")),
        (of(r#"{"finish_reason":"stop","message":{"content":null}}"#), no_end()),
        (of(r#"{"finish_reason":"tool_calls","message":{"content":"{}","tool_calls":[]}}"#), no_end()),
        (of(r#"{"finish_reason":null,"message":{"content":"{}"}}"#), no_completion()),
        (of(""), no_completion()),
        (of(&format!("{stop},{stop}")), no_completion()),
        (format!(r#"{{"choices":[{stop}]}}"#), no_completion()),
        ("{}".to_owned(), no_completion()),
        ("<html>".to_owned(), no_completion()),
        (String::new(), no_completion()),
    ] {
        assert_eq!(answer(body.as_bytes()), expected, "{body}");
    }
}

#[test]
fn a_refusal_by_status_is_known_by_its_code_and_never_repeated() {
    for (status, body, expected) in [
        (400, r#"{"error":{"code":"content_filter"}}"#, Failed::ForGood(Unanswered::Refused)),
        (400, r#"{"error":{"code":"context_length_exceeded"}}"#, Failed::ForGood(Unanswered::TooLarge)),
        (
            400,
            r#"{"error":{"code":"unsupported_parameter","message":"sk-1"}}"#,
            Failed::ForGood(Unanswered::odd("400 unsupported_parameter")),
        ),
        (400, r#"{"error":{"code":"you sent sk-1"}}"#, Failed::ForGood(Unanswered::odd("400"))),
        (404, r#"{"error":"model not found"}"#, Failed::ForGood(Unanswered::odd("404"))),
        (500, "<html>", Failed::ForNow(None)),
        // A word in a body does not make a refusal of what is none.
        (500, r#"{"error":{"code":"content_filter"}}"#, Failed::ForNow(None)),
    ] {
        assert_eq!(refusal(status, body.as_bytes(), None), expected, "{body}");
    }
}
