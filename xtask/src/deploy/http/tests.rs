//! Words of an answer, as JSON writers put them.

use super::text_of;

#[test]
fn a_text_is_found_with_and_without_space_before_it() {
    let json = r#"[{"OutputKey": "ApiId", "OutputValue": "4f2a"}, {"OutputKey":"ApiUrl","OutputValue":"http://a"}]"#;
    for (field, text) in [("OutputKey", Some("ApiId")), ("OutputValue", Some("4f2a")), ("Output", None)] {
        assert_eq!(text_of(json, field).as_deref(), text, "{field}");
    }
    assert_eq!(text_of(r#"{"n": 7, "open": "end"#, "n"), None);
    assert_eq!(text_of(r#"{"n": 7, "open": "end"#, "open"), None);
}
