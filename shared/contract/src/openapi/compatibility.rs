//! What a new document takes away from the clients of an older one. Additions are no breaks: a client passes over what it
//! does not know.

use serde_json::Value;

/// Each break, beginning with the operation that it is in.
pub fn breaks(old: &Value, new: &Value) -> Vec<String> {
    let mut breaks = Breaks { old, new, found: Vec::new() };
    for (path, methods) in members(&old["paths"]) {
        for (method, operation) in members(methods) {
            let name = operation["operationId"].as_str().unwrap_or("?");
            breaks.operation(name, operation, &new["paths"][path][method]);
        }
    }
    breaks.found
}

struct Breaks<'a> {
    old: &'a Value,
    new: &'a Value,
    found: Vec<String>,
}

/// Where a schema stands.
#[derive(Clone, Copy)]
struct At<'a> {
    operation: &'a str,
    path: &'a str,
    writer: Writer,
    depth: usize,
}

/// Who writes the values that a schema describes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writer {
    Client,
    Server,
}

/// Objects within objects that are followed; ours have four.
const DEPTH_MAX: usize = 8;

impl Breaks<'_> {
    fn note(&mut self, operation: &str, what: String) {
        self.found.push(format!("{operation}: {what}"));
    }

    fn operation(&mut self, name: &str, old: &Value, new: &Value) {
        if new.is_null() {
            return self.note(name, "is gone".to_owned());
        }
        if old["operationId"] != new["operationId"] {
            self.note(name, format!("is called {} now", new["operationId"]));
        }
        self.parameters(name, old, new);
        let json = "application/json";
        let (old_body, new_body) = (&old["requestBody"], &new["requestBody"]);
        if new_body["required"] == true && old_body["required"] != true {
            self.note(name, "needs a body now".to_owned());
        }
        let bodies = (&old_body["content"][json]["schema"], &new_body["content"][json]["schema"]);
        self.schema(At { operation: name, path: "body", writer: Writer::Client, depth: 0 }, bodies.0, bodies.1);
        for (status, response) in members(&old["responses"]).filter(|(status, _)| status.starts_with('2')) {
            let there = &new["responses"][status];
            if there.is_null() {
                self.note(name, format!("does not answer {status} any more"));
            }
            let schemas = (&response["content"][json]["schema"], &there["content"][json]["schema"]);
            self.schema(At { operation: name, path: "reply", writer: Writer::Server, depth: 0 }, schemas.0, schemas.1);
        }
    }

    fn parameters(&mut self, name: &str, old: &Value, new: &Value) {
        let same = |a: &Value, b: &Value| a["name"] == b["name"] && a["in"] == b["in"];
        for parameter in entries(&old["parameters"]) {
            match entries(&new["parameters"]).find(|other| same(parameter, other)) {
                Some(there) => {
                    let path = parameter["name"].as_str().unwrap_or("?");
                    let at = At { operation: name, path, writer: Writer::Client, depth: 0 };
                    self.schema(at, &parameter["schema"], &there["schema"]);
                }
                None => self.note(name, format!("does not take the parameter {} any more", parameter["name"])),
            }
        }
        for parameter in entries(&new["parameters"]).filter(|parameter| parameter["required"] == true) {
            let before = entries(&old["parameters"]).find(|other| same(parameter, other));
            if before.is_none_or(|before| before["required"] != true) {
                self.note(name, format!("needs the parameter {} now", parameter["name"]));
            }
        }
    }

    fn schema(&mut self, at: At<'_>, old: &Value, new: &Value) {
        if old.is_null() || at.depth > DEPTH_MAX {
            return;
        }
        let (old, new) = (resolved(self.old, old), resolved(self.new, new));
        self.values(at, old, new);
        if at.writer == Writer::Client {
            self.limits(at, old, new);
        }
        self.properties(at, old, new);
        for part in ["items", "allOf", "anyOf", "oneOf"] {
            let deeper = At { depth: at.depth + 1, ..at };
            match (&old[part], &new[part]) {
                (Value::Array(old), Value::Array(new)) => {
                    old.iter().zip(new).for_each(|(old, new)| self.schema(deeper, old, new));
                }
                (old, new) => self.schema(deeper, old, new),
            }
        }
    }

    /// Types and words: what a client sends must still be taken, what we answer must still be understood. New words of
    /// ours are additions: a client knows that there may be some.
    fn values(&mut self, at: At<'_>, old: &Value, new: &Value) {
        let types = match at.writer {
            Writer::Client => lost(&old["type"], &new["type"]),
            Writer::Server => lost(&new["type"], &old["type"]),
        };
        let words = match at.writer {
            Writer::Client => lost(&old["enum"], &new["enum"]),
            Writer::Server => Vec::new(),
        };
        for (what, lost) in [("type", types), ("word", words)].into_iter().filter(|(_, lost)| !lost.is_empty()) {
            self.note(at.operation, format!("{} has not the same {what}: {}", at.path, lost.join(", ")));
        }
    }

    /// What a client was free to send, and is not any more. Of patterns nobody can say which takes more, and all
    /// numbers are whole ones.
    fn limits(&mut self, at: At<'_>, old: &Value, new: &Value) {
        let narrower = |name: &&str| {
            let (old, new) = (&old[*name], &new[*name]);
            match (old.as_i64(), new.as_i64()) {
                (Some(old), Some(new)) if name.starts_with("min") => old < new,
                (Some(old), Some(new)) => new < old,
                _ if *name == "enum" => old.is_null() && !new.is_null(),
                _ => !new.is_null() && old != new,
            }
        };
        let names = ["minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "pattern", "enum"];
        for name in names.iter().filter(|name| narrower(name)) {
            self.note(at.operation, format!("{} has another {name}: {} for {}", at.path, new[*name], old[*name]));
        }
    }

    fn properties(&mut self, at: At<'_>, old: &Value, new: &Value) {
        for (name, property) in members(&old["properties"]) {
            let (path, there) = (format!("{}.{name}", at.path), &new["properties"][name]);
            match (there.is_null(), at.writer) {
                (true, Writer::Client) => self.note(at.operation, format!("does not take {path} any more")),
                (true, Writer::Server) => self.note(at.operation, format!("does not answer {path} any more")),
                (false, _) => self.schema(At { path: &path, depth: at.depth + 1, ..at }, property, there),
            }
        }
        let (verb, names) = match at.writer {
            Writer::Client => ("needs", lost(&new["required"], &old["required"])),
            Writer::Server => ("may leave out", lost(&old["required"], &new["required"])),
        };
        for name in names {
            self.note(at.operation, format!("{verb} {}.{name} now", at.path));
        }
    }
}

/// Words of `these` that are not among `those`; a text counts as one word, and an integer is a number. Nothing is lost
/// where nothing is said.
fn lost(these: &Value, those: &Value) -> Vec<String> {
    let words = |value: &Value| -> Vec<String> {
        let texts = |value: &Value| value.as_str().map(str::to_owned);
        value
            .as_array()
            .map_or_else(|| texts(value).into_iter().collect(), |all| all.iter().filter_map(texts).collect())
    };
    let (these, those) = (words(these), words(those));
    let within = |word: &str| word == "integer" && those.iter().any(|other| other == "number");
    these.into_iter().filter(|word| !those.contains(word) && !within(word)).collect()
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let pointer = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(schema)
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn entries(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests;
