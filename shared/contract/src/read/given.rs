//! The fields of a real request. Whatever is wrong with them is kept, and reported at once.

use super::object::Object;
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
const NAME_CHARS: usize = 64;

impl Given {
    /// The fields of a body; an empty one is an object without fields. The error says where it is no JSON object.
    pub fn body(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        let object = if bytes.is_empty() { Object::default() } else { serde_json::from_slice(bytes)? };
        Ok(Self::of(object, false))
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
        let problems = object.twice.into_iter().map(|name| (name, "is given twice".to_owned())).collect();
        Self { fields: object.fields, asked: BTreeSet::new(), problems, in_query }
    }

    /// Reads a `T`: `None` after a problem.
    pub fn read<T: Read>(&mut self) -> Option<T> {
        T::read(self)
    }

    /// Looks once more at a field in the light of what only the receiver knows. Absent and ill-formed values are
    /// passed over: the reader has reported them.
    pub fn review<F: Form>(&mut self, name: &str, form: F, judge: impl FnOnce(F::Value) -> Result<(), String>) {
        let value = self.present(name).and_then(|raw| form.read(raw).ok());
        if let Some(Err(problem)) = value.map(judge) {
            self.problem(name, problem);
        }
    }

    /// Everything that is wrong, unknown fields included; empty when the request is good.
    pub fn problems(mut self) -> Vec<(String, String)> {
        let unknown = self.fields.keys().filter(|name| !self.asked.contains(name.as_str()));
        let unknown: Vec<String> = unknown.map(|name| name.chars().take(NAME_CHARS).collect()).collect();
        let unknown = unknown.into_iter().map(|name| (name, "is not a field of this request".to_owned()));
        self.problems.extend(unknown);
        self.problems
    }

    /// The fields but those in `without`, as one text that does not depend on their order or on white space. Numbers
    /// stay as they were written.
    pub fn canonical(&self, without: &[&str]) -> String {
        canonical::object(&self.fields, without)
    }

    fn take<F: Form>(&mut self, name: &'static str, form: F) -> Option<F::Value> {
        self.asked.insert(name);
        match form.read(self.present(name)?) {
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
        let json = self.fields.get(name).filter(|json| json.get() != "null")?;
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
