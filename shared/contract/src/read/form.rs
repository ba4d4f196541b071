//! The form of a value: how it is read, and how it is described.

use schemars::{Schema, SchemaGenerator};
use serde_json::value::RawValue;

/// What a value must look like.
pub trait Form {
    type Value;

    /// Reads a value, or says everything that is wrong with it.
    fn read(&self, raw: Raw<'_>) -> Result<Self::Value, Wrong>;

    /// The JSON Schema of the values that [`Form::read`] accepts, as far as a schema can say it.
    /// Named schemas go to `generator`.
    fn schema(&self, generator: &mut SchemaGenerator) -> Schema;
}

/// A value as it was sent: its JSON text, so that no number goes through a float.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'a> {
    pub(super) json: &'a RawValue,
    /// In a query every value is a text, numbers too.
    pub(super) in_query: bool,
}

impl<'a> Raw<'a> {
    /// The digits of a number: as they stand, or in a query inside a text.
    pub(super) fn digits(self) -> &'a str {
        if self.in_query { self.json.get().trim_matches('"') } else { self.json.get() }
    }

    /// The text, if it is one.
    pub(crate) fn text(self) -> Option<String> {
        serde_json::from_str(self.json.get()).ok()
    }
}

/// What is wrong with a value: where in it (empty for itself), and a phrase that follows the name.
#[derive(Debug)]
pub struct Wrong(pub(super) Vec<(String, String)>);

impl Wrong {
    /// Wrong as a whole.
    pub fn whole(problem: impl Into<String>) -> Self {
        Self(vec![(String::new(), problem.into())])
    }
}

impl From<&str> for Wrong {
    fn from(problem: &str) -> Self {
        Self::whole(problem)
    }
}

impl From<String> for Wrong {
    fn from(problem: String) -> Self {
        Self::whole(problem)
    }
}
