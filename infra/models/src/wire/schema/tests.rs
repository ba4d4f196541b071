//! Schemas, and what is wrong with each.

use super::*;
use serde_json::json;

#[test]
fn a_schema_is_closed_in_every_part_and_has_only_what_is_known() {
    let of = |properties: Value, required: Value| json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": required });
    let verdict = || json!({ "type": "string", "enum": ["met", "not_met"] });
    let open = json!({ "type": "object", "properties": {}, "required": [] });
    let cases = [
        (of(json!({ "verdict": verdict() }), json!(["verdict"])), None),
        (of(json!({ "all": { "type": "array", "items": verdict() } }), json!(["all"])), None),
        (verdict(), Some("root")),
        (open.clone(), Some("additionalProperties")),
        (of(json!({ "verdict": verdict() }), json!([])), Some("required")),
        (of(json!({ "inner": open.clone() }), json!(["inner"])), Some("/inner")),
        (of(json!({ "all": { "type": "array", "items": open.clone() } }), json!(["all"])), Some("/all/*")),
        (of(json!({ "one": { "anyOf": [open] } }), json!(["one"])), Some("/one/*")),
        (of(json!({ "score": { "type": "integer", "minimum": 0 } }), json!(["score"])), Some("minimum")),
        (of(json!({ "score": { "oneOf": [] } }), json!(["score"])), Some("oneOf")),
        (of(json!({ "score": 1 }), json!(["score"])), Some("none")),
    ];
    for (schema, complaint) in cases {
        let said = check(&schema, &[]).err();
        assert_eq!(said.is_some(), complaint.is_some(), "{schema}: {said:?}");
        assert!(said.unwrap_or_default().contains(complaint.unwrap_or_default()), "{schema}");
    }
    let scored = of(json!({ "score": { "type": "integer", "minimum": 0 } }), json!(["score"]));
    assert_eq!(check(&scored, &OF_OPENAI), Ok(()));
}
