//! The forms of numbers, lists and objects: one constructor each. No number goes through a float.

use super::{Form, Raw, Read, Wrong, given, sketch};
use domain::geo::decimal;
use domain::{Usd, geo};
use schemars::{Schema, SchemaGenerator, json_schema};
use std::marker::PhantomData;
use std::ops::RangeInclusive;

/// See [`money`].
pub struct Money {
    currency: Currency,
    range: Option<RangeInclusive<Usd>>,
}

/// Decimals that an amount may have.
#[derive(Clone, Copy, Debug)]
pub enum Currency {
    /// Two.
    Usd,
    /// Six.
    Usdc,
}

/// An amount: a number or a decimal text, read from its digits.
pub const fn money(currency: Currency) -> Money {
    Money { currency, range: None }
}

impl Money {
    /// An amount within limits.
    pub const fn within(self, range: RangeInclusive<Usd>) -> Self {
        Self { range: Some(range), ..self }
    }
}

impl Form for Money {
    type Value = Usd;

    fn read(&self, raw: Raw<'_>) -> Result<Usd, Wrong> {
        let parsed = match self.currency {
            Currency::Usd => Usd::parse_usd(&raw.number()),
            Currency::Usdc => Usd::parse_usdc(&raw.number()),
        };
        let amount = parsed.map_err(|error| error.to_string())?;
        match &self.range {
            Some(range) if !range.contains(&amount) => {
                Err(format!("must be from {} to {}", range.start(), range.end()).into())
            }
            Some(_) | None => Ok(amount),
        }
    }

    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        let decimals = match self.currency {
            Currency::Usd => 2,
            Currency::Usdc => 6,
        };
        let mut number = serde_json::json!({ "type": "number", "minimum": 0 });
        if let Some(range) = &self.range {
            // Limits are whole dollars.
            number["minimum"] = (range.start().micros() / 1_000_000).into();
            number["maximum"] = (range.end().micros() / 1_000_000).into();
        }
        let text = serde_json::json!({
            "type": "string", "pattern": format!(r"^[0-9]{{1,12}}(\.[0-9]{{1,{decimals}}})?$"),
        });
        json_schema!({ "oneOf": [number, text], "format": "decimal" })
    }
}

/// See [`integer`].
pub struct Integer(RangeInclusive<u64>);

/// A whole number.
pub const fn integer(range: RangeInclusive<u64>) -> Integer {
    Integer(range)
}

impl Form for Integer {
    type Value = u64;

    fn read(&self, raw: Raw<'_>) -> Result<u64, Wrong> {
        // To JSON, and to who writes numbers as floats, 20.0 and 2e1 are whole.
        let whole = decimal::scaled(raw.digits(), 0).filter(|number| number.exact);
        let value = whole.and_then(|number| u64::try_from(number.units).ok()).filter(|number| self.0.contains(number));
        value.ok_or_else(|| format!("must be a whole number from {} to {}", self.0.start(), self.0.end()).into())
    }

    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": self.0.start(), "maximum": self.0.end() })
    }
}

/// See [`measure`].
pub struct Measure(RangeInclusive<u64>);

/// What somebody measured: any number, rounded to a whole one.
pub const fn measure(range: RangeInclusive<u64>) -> Measure {
    Measure(range)
}

impl Form for Measure {
    type Value = u64;

    fn read(&self, raw: Raw<'_>) -> Result<u64, Wrong> {
        let number = decimal::scaled(raw.digits(), 0).and_then(|number| u64::try_from(number.units).ok());
        let value = number.filter(|number| self.0.contains(number));
        value.ok_or_else(|| format!("must be a number from {} to {}", self.0.start(), self.0.end()).into())
    }

    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": self.0.start(), "maximum": self.0.end() })
    }
}

/// See [`tenths`].
pub struct Tenths(RangeInclusive<u64>);

/// A number that counts to one decimal, rounded to that: its tenths. The range is of whole ones.
pub const fn tenths(range: RangeInclusive<u64>) -> Tenths {
    Tenths(range)
}

impl Form for Tenths {
    type Value = u64;

    fn read(&self, raw: Raw<'_>) -> Result<u64, Wrong> {
        let number = decimal::scaled(raw.digits(), 1).and_then(|number| u64::try_from(number.units).ok());
        let value = number.filter(|tenths| (self.0.start() * 10..=self.0.end() * 10).contains(tenths));
        value.ok_or_else(|| format!("must be a number from {} to {}", self.0.start(), self.0.end()).into())
    }

    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": self.0.start(), "maximum": self.0.end() })
    }
}

/// See [`degrees`].
pub struct Degrees(u16);

/// Degrees of latitude (`max` 90) or longitude (180): any number, or one in a text, rounded to what is kept.
pub const fn degrees(max: u16) -> Degrees {
    Degrees(max)
}

impl Form for Degrees {
    type Value = geo::Degrees;

    fn read(&self, raw: Raw<'_>) -> Result<geo::Degrees, Wrong> {
        let value = geo::Degrees::parse(&raw.number(), i32::from(self.0));
        value.ok_or_else(|| format!("must be a number from -{0} to {0}", self.0).into())
    }

    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["number", "string"], "minimum": -i32::from(self.0), "maximum": self.0,
            "pattern": r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
        })
    }
}

/// See [`list`].
pub struct List<F> {
    count: RangeInclusive<usize>,
    of: F,
}

/// A list of so many entries.
pub const fn list<F: Form>(count: RangeInclusive<usize>, of: F) -> List<F> {
    List { count, of }
}

impl<F: Form> Form for List<F> {
    type Value = Vec<F::Value>;

    fn read(&self, raw: Raw<'_>) -> Result<Self::Value, Wrong> {
        let entries: Vec<Box<serde_json::value::RawValue>> =
            serde_json::from_str(raw.json.get()).map_err(|_| Wrong::from("must be a list"))?;
        if !self.count.contains(&entries.len()) {
            return Err(format!("must have {} to {} entries", self.count.start(), self.count.end()).into());
        }
        let read = |json: &serde_json::value::RawValue| Raw { json, in_query: false }.read(&self.of);
        let mut values = Vec::with_capacity(entries.len());
        for entry in &entries {
            // The first bad entry speaks for the list: its number is no name of a field.
            let Wrong(found) = match read(entry) {
                Ok(value) => {
                    values.push(value);
                    continue;
                }
                Err(wrong) => wrong,
            };
            let problem = found.into_iter().map(|(_, problem)| problem).next().unwrap_or_default();
            return Err(format!("must have entries of which each {problem}").into());
        }
        Ok(values)
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        let of = self.of.schema(generator);
        json_schema!({ "type": "array", "minItems": self.count.start(), "maxItems": self.count.end(), "items": of })
    }
}

/// See [`nested`].
pub struct Nested<T>(PhantomData<T>);

/// An object with fields of its own.
pub const fn nested<T: Read>() -> Nested<T> {
    Nested(PhantomData)
}

impl<T: Read> Form for Nested<T> {
    type Value = T;

    fn read(&self, raw: Raw<'_>) -> Result<T, Wrong> {
        given::nested(raw)
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        sketch::nested::<T>(generator)
    }
}
