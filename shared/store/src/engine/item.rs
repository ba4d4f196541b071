//! The stored form of things. Attribute names are short because every byte of a write is billed.

use crate::StoreError;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::geo::{Degrees, Point};
use domain::{Timestamp, Usd};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// An item as DynamoDB has it.
pub type Item = HashMap<String, AttributeValue>;

pub(crate) fn encode<T: Serialize>(record: &T) -> Item {
    serde_dynamo::to_item(record).expect("records are structs of texts, numbers, lists and maps")
}

pub(crate) fn decode<'a, T: Deserialize<'a>>(item: Item) -> Result<T, StoreError> {
    let name = |key: &str| item.get(key).and_then(|v| v.as_s().ok()).cloned().unwrap_or_default();
    let which = format!("{}/{}", name("pk"), name("sk"));
    serde_dynamo::from_item(item).map_err(|error| StoreError::Corrupt(format!("{which}: {error}")))
}

/// The value that must be there, because we wrote it.
pub(crate) fn known<T>(value: Option<T>, what: &str, text: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Corrupt(format!("{what} is {text:?}")))
}

pub(crate) fn usd(micros: i64) -> Result<Usd, StoreError> {
    known(Usd::from_micros(micros), "an amount", &micros.to_string())
}

pub(crate) fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

pub(crate) fn text(value: impl ToString) -> AttributeValue {
    AttributeValue::S(value.to_string())
}

pub(crate) fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A text that may be absent, as what it stands for.
pub(crate) fn word<T>(
    text: Option<String>,
    what: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    text.map(|text| known(parse(&text), what, &text)).transpose()
}

/// What is stored in several attributes and is there in part only, in the item of `subject`.
pub(crate) fn half(subject: &str, part: &str) -> StoreError {
    StoreError::Corrupt(format!("{subject} has half of {part}"))
}

/// A place in the item of `subject`, both parts or neither.
pub(crate) fn point(subject: &str, lat: Option<i32>, lng: Option<i32>) -> Result<Option<Point>, StoreError> {
    match (lat, lng) {
        (Some(lat), Some(lng)) => Ok(Some(Point { lat: Degrees::from_scaled(lat), lng: Degrees::from_scaled(lng) })),
        (None, None) => Ok(None),
        (Some(_), None) | (None, Some(_)) => Err(half(subject, "a place")),
    }
}

/// The sixteen bytes of lower-case hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    base16ct::lower::decode(text, &mut bytes).ok().filter(|decoded| decoded.len() == 16)?;
    Some(bytes)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// The bytes that DynamoDB bills for: names and values, not their JSON.
pub fn size_bytes(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + value_bytes(value)).sum()
}

fn value_bytes(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
        AttributeValue::L(list) => 3 + list.iter().map(|v| 1 + value_bytes(v)).sum::<usize>(),
        AttributeValue::M(map) => 3 + map.iter().map(|(k, v)| 1 + k.len() + value_bytes(v)).sum::<usize>(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests;
