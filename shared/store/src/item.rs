//! The stored form of things. Attribute names are short because every byte of a write is billed.

pub mod account;
pub mod brief;
pub mod change;
pub mod index;
pub mod journal;
pub mod task;

use crate::StoreError;
use aws_sdk_dynamodb::types::AttributeValue;
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

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
