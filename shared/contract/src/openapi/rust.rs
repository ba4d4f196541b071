//! The document as Rust: the types and the methods of `clients/rust`. Words that a client does not know yet are kept as
//! they are, and amounts are exact; generators of others make closed lists and floats of them (decisions/0019).

mod operations;
mod types;

use serde_json::Value;
use std::fmt::Write as _;

/// The files of `clients/rust/src/generated`: name and text.
pub fn client(document: &Value) -> [(&'static str, String); 2] {
    [("operations.rs", operations::file(document)), ("types.rs", types::file(document))]
}

/// `TaskDecision` of `task.decision`, `TASK_DECISION` and `taskDecision`.
fn pascal(text: &str) -> String {
    let has_lower = text.contains(|c: char| c.is_ascii_lowercase());
    let text = if has_lower { text.to_owned() } else { text.to_ascii_lowercase() };
    let mut name = String::new();
    let mut begins = true;
    for c in text.chars() {
        if !c.is_ascii_alphanumeric() {
            begins = true;
        } else if std::mem::take(&mut begins) {
            name.push(c.to_ascii_uppercase());
        } else {
            name.push(c);
        }
    }
    name
}

/// `task_decision` of `taskDecision`.
fn snake(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

/// A name of the API as one of Rust's.
fn field(name: &str) -> String {
    let name = snake(name);
    if name == "type" { "kind".to_owned() } else { name }
}

/// Writes a doc comment; `None` and the empty text write nothing.
fn comment(text: &mut String, indent: &str, about: Option<&str>) {
    for line in about.unwrap_or_default().lines() {
        let _ = writeln!(text, "{indent}///{}{line}", if line.is_empty() { "" } else { " " });
    }
}

/// The name at the end of a reference.
fn referred(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

#[cfg(test)]
mod tests;
