//! Lists: from the window that was asked for to the one that the store cuts out, and back to a page.

use contract::wire::{Page, Pagination, Written};
use domain::limits::PAGE_BYTES;
use serde::Serialize;
use store::task::listing::Window;

/// The window, as the store takes it: its places are `moment#id`.
pub fn window(asked: contract::wire::Window) -> Window {
    let cursor = asked.cursor.map(|cursor| cursor.replacen('.', "#", 1));
    Window { limit: asked.limit, offset: asked.offset, cursor }
}

/// A page of the entries that the window cut out: with one more than its limit, there is a next page. A page also ends
/// before it has more than [`PAGE_BYTES`]; one entry it has in any case.
pub fn page<E, T: Serialize>(
    entries: Vec<E>,
    window: &Window,
    total: usize,
    place: impl Fn(&E) -> String,
    view: impl Fn(E) -> T,
) -> Page<T> {
    let found = entries.len();
    let (mut data, mut bytes, mut last) = (Vec::new(), 0, None);
    for entry in entries.into_iter().take(window.limit) {
        let at = place(&entry);
        let line = Written::of(&view(entry));
        bytes += line.size_bytes();
        if bytes > PAGE_BYTES && !data.is_empty() {
            break;
        }
        data.push(line);
        last = Some(at);
    }
    let next_cursor = last.filter(|_| data.len() < found).map(|last| last.replace('#', "."));
    let offset = if window.cursor.is_some() { 0 } else { window.offset };
    let pagination = Pagination { limit: window.limit, offset, total, next_cursor };
    Page { data, pagination }
}

#[cfg(test)]
mod tests;
