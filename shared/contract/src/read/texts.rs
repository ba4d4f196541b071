//! What each kind of text may be: one constructor each. Limits are of the reference; what has no limit there has one here.
//! Every text that enters is read by one of these.

mod characters;
mod email;
mod phone;
mod url;
pub mod wallet;

pub use email::email;
pub use phone::phone;
pub use url::{https, web_url};
pub use wallet::wallet;

use super::{Form, Raw, Wrong};
pub(super) use characters::breaks_a_line;
use characters::{invisible, is_raw_control, is_visible};
use domain::Timestamp;
use domain::ids::Id;
use domain::time::iso8601;
use domain::words::Words;
use schemars::{Schema, SchemaGenerator, json_schema};
use std::marker::PhantomData;
use std::ops::RangeInclusive;

/// See [`text`] and [`line`].
pub struct Text {
    chars: RangeInclusive<usize>,
    kind: Kind,
}

/// A text of so many characters; where some are needed, one that can be seen. Of the control characters it has tabs and
/// ends of lines only: no other character takes more than four bytes of JSON.
pub const fn text(chars: RangeInclusive<usize>) -> Text {
    Text { chars, kind: Kind::Lines }
}

/// A name or a title: a text of one line, in which nothing changes the direction of writing.
pub const fn line(chars: RangeInclusive<usize>) -> Text {
    Text { chars, kind: Kind::Line }
}

enum Kind {
    Lines,
    Line,
}

impl Kind {
    fn refuses(&self, c: char) -> bool {
        match self {
            Self::Lines => is_raw_control(c),
            Self::Line => breaks_a_line(c),
        }
    }

    /// The same for a regular expression.
    fn refused(&self) -> &'static str {
        match self {
            Self::Lines => r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f",
            Self::Line => r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069",
        }
    }

    fn problem(&self) -> &'static str {
        match self {
            Self::Lines => "must have no control characters but tabs and ends of lines",
            Self::Line => "must be one line without control characters, nor such that change the direction of writing",
        }
    }
}

impl Form for Text {
    type Value = String;

    fn read(&self, raw: Raw<'_>) -> Result<String, Wrong> {
        let text = raw.text().ok_or("must be a text")?;
        if !self.chars.contains(&text.chars().count()) {
            return Err(format!("must be {} to {} characters long", self.chars.start(), self.chars.end()).into());
        }
        if *self.chars.start() > 0 && !text.contains(is_visible) {
            return Err("must have a character that can be seen".into());
        }
        if text.contains(|c| self.kind.refuses(c)) {
            return Err(self.kind.problem().into());
        }
        Ok(text)
    }

    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        let (refused, unseen) = (self.kind.refused(), invisible());
        let pattern = match self.chars.start() {
            0 => format!("^[^{refused}]*$"),
            _ => format!(r"^[^{refused}]*[^\s{refused}{unseen}][^{refused}]*$"),
        };
        let (min, max) = (self.chars.start(), self.chars.end());
        json_schema!({ "type": "string", "minLength": min, "maxLength": max, "pattern": pattern })
    }
}

/// See [`checked`].
pub struct Checked<T> {
    schema: fn() -> Schema,
    parse: fn(&str) -> Result<T, String>,
}

/// A text that `parse` takes or says why not; `schema` says as much as a schema can.
pub const fn checked<T>(schema: fn() -> Schema, parse: fn(&str) -> Result<T, String>) -> Checked<T> {
    Checked { schema, parse }
}

impl<T> Form for Checked<T> {
    type Value = T;

    fn read(&self, raw: Raw<'_>) -> Result<T, Wrong> {
        let text = raw.text().ok_or("must be a text")?;
        (self.parse)(&text).map_err(Wrong::whole)
    }

    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        (self.schema)()
    }
}

/// See [`pattern`].
pub struct Parsed<T> {
    problem: &'static str,
    schema: fn() -> Schema,
    parse: fn(&str) -> Option<T>,
}

/// A text that `parse` understands, else `problem`; `schema` says as much as a schema can.
pub const fn pattern<T>(problem: &'static str, schema: fn() -> Schema, parse: fn(&str) -> Option<T>) -> Parsed<T> {
    Parsed { problem, schema, parse }
}

impl<T> Form for Parsed<T> {
    type Value = T;

    fn read(&self, raw: Raw<'_>) -> Result<T, Wrong> {
        raw.text().and_then(|text| (self.parse)(&text)).ok_or_else(|| self.problem.into())
    }

    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        (self.schema)()
    }
}

/// A moment as the common languages print it, in the years 1970 to 9999.
pub const fn moment() -> Checked<Timestamp> {
    checked(
        || json_schema!({ "type": "string", "format": "date-time" }),
        |text| iso8601::read(text).map_err(|refusal| refusal.to_string()),
    )
}

/// The SHA-256 of a file: 64 hexadecimal digits.
pub const fn digest() -> Parsed<[u8; 32]> {
    pattern(
        "must be the SHA-256 of the file, 64 hexadecimal digits",
        || json_schema!({ "type": "string", "pattern": "^[0-9a-fA-F]{64}$" }),
        |text| {
            let mut bytes = [0; 32];
            base16ct::mixed::decode(text, &mut bytes).ok().filter(|decoded| decoded.len() == 32)?;
            Some(bytes)
        },
    )
}

/// See [`id`].
pub struct IdOf<T> {
    problem: &'static str,
    of: PhantomData<T>,
}

/// An id of this kind, else `problem`.
pub const fn id<T: Id>(problem: &'static str) -> IdOf<T> {
    IdOf { problem, of: PhantomData }
}

impl<T: Id> Form for IdOf<T> {
    type Value = T;

    fn read(&self, raw: Raw<'_>) -> Result<T, Wrong> {
        raw.text().and_then(|text| T::parse(&text)).ok_or_else(|| self.problem.into())
    }

    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": T::PATTERN })
    }
}

/// See [`word`].
pub struct WordOf<T>(PhantomData<T>);

/// A word out of a closed list.
pub const fn word<T: Words>() -> WordOf<T> {
    WordOf(PhantomData)
}

impl<T: Words> Form for WordOf<T> {
    type Value = T;

    fn read(&self, raw: Raw<'_>) -> Result<T, Wrong> {
        let words: Vec<&str> = T::ALL.iter().map(|word| word.word()).collect();
        let value = raw.text().and_then(|text| T::parse(&text));
        value.ok_or_else(|| format!("must be one of {}", words.join(", ")).into())
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<crate::wire::Word<T>>()
    }
}

#[cfg(test)]
mod tests;
