//! What a tool is called with.

use crate::refusal::Refusal;
use crate::tools::{Param, Tool};
use serde_json::{Map, Value};

/// Characters of a task's id, at most.
const ID_CHARS_MAX: usize = 80;

/// The arguments of a call, by their names in the API.
#[derive(Clone, Debug)]
pub(crate) struct Arguments(pub(crate) Map<String, Value>);

impl Arguments {
    /// Null is like leaving one out.
    pub(crate) fn read(tool: &Tool, params: &[&Param], given: Option<Map<String, Value>>) -> Result<Self, Refusal> {
        let mut given = given.unwrap_or_default();
        given.retain(|_, value| !value.is_null());
        let mut read = Map::new();
        let mut missing = Vec::new();
        for param in params {
            match given.remove(param.name) {
                Some(value) => {
                    param.check(&value)?;
                    read.insert(param.field.to_owned(), value);
                }
                None if param.is_required => missing.push(param.name),
                None => {}
            }
        }
        let names: Vec<&str> = params.iter().map(|param| param.name).collect();
        if let Some(unknown) = given.keys().next() {
            let unknown: String = unknown.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect();
            let known = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
            let sentence = format!("`{unknown}` is no argument of {}, which takes {known}.", tool.name);
            return Err(Refusal::invalid(sentence));
        }
        if !missing.is_empty() {
            let sentence = format!("{} needs {}.", tool.name, missing.join(", "));
            return Err(Refusal::invalid(sentence));
        }
        Ok(Self(read))
    }

    /// A text that is needed here, and not only by the API.
    pub(crate) fn take_text(&mut self, field: &str) -> Result<Option<String>, Refusal> {
        match self.0.remove(field) {
            None => Ok(None),
            Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
            Some(_) => Err(Refusal::invalid(format!("`{field}` must be a text."))),
        }
    }

    pub(crate) fn take_id(&mut self) -> Result<String, Refusal> {
        let no_id = || Refusal::invalid("`task_id` must be the id of a task: task_…");
        let is_id = |id: &str| {
            id.len() <= ID_CHARS_MAX
                && id.strip_prefix("task_").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric()))
        };
        let id = self.0.remove("task_id").and_then(|id| id.as_str().map(ToOwned::to_owned));
        id.filter(|id| is_id(id)).ok_or_else(no_id)
    }

    #[cfg(feature = "stdio")]
    pub(crate) fn take_flag(&mut self, field: &str) -> Result<bool, Refusal> {
        match self.0.remove(field) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(Refusal::invalid(format!("`{field}` must be true or false."))),
        }
    }
}
