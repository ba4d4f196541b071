//! What goes into a tool and comes out of it, as JSON Schema: made of the API's description, and short, because a model reads
//! all of it before its first question.

use crate::session::Home;
use crate::tools::{Field, Kind, Param, Tool};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// The API's description: the file, because what writes it would bring every endpoint's texts along.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let written = include_str!("../../../docs/openapi.json");
    serde_json::from_str(written).expect("the description is JSON")
});
/// References within references that are followed.
const DEPTH_MAX: usize = 4;
/// What a model has no use for.
const UNREAD: [&str; 4] = ["pattern", "additionalProperties", "examples", "format"];

/// The schema of a tool's arguments.
pub(crate) fn input(tool: &Tool, home: &Home) -> Map<String, Value> {
    let params = tool.params(home);
    let mut properties = Map::new();
    for param in &params {
        properties.insert(param.name.to_owned(), property(tool, param));
    }
    let required: Vec<&str> = params.iter().filter(|param| param.is_required).map(|param| param.name).collect();
    let mut schema = Map::from_iter([("type".to_owned(), json!("object"))]);
    if !properties.is_empty() {
        schema.insert("properties".to_owned(), properties.into());
    }
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

/// The schema of what a tool answers.
pub(crate) fn output(fields: &[Field]) -> Map<String, Value> {
    let kind = |kind: Kind| match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Amount => json!({ "type": "number" }),
        Kind::Count => json!({ "type": "integer" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::List => json!({ "type": "array", "items": { "type": "object" } }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Object => json!({ "type": "object" }),
        Kind::MaybeText => json!({ "type": ["string", "null"] }),
        Kind::MaybeCount => json!({ "type": ["integer", "null"] }),
        Kind::MaybeObject => json!({ "type": ["object", "null"] }),
    };
    let properties: Map<String, Value> = fields.iter().map(|field| (field.name.to_owned(), kind(field.kind))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.is_always).map(|field| field.name).collect();
    Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), properties.into()),
        ("required".to_owned(), json!(required)),
    ])
}

fn property(tool: &Tool, param: &Param) -> Value {
    let mut schema = match param.own {
        Some(own) => own(),
        None => short(described(tool.operation, param.field), 0),
    };
    if let Some(about) = param.about {
        schema["description"] = about.into();
    }
    if let Some(words) = param.words {
        schema["enum"] = words().into();
    }
    schema
}

/// The schema of a field of an operation's path, query or body.
fn described(operation: &str, field: &str) -> Value {
    let paths = DOCUMENT["paths"].as_object().into_iter().flatten();
    let mut operations = paths.flat_map(|(_, methods)| methods.as_object().into_iter().flatten());
    let found = operations.find(|(_, described)| described["operationId"] == operation);
    let (_, described) = found.expect("a tool's operation is one of the API's");
    let body = &described["requestBody"]["content"]["application/json"]["schema"];
    if let Some(property) = target(body).and_then(|body| body["properties"].get(field)) {
        return property.clone();
    }
    let mut parameters = described["parameters"].as_array().into_iter().flatten();
    let parameter = parameters.find(|parameter| parameter["name"] == field);
    let parameter = parameter.expect("a tool's argument is a field of its operation");
    let mut schema = parameter["schema"].clone();
    schema["description"] = parameter["description"].clone();
    schema
}

/// What a reference is to.
fn target(schema: &Value) -> Option<&'static Value> {
    let name = schema["$ref"].as_str()?.rsplit('/').next()?;
    DOCUMENT["components"]["schemas"].get(name)
}

/// The same without what is said elsewhere: references, null, patterns.
fn short(schema: Value, depth: usize) -> Value {
    let about = schema["description"].as_str().map(ToOwned::to_owned);
    let mut schema = bare(schema);
    if let Some(target) = target(&schema).filter(|_| depth < DEPTH_MAX) {
        schema = bare(target.clone());
    }
    let Some(fields) = schema.as_object_mut() else { return schema };
    fields.retain(|name, value| !UNREAD.contains(&name.as_str()) || name == "format" && value == "date-time");
    if fields.get("minLength").is_some_and(|length| length == 1) {
        fields.remove("minLength");
    }
    if let Some(types) = fields.get("type").and_then(Value::as_array) {
        let kind = types.iter().find(|kind| *kind != "null").cloned().unwrap_or_default();
        fields.insert("type".to_owned(), kind);
    }
    if let Some(items) = fields.remove("items") {
        fields.insert("items".to_owned(), short(items, depth + 1));
    }
    if let Some(Value::Object(properties)) = fields.remove("properties") {
        let properties: Map<String, Value> =
            properties.into_iter().map(|(name, value)| (name, short(value, depth + 1))).collect();
        fields.insert("properties".to_owned(), properties.into());
    }
    if let Some(about) = about {
        fields.insert("description".to_owned(), about.into());
    }
    schema
}

/// Of several forms the first: amounts are numbers first, and what may be null is something first.
fn bare(schema: Value) -> Value {
    let forms = ["oneOf", "anyOf"].iter().find_map(|key| schema[*key].as_array());
    forms.and_then(|forms| forms.first()).cloned().unwrap_or(schema)
}
