//! Lists: which part of one is wanted, and the part with its place in the whole.

use crate::read::{Fields, Read, integer, pattern};
use schemars::{JsonSchema, json_schema};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::marker::PhantomData;

const LIMIT_DEFAULT: usize = 20;
const LIMIT_MAX: u64 = 100;
const OFFSET_MAX: u64 = 10_000;

/// Which part of a list is wanted. The cursor wins over the offset.
#[derive(Clone, Debug)]
pub struct Window {
    /// Entries to return, 1 to 100.
    pub limit: usize,
    /// Entries to skip, at most 10,000.
    pub offset: usize,
    /// `moment.id` of the last entry that the caller has, as an earlier page gave it.
    pub cursor: Option<String>,
}

impl Read for Window {
    const NAME: &'static str = "Window";

    fn read(query: &mut impl Fields) -> Option<Self> {
        let number = |value: Option<u64>| value.and_then(|n| usize::try_from(n).ok());
        let limit = query.optional("limit", "Entries to return; 20 unless said otherwise.", integer(1..=LIMIT_MAX));
        let offset = query.optional("offset", "Entries to skip.", integer(0..=OFFSET_MAX));
        let cursor = query.optional("cursor", "`next_cursor` of the page before; wins over `offset`.", cursor());
        Some(Self { limit: number(limit).unwrap_or(LIMIT_DEFAULT), offset: number(offset).unwrap_or(0), cursor })
    }
}

const fn cursor() -> impl crate::read::Form<Value = String> {
    pattern(
        "must be a next_cursor of an earlier page",
        || json_schema!({ "type": "string", "pattern": r"^[0-9]{13}\.(?=[0-9A-Za-z]*_)[0-9A-Za-z_]{1,80}$" }),
        |text| {
            let (moment, id) = text.split_once('.')?;
            let sorted = moment.len() == 13 && moment.bytes().all(|b| b.is_ascii_digit());
            let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            (sorted && id.len() <= 80 && id.contains('_') && plain).then(|| text.to_owned())
        },
    )
}

/// A part of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    #[schemars(with = "Vec<T>")]
    pub data: Vec<Written<T>>,
    pub pagination: Pagination,
}

/// An entry as it is sent. A page ends by its bytes, so its entries are written before it is, and only once.
#[derive(Debug)]
pub struct Written<T> {
    json: Box<RawValue>,
    entry: PhantomData<T>,
}

impl<T: Serialize> Written<T> {
    pub fn of(entry: &T) -> Self {
        let json = serde_json::value::to_raw_value(entry).expect("an entry is texts, numbers and lists of them");
        Self { json, entry: PhantomData }
    }

    pub fn size_bytes(&self) -> usize {
        self.json.get().len()
    }
}

impl<T> Serialize for Written<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json.serialize(serializer)
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Pagination {
    pub limit: usize,
    pub offset: usize,
    /// Entries in all.
    pub total: usize,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}
