//! Values on the wire that JSON has no type for: amounts, degrees, moments, ids and closed words, written from their
//! exact texts and described where they are written.

mod decision;
mod page;
pub mod submission;

pub use decision::Decision;
pub use page::{Page, Pagination, Window, Written};

use domain::geo::{self, Point};
use domain::ids::Id as AnyId;
use domain::operator::rating::Ratings;
use domain::task::Task;
use domain::words::Words;
use domain::{Timestamp, Usd};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt::Display;

/// An amount as a JSON number with at least two decimals, written from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money(pub Usd);

/// Degrees as a JSON number, written from their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(pub geo::Degrees);

/// A part of a whole as a JSON number from 0.00 to 1.00, rounded half up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    part: u64,
    whole: u64,
}

impl Share {
    /// None of nothing.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        (whole > 0).then_some(Self { part: part.min(whole), whole })
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole));
        let hundredths = (200 * part + whole) / (2 * whole);
        raw(&format!("{}.{:02}", hundredths / 100, hundredths % 100)).serialize(serializer)
    }
}

/// A mean of ratings as a JSON number with one decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    tenths: u64,
}

impl Rating {
    /// None of too few.
    pub fn of(ratings: Ratings) -> Option<Self> {
        ratings.mean_tenths().map(|tenths| Self { tenths })
    }
}

impl Serialize for Rating {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw(&format!("{}.{}", self.tenths / 10, self.tenths % 10)).serialize(serializer)
    }
}

impl JsonSchema for Rating {
    fn schema_name() -> Cow<'static, str> {
        "Rating".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 1, "maximum": 5 })
    }
}

/// A moment: RFC 3339, UTC, milliseconds, `Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub Timestamp);

/// An id, as its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id<T>(pub T);

/// A member of a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<T>(pub T);

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw(&self.0).serialize(serializer)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw(&self.0).serialize(serializer)
    }
}

fn raw(number: &impl Display) -> Box<RawValue> {
    RawValue::from_string(number.to_string()).expect("amounts and degrees display as JSON numbers")
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<T: AnyId> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<T: Words> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

/// Describes a scalar where it stands.
macro_rules! inline {
    ($([$($generic:tt)*] $name:ty, $title:expr => $schema:expr;)+) => {$(
        impl<$($generic)*> JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                $title.into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )+};
}

inline! {
    [] Money, "Money" => json_schema!({ "type": "number", "format": "decimal", "minimum": 0 });
    [] Number, "Degrees" => json_schema!({ "type": "number", "minimum": -180, "maximum": 180 });
    [] Share, "Share" => json_schema!({ "type": "number", "minimum": 0, "maximum": 1 });
    [] Moment, "Moment" => json_schema!({ "type": "string", "format": "date-time" });
    [T: AnyId] Id<T>, "Id" => json_schema!({ "type": "string", "pattern": T::PATTERN });
}

/// A named schema: the same list of words stands in the document once. Names that say enough inside their own file
/// say more in the document, where they stand beside all others.
impl<T: Words> JsonSchema for Word<T> {
    fn schema_name() -> Cow<'static, str> {
        match T::NAME {
            "Status" => "TaskStatus",
            "Manual" => "ManualDecision",
            "Decision" => "GuardianDecision",
            "Requirement" => "RequirementVerdict",
            "Basis" => "AuthorizationBasis",
            "Outcome" => "DisputeOutcome",
            "Restriction" => "TaskTypePolicy",
            "Tier" => "FeeTierName",
            name => name,
        }
        .into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = T::ALL.iter().map(|word| word.word()).collect();
        json_schema!({ "type": "string", "enum": words })
    }
}

/// A place; digital tasks have words only.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Place")]
pub struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lng: Option<Number>,
    #[serde(skip_serializing_if = "String::is_empty")]
    address: String,
}

impl Location {
    pub fn of(point: Option<Point>, address: &str) -> Self {
        Self {
            lat: point.map(|point| Number(point.lat)),
            lng: point.map(|point| Number(point.lng)),
            address: address.to_owned(),
        }
    }
}

/// Who moves next, until when, and what happens if they do not.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NextAction {
    by: Word<domain::next_action::Party>,
    /// A verb of the API where there is one.
    action: &'static str,
    due_at: Moment,
    /// What becomes of the task then.
    on_due: &'static str,
    /// How, where that is not plain. Left out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'static str>,
}

impl NextAction {
    /// Of a task at `now`; none once its money is where it stays.
    pub fn of(task: &Task, now: Timestamp) -> Option<Self> {
        let domain::next_action::NextAction { by, action, due_at, on_due, hint } = task.next_action(now)?;
        Some(Self { by: Word(by), action, due_at: Moment(due_at), on_due, hint })
    }
}
