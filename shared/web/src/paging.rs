//! Lists: from the window that was asked for to the one that the store cuts out, and back to a page.

use contract::wire::{Page, Pagination};
use store::task::listing::Window;

/// The window, as the store takes it: its places are `moment#id`.
pub fn window(asked: contract::wire::Window) -> Window {
    let cursor = asked.cursor.map(|cursor| cursor.replacen('.', "#", 1));
    Window { limit: asked.limit, offset: asked.offset, cursor }
}

/// A page of the entries that the window cut out: with one more than its limit, there is a next page.
pub fn page<E, T>(
    mut entries: Vec<E>,
    window: &Window,
    total: usize,
    place: impl Fn(&E) -> String,
    view: impl Fn(E) -> T,
) -> Page<T> {
    let more = entries.len() > window.limit;
    entries.truncate(window.limit);
    let next_cursor = entries.last().filter(|_| more).map(|last| place(last).replace('#', "."));
    let offset = if window.cursor.is_some() { 0 } else { window.offset };
    let pagination = Pagination { limit: window.limit, offset, total, next_cursor };
    Page { data: entries.into_iter().map(view).collect(), pagination }
}
