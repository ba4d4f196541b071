//! Lists: the reference's `data` and `pagination`, and a cursor that wins over the offset.

use crate::fields::Fields;
use serde::Serialize;
use store::listing::Window;

const LIMIT_DEFAULT: usize = 20;
const LIMIT_MAX: u64 = 100;
const OFFSET_MAX: u64 = 10_000;

/// A part of a list.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    data: Vec<T>,
    pagination: Pagination,
}

#[derive(Debug, Serialize)]
struct Pagination {
    limit: usize,
    offset: usize,
    total: usize,
    next_cursor: Option<String>,
}

/// Reads `limit`, `offset` and `cursor` from a query.
pub fn window(query: &mut Fields) -> Window {
    let number = |value: Option<u64>| value.and_then(|n| usize::try_from(n).ok());
    let limit = number(query.optional_integer("limit", 1..=LIMIT_MAX)).unwrap_or(LIMIT_DEFAULT);
    let offset = number(query.optional_integer("offset", 0..=OFFSET_MAX)).unwrap_or(0);
    let cursor = query.optional_parsed("cursor", "must be a next_cursor of an earlier page", |text| {
        let (moment, id) = text.split_once('.')?;
        let sorted = moment.len() == 13 && moment.bytes().all(|b| b.is_ascii_digit());
        let named = id.len() <= 80 && id.contains('_') && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        (sorted && named).then(|| format!("{moment}#{id}"))
    });
    Window { limit, offset, cursor }
}

impl<T> Page<T> {
    /// A page of the entries that the window cut out: with one more than its limit, there is a next page.
    pub fn new<E>(
        mut entries: Vec<E>,
        window: &Window,
        total: usize,
        place: impl Fn(&E) -> String,
        view: impl Fn(E) -> T,
    ) -> Self {
        let more = entries.len() > window.limit;
        entries.truncate(window.limit);
        let next_cursor = entries.last().filter(|_| more).map(|last| place(last).replace('#', "."));
        let offset = if window.cursor.is_some() { 0 } else { window.offset };
        let pagination = Pagination { limit: window.limit, offset, total, next_cursor };
        Self { data: entries.into_iter().map(view).collect(), pagination }
    }
}
