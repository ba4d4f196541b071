//! The tools, as data: what each is called with and answers, and what it does. Both transports serve this table.

mod account;
mod credentials;
mod deciding;
mod events;
mod operators;
mod posting;
mod results;

use crate::arguments::Arguments;
use crate::refusal::Refusal;
use crate::session::{Home, Session};
use serde_json::{Map, Value, json};
use std::pin::Pin;

/// Every tool, in the order in which they are listed.
pub const TOOLS: &[Tool] = &[
    operators::SEARCH,
    posting::PHYSICAL,
    posting::DIGITAL,
    credentials::DISPATCH,
    credentials::RETRIEVE,
    posting::CATEGORIES,
    results::RESULT,
    results::VERIFICATION,
    account::FUND,
    account::PAYOUT,
    account::BALANCE,
    deciding::CANCEL,
    results::LIST,
    deciding::REVIEW,
    events::LIST,
    deciding::MESSAGE,
];

/// What a tool answers, or why not.
pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<Map<String, Value>, Refusal>> + Send + 'a>>;

/// A tool.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    pub name: &'static str,
    pub title: &'static str,
    /// For the model: what it does, when to use it, what it costs.
    pub(crate) about: &'static str,
    /// More for the model, where it is told something else elsewhere: on the agent's own machine, and on others.
    pub(crate) about_home: [&'static str; 2],
    pub(crate) hints: Hints,
    /// The operation of the API whose fields its arguments are.
    pub(crate) operation: &'static str,
    pub(crate) params: &'static [Param],
    pub(crate) output: &'static [Field],
    pub(crate) run: for<'a> fn(&'a Session, Arguments) -> Answer<'a>,
}

/// What a host may know before it asks its user. All four are said of every tool: what is not said counts as the worst.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hints {
    pub(crate) is_read_only: bool,
    pub(crate) is_destructive: bool,
    /// Called again with the same arguments it does nothing more.
    pub(crate) is_idempotent: bool,
    /// Its answer may have words of strangers.
    pub(crate) is_open_world: bool,
}

/// Only reads.
pub(crate) const READS: Hints =
    Hints { is_read_only: true, is_destructive: false, is_idempotent: true, is_open_world: false };
/// Changes something that can be repeated without harm.
pub(crate) const WRITES: Hints = Hints { is_read_only: false, ..READS };
/// Moves money, and once more if it is called once more later.
pub(crate) const SPENDS: Hints = Hints { is_idempotent: false, is_open_world: true, ..WRITES };

/// An argument.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    /// Its name in the API.
    pub(crate) field: &'static str,
    pub(crate) is_required: bool,
    /// Instead of what the API says.
    pub(crate) about: Option<&'static str>,
    /// Instead of all the words that the API has for it.
    pub(crate) words: Option<fn() -> Vec<&'static str>>,
    /// Of those that are no field of the API.
    pub(crate) own: Option<fn() -> Value>,
    /// Only where the server runs so: `Some(true)` on the agent's own machine.
    pub(crate) at_home: Option<bool>,
}

/// An argument that must be there.
pub(crate) const fn need(name: &'static str) -> Param {
    Param { name, field: name, is_required: true, about: None, words: None, own: None, at_home: None }
}

/// One that may.
pub(crate) const fn may(name: &'static str) -> Param {
    Param { is_required: false, ..need(name) }
}

impl Param {
    pub(crate) const fn field(self, field: &'static str) -> Self {
        Self { field, ..self }
    }

    pub(crate) const fn about(self, about: &'static str) -> Self {
        Self { about: Some(about), ..self }
    }

    pub(crate) const fn words(self, words: fn() -> Vec<&'static str>) -> Self {
        Self { words: Some(words), ..self }
    }

    pub(crate) const fn own(self, own: fn() -> Value) -> Self {
        Self { own: Some(own), ..self }
    }

    /// A word that the API would take, but this tool is not for, would be another kind of task.
    pub(crate) fn check(&self, value: &Value) -> Result<(), Refusal> {
        let Some(words) = self.words.map(|words| words()) else { return Ok(()) };
        if value.as_str().is_some_and(|word| words.contains(&word)) {
            return Ok(());
        }
        Err(Refusal::invalid(format!("{} must be one of {}.", self.name, words.join(", "))))
    }

    pub(crate) const fn at_home(self, at_home: bool) -> Self {
        Self { at_home: Some(at_home), ..self }
    }
}

/// The task that a tool is about.
pub(crate) const TASK_ID: Param = need("task_id").own(text).about("task_…");

pub(crate) fn text() -> Value {
    json!({ "type": "string" })
}

/// A part of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) is_always: bool,
}

/// What it is. Objects are not described further: their fields have telling names, and the list of tools is short.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Text,
    Amount,
    Count,
    Flag,
    List,
    Texts,
    Object,
    MaybeText,
    MaybeCount,
    MaybeObject,
}

pub(crate) const fn has(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_always: true }
}

pub(crate) const fn can_have(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_always: false }
}

impl Tool {
    /// Whether a call does nothing twice: posting takes the same arguments for the same task.
    pub(crate) fn can_be_repeated(&self) -> bool {
        self.hints.is_idempotent || self.operation == "createTask"
    }

    pub(crate) fn params(&self, home: &Home) -> Vec<&'static Param> {
        let here = |param: &&Param| param.at_home.is_none_or(|at_home| at_home == home.is_own());
        self.params.iter().filter(here).collect()
    }

    pub(crate) fn about(&self, home: &Home) -> String {
        let [own, remote] = self.about_home;
        format!("{}{}", self.about, if home.is_own() { own } else { remote })
    }
}

/// The fields of an answer that a tool hands on; what is not there is not there.
pub(crate) fn picked(answer: Map<String, Value>, fields: &[Field]) -> Map<String, Value> {
    answer.into_iter().filter(|(name, _)| fields.iter().any(|field| field.name == name)).collect()
}

#[cfg(all(test, feature = "stdio"))]
mod lost;
#[cfg(test)]
mod tests;
