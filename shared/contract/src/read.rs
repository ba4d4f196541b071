//! Reading a request: one piece of code reads the fields and describes them, so that the two cannot differ.
//!
//! A request is a type that implements [`Read`]: it asks [`Fields`] for each field by name and [`Form`]. With
//! [`Given`] the fields are those of a real request, and everything that is wrong is noted at once; with
//! [`Sketch`] nothing is there, and what is asked for becomes a JSON Schema.

mod canonical;
mod form;
mod given;
mod object;
mod sketch;
mod texts;
mod values;

pub use form::{Form, Raw, Wrong};
pub use given::Given;
pub use given::NotAnObject;
pub use sketch::Sketch;
pub(crate) use sketch::generator;
pub use texts::{checked, digest, email, https, id, line, moment, pattern, phone, text, wallet, web_url, word};
pub use values::{Currency, degrees, integer, list, measure, money, nested, tenths};

use domain::geo::Point;

/// What can be read from the fields of a JSON object or of a query.
pub trait Read: Sized {
    /// Its name among the schemas of the OpenAPI document.
    const NAME: &'static str;

    /// Asks for every field, whatever the ones before said, and only then gives up on what is missing. The
    /// checks between fields are here too. `None` only after a problem was noted.
    fn read(fields: &mut impl Fields) -> Option<Self>;
}

/// Where fields come from.
pub trait Fields {
    /// The value of a field that may be absent; null and the empty text count as absent.
    fn optional<F: Form>(&mut self, name: &'static str, about: &'static str, form: F) -> Option<F::Value>;

    /// The value of a field that must be there. `None` after noting why not.
    fn required<F: Form>(&mut self, name: &'static str, about: &'static str, form: F) -> Option<F::Value>;

    /// Whether the field is there, however it looks.
    fn has(&self, name: &str) -> bool;

    /// Notes what is wrong with a field, unless something was noted already. `problem` follows the name.
    fn problem(&mut self, name: &str, problem: impl Into<String>);
}

/// A request without fields: an empty body, or `{}`.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

impl Read for Nothing {
    const NAME: &'static str = "Nothing";

    fn read(_: &mut impl Fields) -> Option<Self> {
        Some(Self)
    }
}

/// The `lat` and `lng` of an object, both or neither.
pub fn point(fields: &mut impl Fields) -> Option<Point> {
    let lat = fields.optional("lat", "Degrees north.", degrees(90));
    let lng = fields.optional("lng", "Degrees east.", degrees(180));
    for (field, other) in [("lat", "lng"), ("lng", "lat")] {
        if fields.has(field) && !fields.has(other) {
            fields.problem(other, format!("is required beside {field}"));
        }
    }
    Some(Point { lat: lat?, lng: lng? })
}

#[cfg(test)]
pub(crate) mod tests;
