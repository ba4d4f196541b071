//! How a page is cut and sent. What lists have in them is tested end to end.

use super::page;
use domain::limits::PAGE_BYTES;
use serde::{Serialize, Serializer};
use std::cell::Cell;
use std::rc::Rc;
use store::task::listing::Window;

/// A text, and how often it was written.
#[derive(Clone)]
struct Entry(String, Rc<Cell<u32>>);

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.1.set(self.1.get() + 1);
        serializer.serialize_str(&self.0)
    }
}

#[test]
fn a_page_ends_by_its_bytes_and_each_entry_is_written_once() {
    let window = Window { limit: 10, offset: 0, cursor: None };
    for (size, sent, written) in [(1, 10, 10), (PAGE_BYTES / 4, 3, 4), (2 * PAGE_BYTES, 1, 2)] {
        let count = Rc::new(Cell::new(0));
        let entries = vec![Entry("x".repeat(size), count.clone()); 11];
        let page = page(entries, &window, 11, |_| "place".to_owned(), |entry| entry);
        let text = serde_json::to_string(&page).unwrap();
        assert_eq!((page.data.len(), count.get()), (sent, written), "of {size} bytes each");
        assert_eq!(text.matches("\"x").count(), sent);
        assert!(text.ends_with(r#""next_cursor":"place"}}"#));
    }
}
