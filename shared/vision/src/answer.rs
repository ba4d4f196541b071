//! What counts as an answer's text, whoever gave it. Not whether it is true, nor of which schema.

use crate::Unanswered;
use serde_json::Value;

/// Of the whole answer as it comes, with all that stands around its text.
pub(crate) const BYTES_MAX: usize = 256 * 1024;
const CODE_BYTES_MAX: usize = 64;

/// `text` if it is one JSON value. With anything around it, if only a fence, it is none: a model that does not keep to
/// the form it was given does not keep to its instructions either.
pub(crate) fn json(text: String) -> Result<String, Unanswered> {
    match serde_json::from_str::<Value>(&text) {
        Ok(_) => Ok(text),
        Err(_) => Err(Unanswered::odd("its text is not JSON")),
    }
}

/// A code of the provider's, if it looks like one: it goes into logs, and a sentence must not.
pub(crate) fn code(text: &str) -> Option<&str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    ((1..=CODE_BYTES_MAX).contains(&text.len()) && text.bytes().all(plain)).then_some(text)
}

#[cfg(test)]
mod tests;
