//! The fields of a real request. Whatever is wrong with them is kept, and reported at once.

use super::object::{Object, is_absent};
use super::texts::breaks_a_line;
use super::{Fields, Form, Raw, Read, Wrong, canonical};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// The fields of a JSON object or of a query, and the problems that were found so far.
#[derive(Debug)]
pub struct Given {
    fields: BTreeMap<String, Box<RawValue>>,
    /// Names that the reader knows; the rest is refused.
    asked: BTreeSet<&'static str>,
    /// `(field, what is wrong with it)`, in the order of their discovery.
    problems: Vec<(String, String)>,
    in_query: bool,
}

/// Characters of an unknown name that are repeated to the caller.
const NAME_CHARS: usize = 40;
/// Names that nobody knows of which each is reported.
const NAMES_MAX: usize = 20;

/// Why a body is no JSON object, in a sentence that repeats nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnObject {
    #[error("The body is not UTF-8. Send JSON as UTF-8.")]
    NotUtf8,
    #[error("The body is a JSON text that has JSON in it: it was encoded twice. Send the object itself.")]
    EncodedTwice,
    #[error("The body is JSON, but not an object. Send one JSON object.")]
    SomethingElse,
    #[error("The body is not JSON: it goes wrong at line {line}, column {column}. Send one JSON object.")]
    NotJson { line: usize, column: usize },
}

impl NotAnObject {
    fn of(text: &str, error: &serde_json::Error) -> Self {
        match serde_json::from_str::<&RawValue>(text).map(RawValue::get) {
            Ok(json) if json.starts_with('"') => {
                let inner: String = serde_json::from_str(json).unwrap_or_default();
                if inner.trim_start().starts_with(['{', '"']) { Self::EncodedTwice } else { Self::SomethingElse }
            }
            Ok(_) => Self::SomethingElse,
            Err(_) => Self::NotJson { line: error.line(), column: error.column() },
        }
    }
}

impl Given {
    /// The fields of a body; an empty one is an object without fields. A byte order mark says nothing.
    pub fn body(bytes: &[u8]) -> Result<Self, NotAnObject> {
        let text = std::str::from_utf8(bytes).map_err(|_| NotAnObject::NotUtf8)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let object = if text.trim().is_empty() { Ok(Object::default()) } else { serde_json::from_str(text) };
        object.map(|object| Self::of(object, false)).map_err(|error| NotAnObject::of(text, &error))
    }

    /// The fields of a query string: the same rules, all values texts.
    pub fn query(query: &str) -> Self {
        let mut object = Object::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let text = serde_json::Value::String(value.into_owned()).to_string();
            object.add(name.into_owned(), RawValue::from_string(text).expect("a JSON text is JSON"));
        }
        Self::of(object, true)
    }

    fn of(object: Object, in_query: bool) -> Self {
        let twice: BTreeSet<String> = object.twice.iter().map(|name| shown(name)).collect();
        let problems = twice.into_iter().take(NAMES_MAX).map(|name| (name, "is given twice".to_owned())).collect();
        Self { fields: object.fields, asked: BTreeSet::new(), problems, in_query }
    }

    /// Reads a `T`: `None` after a problem.
    pub fn read<T: Read>(&mut self) -> Option<T> {
        T::read(self)
    }

    /// Looks once more at a field in the light of what only the receiver knows. Absent and ill-formed values are
    /// passed over: the reader has reported them.
    pub fn review<F: Form>(&mut self, name: &str, form: F, judge: impl FnOnce(F::Value) -> Result<(), String>) {
        let value = self.present(name).and_then(|raw| raw.read(&form).ok());
        if let Some(Err(problem)) = value.map(judge) {
            self.problem(name, problem);
        }
    }

    /// Everything that is wrong, unknown fields included; empty when the request is good.
    pub fn problems(mut self) -> Vec<(String, String)> {
        let unknown: Vec<&String> = self.fields.keys().filter(|name| !self.asked.contains(name.as_str())).collect();
        let more = unknown.len().saturating_sub(NAMES_MAX);
        for name in unknown.into_iter().take(NAMES_MAX) {
            self.problems.push((shown(name), "is not a field of this request".to_owned()));
        }
        if more > 0 {
            self.problems.push((format!("({more} more)"), "are no fields of this request either".to_owned()));
        }
        self.problems
    }

    /// The fields but those in `without`, as one text that does not depend on their order or on white space. Numbers
    /// stay as they were written.
    pub fn canonical(&self, without: &[&str]) -> String {
        canonical::object(&self.fields, without)
    }

    fn take<F: Form>(&mut self, name: &'static str, form: F) -> Option<F::Value> {
        self.asked.insert(name);
        match self.present(name)?.read(&form) {
            Ok(value) => Some(value),
            Err(Wrong(found)) => {
                let named = |at: String| if at.is_empty() { name.to_owned() } else { format!("{name}.{at}") };
                self.problems.extend(found.into_iter().map(|(at, problem)| (named(at), problem)));
                None
            }
        }
    }

    fn lack(&mut self, name: &'static str) {
        self.asked.insert(name);
        self.problem(name, "is required");
    }

    fn present(&self, name: &str) -> Option<Raw<'_>> {
        let json = self.fields.get(name).filter(|json| !is_absent(json))?;
        Some(Raw { json, in_query: self.in_query })
    }
}

impl Fields for Given {
    // What a field is for stops here, inlined, so that no function carries the sentences.
    #[inline]
    fn optional<F: Form>(&mut self, name: &'static str, _: &'static str, form: F) -> Option<F::Value> {
        self.take(name, form)
    }

    #[inline]
    fn required<F: Form>(&mut self, name: &'static str, _: &'static str, form: F) -> Option<F::Value> {
        if !self.has(name) {
            self.lack(name);
            return None;
        }
        self.take(name, form)
    }

    fn has(&self, name: &str) -> bool {
        self.present(name).is_some()
    }

    fn problem(&mut self, name: &str, problem: impl Into<String>) {
        if !self.problems.iter().any(|(reported, _)| reported == name) {
            self.problems.push((name.to_owned(), problem.into()));
        }
    }
}

/// A name that nobody knows: enough of it to be recognised, and nothing that a terminal or a page would act on.
fn shown(name: &str) -> String {
    name.chars().take(NAME_CHARS).map(|c| if breaks_a_line(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Reads an object within a request.
pub(super) fn nested<T: Read>(raw: Raw<'_>) -> Result<T, Wrong> {
    let object: Object = serde_json::from_str(raw.json.get()).map_err(|_| Wrong::from("must be an object"))?;
    let mut given = Given::of(object, false);
    let value = given.read();
    match (value, given.problems()) {
        (Some(value), problems) if problems.is_empty() => Ok(value),
        (_, problems) => Err(Wrong(problems)),
    }
}
