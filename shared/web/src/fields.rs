//! Reading a request: fields one by one, and everything that is wrong reported at once.
//!
//! serde alone stops at the first bad field, and knows no money without a float.

mod canonical;
mod object;

use self::object::Object;
use crate::error::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::geo::{Degrees, Point};
use domain::{Timestamp, Usd};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

/// The fields of a JSON object. Take each, then [`Fields::finish`].
#[derive(Debug)]
pub struct Fields {
    left: BTreeMap<String, Box<RawValue>>,
    path: String,
    problems: Vec<(String, String)>,
    /// Every value is a text: whole numbers are read from it.
    of_query: bool,
}

/// Decimals that an amount may have.
#[derive(Clone, Copy, Debug)]
pub enum Currency {
    /// Two.
    Usd,
    /// Six.
    Usdc,
}

impl Fields {
    /// Parses a body; an empty one is an object without fields.
    pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
        if body.is_empty() {
            return Ok(Self::empty());
        }
        let object: Object = serde_json::from_slice(body).map_err(|error| {
            ApiError::bad_request("invalid_json", format!("The body is not a JSON object: {error}."))
        })?;
        Ok(Self::of(object, String::new()))
    }

    fn empty() -> Self {
        Self { left: BTreeMap::new(), path: String::new(), problems: Vec::new(), of_query: false }
    }

    fn of(object: Object, path: String) -> Self {
        let twice = object.twice.into_iter().map(|name| (format!("{path}{name}"), "is given twice".to_owned()));
        Self { left: object.fields, problems: twice.collect(), path, of_query: false }
    }

    /// Notes a problem of a field.
    pub fn problem(&mut self, field: &str, problem: impl Into<String>) {
        self.problems.push((format!("{}{field}", self.path), problem.into()));
    }

    /// Notes a problem of a field that has none yet.
    pub fn problem_once(&mut self, field: &str, problem: impl Into<String>) {
        let name = format!("{}{field}", self.path);
        if !self.problems.iter().any(|(reported, _)| *reported == name) {
            self.problem(field, problem);
        }
    }

    /// Fails if anything was wrong; a field that nobody took is unknown.
    pub fn finish(mut self) -> Result<(), ApiError> {
        self.unknown();
        if self.problems.is_empty() { Ok(()) } else { Err(ApiError::fields(&self.problems)) }
    }

    fn unknown(&mut self) {
        for name in std::mem::take(&mut self.left).into_keys() {
            let name: String = name.chars().take(64).collect();
            self.problem(&name, "is not a field of this request");
        }
    }

    /// The text of a field that is present and not null.
    fn take(&mut self, field: &str) -> Option<Box<RawValue>> {
        self.left.remove(field).filter(|value| value.get() != "null")
    }

    fn required<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.problem_once(field, "is required");
        }
        value
    }

    /// A required text of so many characters, not only white space.
    pub fn text(&mut self, field: &str, chars: RangeInclusive<usize>) -> String {
        let value = self.optional_text(field, chars);
        self.required(field, value).unwrap_or_default()
    }

    /// A text of so many characters, not only white space.
    pub fn optional_text(&mut self, field: &str, chars: RangeInclusive<usize>) -> Option<String> {
        let raw = self.take(field)?;
        let problem = match serde_json::from_str::<String>(raw.get()) {
            Ok(text) if chars.contains(&text.chars().count()) && !(text.trim().is_empty() && *chars.start() > 0) => {
                return Some(text);
            }
            Ok(_) => format!("must be {} to {} characters long", chars.start(), chars.end()),
            Err(_) => "must be a text".to_owned(),
        };
        self.problem(field, problem);
        None
    }

    /// A required e-mail address: something, one `@`, something; at most 254 bytes (RFC 5321).
    pub fn email(&mut self, field: &str) -> String {
        let address = self.parsed(field, "must be an e-mail address such as agent@example.com", |text| {
            let (local, host) = text.split_once('@')?;
            let odd = |c: char| c.is_whitespace() || c.is_control();
            let plain = !text.contains(odd) && !host.contains('@') && text.len() <= 254;
            (plain && !local.is_empty() && !host.is_empty()).then(|| text.to_owned())
        });
        address.unwrap_or_default()
    }

    /// A required list of texts.
    pub fn texts(&mut self, field: &str, count: RangeInclusive<usize>, chars: RangeInclusive<usize>) -> Vec<String> {
        let value = self.optional_texts(field, count, chars);
        self.required(field, value).unwrap_or_default()
    }

    /// A list of texts.
    pub fn optional_texts(
        &mut self,
        field: &str,
        count: RangeInclusive<usize>,
        chars: RangeInclusive<usize>,
    ) -> Option<Vec<String>> {
        let raw = self.take(field)?;
        let problem = match serde_json::from_str::<Vec<String>>(raw.get()) {
            Ok(list) if !count.contains(&list.len()) => {
                format!("must have {} to {} entries", count.start(), count.end())
            }
            Ok(list) if list.iter().any(|t| !chars.contains(&t.chars().count()) || t.trim().is_empty()) => {
                format!("must have entries of {} to {} characters", chars.start(), chars.end())
            }
            Ok(list) => return Some(list),
            Err(_) => "must be a list of texts".to_owned(),
        };
        self.problem(field, problem);
        None
    }

    /// A required word out of a closed list.
    pub fn word<T: fmt::Display>(&mut self, field: &str, all: &[T], parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.optional_word(field, all, parse);
        self.required(field, value)
    }

    /// A word out of a closed list.
    pub fn optional_word<T: fmt::Display>(
        &mut self,
        field: &str,
        all: &[T],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let raw = self.take(field)?;
        let word = serde_json::from_str::<String>(raw.get()).ok();
        let value = word.and_then(|word| parse(&word));
        if value.is_none() {
            let words: Vec<String> = all.iter().map(ToString::to_string).collect();
            self.problem(field, format!("must be one of {}", words.join(", ")));
        }
        value
    }

    /// A required text that `parse` understands; else `problem`.
    pub fn parsed<T>(&mut self, field: &str, problem: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.optional_parsed(field, problem, parse);
        self.required(field, value)
    }

    /// A text that `parse` understands; else `problem`.
    pub fn optional_parsed<T>(&mut self, field: &str, problem: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let raw = self.take(field)?;
        let value = serde_json::from_str::<String>(raw.get()).ok().and_then(|text| parse(&text));
        if value.is_none() {
            self.problem(field, problem);
        }
        value
    }

    /// A required moment in ISO 8601.
    pub fn time(&mut self, field: &str) -> Timestamp {
        let value = self.parsed(field, TIME, Timestamp::parse);
        value.unwrap_or(Timestamp::from_millis(0))
    }

    /// A moment in ISO 8601.
    pub fn optional_time(&mut self, field: &str) -> Option<Timestamp> {
        self.optional_parsed(field, TIME, Timestamp::parse)
    }

    /// A required amount: a number or a decimal text, read from its digits.
    pub fn money(&mut self, field: &str, currency: Currency) -> Usd {
        let taken = self.take(field);
        let Some(raw) = self.required(field, taken) else {
            return Usd::ZERO;
        };
        let text = serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned());
        let parsed = match currency {
            Currency::Usd => Usd::parse_usd(&text),
            Currency::Usdc => Usd::parse_usdc(&text),
        };
        parsed.unwrap_or_else(|error| {
            self.problem(field, error.to_string());
            Usd::ZERO
        })
    }

    /// A required amount within limits.
    pub fn money_within(&mut self, field: &str, currency: Currency, range: RangeInclusive<Usd>) -> Usd {
        let amount = self.money(field, currency);
        if !range.contains(&amount) {
            self.problem_once(field, format!("must be from {} to {}", range.start(), range.end()));
        }
        amount
    }

    /// A required whole number.
    pub fn integer(&mut self, field: &str, range: RangeInclusive<u64>) -> u64 {
        let value = self.optional_integer(field, range.clone());
        self.required(field, value).unwrap_or(*range.start())
    }

    /// A whole number.
    pub fn optional_integer(&mut self, field: &str, range: RangeInclusive<u64>) -> Option<u64> {
        let raw = self.take(field)?;
        let digits = if self.of_query { raw.get().trim_matches('"') } else { raw.get() };
        let value = digits.parse().ok().filter(|number| range.contains(number));
        if value.is_none() {
            self.problem(field, format!("must be a whole number from {} to {}", range.start(), range.end()));
        }
        value
    }

    /// The `lat` and `lng` of this object, both or neither.
    pub fn point(&mut self) -> Option<Point> {
        let (lat, lng) = (self.take("lat"), self.take("lng"));
        if lat.is_none() && lng.is_none() {
            return None;
        }
        let lat = self.degrees("lat", lat, 90);
        let lng = self.degrees("lng", lng, 180);
        Some(Point { lat: lat?, lng: lng? })
    }

    fn degrees(&mut self, field: &str, raw: Option<Box<RawValue>>, max: i32) -> Option<Degrees> {
        let degrees = raw.and_then(|raw| Degrees::parse(raw.get(), max));
        if degrees.is_none() {
            self.problem(field, format!("must be a plain decimal from -{max} to {max}"));
        }
        degrees
    }

    /// Whether anything was wrong so far.
    pub fn has_problem(&self) -> bool {
        !self.problems.is_empty()
    }

    /// An object within this one: `read` takes its fields.
    pub fn object<T>(&mut self, field: &str, read: impl FnOnce(&mut Fields) -> T) -> Option<T> {
        let raw = self.take(field)?;
        match serde_json::from_str::<Object>(raw.get()) {
            Ok(object) => {
                let mut inner = Self::of(object, format!("{}{field}.", self.path));
                let value = read(&mut inner);
                inner.unknown();
                self.problems.append(&mut inner.problems);
                Some(value)
            }
            Err(_) => {
                self.problem(field, "must be an object");
                None
            }
        }
    }

    /// Whether the field is there and not null.
    pub fn has(&self, field: &str) -> bool {
        self.left.get(field).is_some_and(|value| value.get() != "null")
    }

    /// The fields as one text that does not depend on their order or on white space. Numbers stay as
    /// they were written.
    pub fn canonical(&self) -> String {
        canonical::object(&self.left)
    }
}

const TIME: &str = "must be a moment in ISO 8601 such as 2026-02-10T00:00:00Z";

/// The query string, as fields: the same rules, all values texts.
#[derive(Debug)]
pub struct Query(pub Fields);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let mut fields = Fields { of_query: true, ..Fields::empty() };
        for (name, value) in url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
            let text = serde_json::Value::String(value.into_owned()).to_string();
            let raw = RawValue::from_string(text).expect("a JSON text is JSON");
            if fields.left.insert(name.to_string(), raw).is_some() {
                fields.problem(&name, "is given twice");
            }
        }
        Ok(Self(fields))
    }
}
