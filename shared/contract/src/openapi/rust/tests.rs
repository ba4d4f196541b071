//! Names, and what becomes of each form of a schema.

use super::*;
use serde_json::json;

#[test]
fn names_are_those_that_rust_would_give() {
    for (name, expected) in [
        ("PENDING", "Pending"),
        ("MANUAL_REVIEW", "ManualReview"),
        ("task.manual_review", "TaskManualReview"),
        ("dns_failed", "DnsFailed"),
        ("createTask", "CreateTask"),
        ("kyc_status", "KycStatus"),
    ] {
        assert_eq!(pascal(name), expected);
    }
    assert_eq!([snake("createTask"), snake("submittedAt"), field("type")], ["create_task", "submitted_at", "kind"]);
}

#[test]
fn each_form_has_its_type() {
    let mut schemas = serde_json::Map::new();
    let properties = json!({
        "a_usd": { "type": "number", "format": "decimal" }, "at": { "type": ["string", "null"], "format": "date-time" },
        "count": { "type": "integer", "format": "uint8" }, "list": { "type": "array", "items": { "$ref": "#/x/Word" } },
        "maybe": { "anyOf": [{ "$ref": "#/x/Word" }, { "type": "null" }] }, "share": { "type": "number" },
        "inline": { "type": "string", "enum": ["*", "task.created"] }, "camelCase": { "type": "boolean" },
    });
    let required: Vec<&String> =
        properties.as_object().expect("properties").keys().filter(|name| *name != "share").collect();
    schemas.insert("Thing".into(), json!({ "type": "object", "required": required, "properties": properties }));
    schemas.insert("Word".into(), json!({ "type": "string", "enum": ["ONE", "TWO_THREE"] }));
    let text = types::file(&json!({ "components": { "schemas": schemas }, "paths": {} }));
    for line in [
        "pub a_usd: Usd,",
        "pub at: Option<Moment>,",
        "pub count: u8,",
        "pub list: Vec<Word>,",
        "pub maybe: Option<Word>,",
        "pub share: Option<f64>,",
        "pub inline: ThingInline,",
        "#[serde(rename = \"camelCase\")]",
        "TwoThree = \"TWO_THREE\",",
        "All = \"*\",",
    ] {
        assert!(text.contains(line), "{line}:\n{text}");
    }
}
