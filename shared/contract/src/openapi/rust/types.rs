//! The schemas as types.

use super::{comment, field, pascal, referred};
use crate::endpoint::Code;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const HEAD: &str = "\
//! What goes in and out, from the API's description. Written by `cargo xtask openapi`, not by hand.

use crate::request::items::listed;
use crate::words::words;
use crate::{Moment, Secret, Usd};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
";
/// Fields that no log shall show.
const SECRETS: [&str; 2] = ["api_key", "callback_secret"];
const INTEGERS: [(&str, &str); 7] = [
    ("uint8", "u8"),
    ("uint16", "u16"),
    ("uint32", "u32"),
    ("uint64", "u64"),
    ("uint", "u64"),
    ("int32", "i32"),
    ("int64", "i64"),
];

/// All types of the document, in the order of their names.
pub(super) fn file(document: &Value) -> String {
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let requests = requests(document, schemas);
    let mut types = Types { text: HEAD.to_owned(), inline: Vec::new() };
    for (name, schema) in schemas.iter().filter(|(name, _)| *name != "Nothing") {
        types.write(name, schema, requests.contains(name.as_str()));
    }
    for (name, parameters) in queries(document) {
        types.query(&name, parameters);
    }
    for (name, about, words) in std::mem::take(&mut types.inline) {
        types.words(&name, about.as_deref(), &words);
    }
    let codes: Vec<String> = Code::ALL.iter().map(|code| code.word().to_owned()).collect();
    types.words("ErrorCode", Some("Why a request was refused: docs/ERRORS.md says what to do."), &codes);
    types.lists(schemas);
    types.text
}

/// Names of the schemas that clients write.
fn requests<'a>(document: &'a Value, schemas: &'a Map<String, Value>) -> BTreeSet<&'a str> {
    let operations = document["paths"].as_object().into_iter().flatten();
    let operations = operations.flat_map(|(_, methods)| methods.as_object().into_iter().flatten());
    let bodies = operations
        .filter_map(|(_, operation)| referred(&operation["requestBody"]["content"]["application/json"]["schema"]));
    let mut known = BTreeSet::new();
    let mut open: Vec<&str> = bodies.collect();
    while let Some(name) = open.pop() {
        let properties = schemas[name]["properties"].as_object().into_iter().flatten();
        if known.insert(name) {
            open.extend(properties.filter_map(|(_, schema)| named(schema)));
        }
    }
    known
}

/// The type that a property refers to, itself or beside null.
fn named(schema: &Value) -> Option<&str> {
    let alternatives = ["oneOf", "anyOf"].iter().filter_map(|key| schema[*key].as_array()).flatten();
    referred(schema).or_else(|| alternatives.filter_map(referred).next())
}

/// The queries that have fields, by the name of their type.
fn queries(document: &Value) -> impl Iterator<Item = (String, Vec<&Value>)> {
    let operations = document["paths"].as_object().into_iter().flatten();
    let operations = operations.flat_map(|(_, methods)| methods.as_object().into_iter().flatten());
    operations.filter_map(|(_, operation)| {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let fields: Vec<&Value> = parameters.filter(|parameter| parameter["in"] == "query").collect();
        let name = pascal(operation["operationId"].as_str()?);
        (!fields.is_empty()).then_some((name, fields))
    })
}

/// A property: name, schema, what it is, and whether it must be there.
struct Property<'a> {
    name: &'a str,
    schema: &'a Value,
    about: Option<&'a str>,
    is_required: bool,
}

struct Types {
    text: String,
    /// Lists of words without a name of their own: the name given, what they are, the words.
    inline: Vec<(String, Option<String>, Vec<String>)>,
}

impl Types {
    fn write(&mut self, name: &str, schema: &Value, is_request: bool) {
        let about = schema["description"].as_str();
        if let Some(words) = words(schema) {
            return self.words(name, about, &words);
        }
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let of = |(name, schema): (&'_ String, &'_ Value)| (name.clone(), schema.clone());
        let properties: Vec<(String, Value)> = schema["properties"].as_object().into_iter().flatten().map(of).collect();
        let place = |name: &str| required.iter().position(|known| *known == name).unwrap_or(usize::MAX);
        let mut properties: Vec<Property<'_>> = properties
            .iter()
            .map(|(name, schema)| Property {
                name,
                schema,
                about: schema["description"].as_str(),
                is_required: required.contains(&name.as_str()),
            })
            .collect();
        properties.sort_by_key(|property| place(property.name));
        self.structure(name, about, &properties, is_request);
    }

    fn query(&mut self, name: &str, parameters: Vec<&Value>) {
        let property =
            |parameter: &'_ Value| (parameter["name"].as_str().unwrap_or_default().to_owned(), parameter.clone());
        let parameters: Vec<(String, Value)> = parameters.into_iter().map(property).collect();
        let mut properties: Vec<Property<'_>> = parameters
            .iter()
            .map(|(name, parameter)| Property {
                name,
                schema: &parameter["schema"],
                about: parameter["description"].as_str(),
                is_required: parameter["required"] == true,
            })
            .collect();
        properties.sort_by_key(|property| !property.is_required);
        self.structure(name, Some("What is asked for."), &properties, true);
    }

    fn structure(&mut self, name: &str, about: Option<&str>, properties: &[Property<'_>], is_request: bool) {
        let fields: Vec<(String, String, &Property<'_>)> =
            properties.iter().map(|property| (field(property.name), self.kind(name, property), property)).collect();
        self.text.push('\n');
        comment(&mut self.text, "", about);
        let can_default = is_request && properties.iter().all(|property| !property.is_required);
        let default = if can_default { "Default, " } else { "" };
        let direction = if is_request { "Serialize" } else { "Deserialize, Serialize" };
        let _ = writeln!(self.text, "#[derive(Clone, Debug, PartialEq, {default}{direction})]\n#[non_exhaustive]");
        let _ = writeln!(self.text, "pub struct {name} {{");
        for (rust, kind, property) in &fields {
            comment(&mut self.text, "    ", property.about);
            if rust != property.name {
                let _ = writeln!(self.text, "    #[serde(rename = \"{}\")]", property.name);
            }
            if is_request && !property.is_required {
                self.text.push_str("    #[serde(skip_serializing_if = \"Option::is_none\")]\n");
            }
            let _ = writeln!(self.text, "    pub {rust}: {kind},");
        }
        self.text.push_str("}\n");
        if is_request {
            self.maker(name, &fields);
        }
    }

    /// `new`, with what must be there.
    fn maker(&mut self, name: &str, fields: &[(String, String, &Property<'_>)]) {
        let (given, absent): (Vec<_>, Vec<_>) = fields.iter().partition(|(.., property)| property.is_required);
        if given.is_empty() {
            return;
        }
        let taken = |(rust, kind, _): &&(String, String, &Property<'_>)| match kind.as_str() {
            "Secret" => (format!("{rust}: impl Into<Secret>"), format!("{rust}: {rust}.into()")),
            "String" => (format!("{rust}: impl Into<String>"), format!("{rust}: {rust}.into()")),
            kind => (format!("{rust}: {kind}"), rust.clone()),
        };
        let (parameters, values): (Vec<String>, Vec<String>) = given.iter().map(taken).unzip();
        let values = values.into_iter().chain(absent.iter().map(|(rust, ..)| format!("{rust}: None")));
        let (parameters, values) = (parameters.join(", "), values.collect::<Vec<_>>().join(", "));
        let _ = write!(
            self.text,
            "\nimpl {name} {{\n    /// With what must be there; the rest can be set on it.\n    pub fn new({parameters}) -> Self {{\n        \
             Self {{ {values} }}\n    }}\n}}\n",
        );
    }

    fn words(&mut self, name: &str, about: Option<&str>, words: &[String]) {
        self.text.push_str("\nwords! {\n");
        comment(&mut self.text, "    ", about);
        let _ = writeln!(self.text, "    {name} {{");
        for word in words {
            let variant = if word == "*" { "All".to_owned() } else { pascal(word) };
            let _ = writeln!(self.text, "        {variant} = \"{word}\",");
        }
        self.text.push_str("    }\n}\n");
    }

    /// Which types are parts of lists.
    fn lists(&mut self, schemas: &Map<String, Value>) {
        self.text.push_str("\nlisted! {\n");
        for (name, schema) in schemas {
            let properties = &schema["properties"];
            let next = match (&properties["pagination"], &properties["next_after"]) {
                (Value::Object(_), _) => "pagination",
                (_, Value::Object(_)) => "next_after",
                (_, _) => continue,
            };
            let item = referred(&properties["data"]["items"]).unwrap_or("Value");
            let _ = writeln!(self.text, "    {name} of {item} by {next}");
        }
        self.text.push_str("}\n");
    }

    /// The type of a property, an `Option` where it may be absent.
    fn kind(&mut self, owner: &str, property: &Property<'_>) -> String {
        let schema = property.schema;
        let kind = self.value(&format!("{owner}{}", pascal(property.name)), schema, property.about);
        let is_null = |schema: &Value| schema["type"] == "null";
        let alternatives = ["oneOf", "anyOf"].iter().filter_map(|key| schema[*key].as_array()).flatten();
        let types = schema["type"].as_array().into_iter().flatten();
        let has_null = alternatives.into_iter().any(is_null) || types.into_iter().any(|name| name == "null");
        if has_null || !property.is_required { format!("Option<{kind}>") } else { kind }
    }

    fn value(&mut self, name: &str, schema: &Value, about: Option<&str>) -> String {
        if let Some(named) = named(schema) {
            return named.to_owned();
        }
        if SECRETS.iter().any(|secret| name.ends_with(&pascal(secret))) {
            return "Secret".to_owned();
        }
        if let Some(words) = words(schema) {
            self.inline.push((name.to_owned(), about.map(ToOwned::to_owned), words));
            return name.to_owned();
        }
        let types = schema["type"].as_array().into_iter().flatten().chain(Some(&schema["type"]));
        let kind = types.filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default();
        let format = schema["format"].as_str().unwrap_or_default();
        match (kind, format) {
            (_, "decimal") => "Usd".to_owned(),
            ("string", "date-time") => "Moment".to_owned(),
            ("string", _) => "String".to_owned(),
            ("boolean", _) => "bool".to_owned(),
            ("number", _) => "f64".to_owned(),
            ("integer", format) => {
                INTEGERS.iter().find(|(known, _)| *known == format).map_or("u64", |(_, rust)| rust).to_owned()
            }
            ("array", _) => format!("Vec<{}>", self.value(name, &schema["items"], about)),
            ("object", _) => "Map<String, Value>".to_owned(),
            (_, _) => "Value".to_owned(),
        }
    }
}

/// The words of a closed list.
fn words(schema: &Value) -> Option<Vec<String>> {
    let words = schema["enum"].as_array()?.iter().filter_map(Value::as_str);
    Some(words.map(ToOwned::to_owned).collect())
}
