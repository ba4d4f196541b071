//! The template as JSON: CloudFormation's short tags in their long form. Resolves nothing.

use crate::repository::text;
use serde_json::{Map, Value, json};
use serde_yaml_ng::Value as Yaml;
use std::sync::OnceLock;

/// `template.yaml`, read once.
pub(super) fn sam() -> &'static Value {
    static SAM: OnceLock<Value> = OnceLock::new();
    SAM.get_or_init(|| long_form(&text("template.yaml")))
}

/// A function and its properties.
pub(super) struct Function {
    /// `tasks`, as in `functions/tasks`.
    pub(super) folder: String,
    pub(super) properties: Value,
}

impl Function {
    /// The function that is deployed from `target/lambda/<folder>/`.
    pub(super) fn new(name: &str, resource: &Value) -> Self {
        let properties = properties(resource).clone();
        let code = word(&properties["CodeUri"]);
        let folder = code.strip_prefix("target/lambda/").and_then(|rest| rest.strip_suffix('/'));
        let folder = folder.unwrap_or_else(|| unreachable!("{name} comes from `{code}`, where nothing is built"));
        Self { folder: folder.to_owned(), properties }
    }

    /// Its event sources of a type, by name.
    pub(super) fn events(&self, kind: &str) -> impl Iterator<Item = (&String, &Value)> {
        let events = self.properties["Events"].as_object().into_iter().flatten();
        events.filter(move |(_, event)| event["Type"] == kind).map(|(name, event)| (name, properties(event)))
    }
}

/// All functions.
pub(super) fn functions(template: &Value) -> impl Iterator<Item = Function> {
    of_type(template, "AWS::Serverless::Function").map(|(name, resource)| Function::new(name, resource))
}

/// The resources of a type, by logical id.
pub(super) fn of_type<'a>(template: &'a Value, kind: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let resources = template["Resources"].as_object().expect("a template has resources");
    resources.iter().filter(move |(_, resource)| resource["Type"] == kind)
}

/// What a resource is made of.
pub(super) fn properties(resource: &Value) -> &Value {
    &resource["Properties"]
}

/// A text that must be there.
pub(super) fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| unreachable!("the template's form changed: {value} is no text"))
}

/// The members of a list, or the one value that stands for it.
pub(super) fn several(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// A template, from its text.
pub(super) fn long_form(yaml: &str) -> Value {
    json_of(serde_yaml_ng::from_str(yaml).expect("a template is YAML"))
}

fn json_of(yaml: Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => json!(flag),
        Yaml::Number(number) => serde_json::to_value(number).expect("a finite number"),
        Yaml::String(text) => json!(text),
        Yaml::Sequence(items) => items.into_iter().map(json_of).collect(),
        Yaml::Mapping(entries) => {
            let named = |key: Yaml| key.as_str().expect("keys are texts").to_owned();
            Value::Object(entries.into_iter().map(|(key, value)| (named(key), json_of(value))).collect())
        }
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let name = tag.trim_start_matches('!');
            let name = if name == "Ref" { name.to_owned() } else { format!("Fn::{name}") };
            Value::Object(Map::from_iter([(name, json_of(tagged.value))]))
        }
    }
}

#[test]
fn short_tags_are_written_out() {
    let long = long_form("{a: !Ref Api, b: !GetAtt Api.Arn, c: !If [IsLive, 90, 14], d: !Sub '${Api}/*'}");
    let wanted = json!({
        "a": {"Ref": "Api"},
        "b": {"Fn::GetAtt": "Api.Arn"},
        "c": {"Fn::If": ["IsLive", 90, 14]},
        "d": {"Fn::Sub": "${Api}/*"},
    });
    assert_eq!(long, wanted);
}
