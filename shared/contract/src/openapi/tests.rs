//! The document as its readers need it, and against the one that is committed.

use super::*;
use crate::endpoint::{Endpoint, Input, Output};
use std::collections::{BTreeMap, BTreeSet};

fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let mut all = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().expect("methods") {
            all.push((format!("{} {path}", method.to_uppercase()), operation));
        }
    }
    all
}

fn is_valid(schema: &Value, document: &Value, value: &Value) -> Result<(), String> {
    let schema = json!({ "allOf": [schema], "components": document["components"] });
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    validator.validate(value).map_err(|error| format!("{}: {error}", error.instance_path()))
}

#[test]
fn each_endpoint_is_an_operation_with_a_name_of_its_own() {
    let document = document();
    let found: BTreeSet<String> = operations(&document).into_iter().map(|(route, _)| route).collect();
    let described: BTreeSet<String> = crate::endpoints().map(|endpoint| endpoint.route.to_string()).collect();
    assert_eq!(found, described);
    let names: BTreeSet<&str> = crate::endpoints().map(|endpoint| endpoint.operation).collect();
    assert_eq!(names.len(), found.len(), "two operations have one name");
    let camel = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
    };
    assert!(names.iter().all(camel), "{names:?}");
}

#[test]
fn each_operation_has_a_summary_its_errors_and_who_may_call_it() {
    for endpoint in crate::endpoints() {
        let name = endpoint.operation;
        assert!(
            !endpoint.summary.is_empty() && !endpoint.summary.ends_with('.'),
            "{name}: a summary is one line without a stop"
        );
        assert!(endpoint.about.is_empty() || endpoint.about.ends_with('.'), "{name}: what else is said is sentences");
        let own: Vec<_> = endpoint.errors.iter().filter(|code| !endpoint.codes().contains(code)).collect();
        assert!(own.is_empty(), "{name}: {own:?}");
        assert_eq!(endpoint.id.is_some(), endpoint.route.path.contains("{id}"), "{name}: an id goes with its path");
    }
}

#[test]
fn each_example_fits_its_schema() {
    let document = document();
    let mut checked = 0;
    for endpoint in crate::endpoints() {
        let operation = &document["paths"][endpoint.route.path][endpoint.route.method.word().to_lowercase()];
        if matches!(endpoint.input, Input::Body(_) | Input::Foreign(_)) {
            let content = &operation["requestBody"]["content"]["application/json"];
            is_valid(&content["schema"], &document, &content["example"])
                .unwrap_or_else(|error| panic!("{}: {error}", endpoint.operation));
            checked += 1;
        }
        if matches!(endpoint.output, Output::Json(_)) {
            let content = &operation["responses"][endpoint.success.to_string()]["content"]["application/json"];
            assert!(!content["example"].is_null(), "{} has no example of its answer", endpoint.operation);
            is_valid(&content["schema"], &document, &content["example"])
                .unwrap_or_else(|error| panic!("{}: {error}", endpoint.operation));
            checked += 1;
        }
    }
    assert!(checked > 50, "only {checked} examples were checked");
}

/// Objects that are described where they are used, by where.
fn inline_objects(value: &Value, path: &str, found: &mut BTreeMap<String, Vec<String>>) {
    if value["type"] == "object" && value["properties"].is_object() {
        found.entry(value["properties"].to_string()).or_default().push(path.to_owned());
    }
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| inline_objects(member, &format!("{path}/{name}"), found))
        }
        Value::Array(entries) => {
            entries.iter().enumerate().for_each(|(i, entry)| inline_objects(entry, &format!("{path}/{i}"), found))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn no_object_is_described_twice() {
    let mut found = BTreeMap::new();
    inline_objects(&document(), "", &mut found);
    assert!(found.len() > 50, "only {} objects are described", found.len());
    let twice: Vec<_> = found.into_values().filter(|places| places.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let outside = document();
    let mut in_paths = BTreeMap::new();
    inline_objects(&outside["paths"], "", &mut in_paths);
    assert!(in_paths.is_empty(), "described where they are used: {in_paths:?}");
}

#[test]
fn a_link_leads_to_an_operation_by_a_field_of_the_reply() {
    let document = document();
    let mut followed = 0;
    for endpoint in crate::endpoints() {
        let reply: Value = serde_json::from_str(endpoint.example.reply).unwrap_or_default();
        for (operation, field) in endpoint.links {
            let there = crate::endpoints()
                .find(|endpoint| endpoint.operation == *operation)
                .map(|endpoint: &Endpoint| endpoint.id.is_some());
            assert_eq!(there, Some(true), "{} links to {operation}", endpoint.operation);
            assert!(reply[field].is_string(), "{} has no {field} to link by", endpoint.operation);
            followed += 1;
        }
    }
    assert!(followed >= 3 && document["paths"]["/tasks"]["post"]["responses"]["201"]["links"]["getTask"].is_object());
}

#[test]
fn the_committed_files_are_those_of_the_code() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (path, text) in crate::files() {
        let committed = std::fs::read_to_string(root.join(&path)).unwrap_or_default();
        assert!(committed == text, "{path} is stale: run cargo xtask openapi");
    }
}

#[test]
fn nothing_that_a_client_relies_on_was_taken_away() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let committed = serde_json::from_str(&std::fs::read_to_string(path).expect("docs/openapi.json")).expect("JSON");
    let breaks = crate::openapi::breaks(&committed, &document());
    assert!(breaks.is_empty(), "incompatible with docs/openapi.json:\n{}", breaks.join("\n"));
}
