//! Doors: everything that takes bytes which somebody else chose. A door takes any bytes, and panics where what must hold
//! does not: no panic inside, no 5xx, an answer that the description has, and never long.
//!
//! A fuzzer goes through them guided by coverage (`driver`, `cargo xtask fuzz`); the end-to-end tests with what is kept in
//! `corpus` and with changes of it, made by chance.

mod bytes;
mod stage;
mod doors {
    pub(crate) mod http;
    pub(crate) mod images;
    pub(crate) mod messages;
    pub(crate) mod receipts;
    pub(crate) mod tokens;
}

use doors::{http, images, messages, receipts, tokens};
use std::time::{Duration, Instant};

/// Far more than any input takes, unoptimized and watched by a fuzzer too.
const PATIENCE: Duration = Duration::from_secs(10);

/// What takes bytes.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// Its folder in `corpus`.
    pub name: &'static str,
    open: fn(&[u8]),
}

/// All of them.
pub const DOORS: [Door; 10] = [
    Door { name: "requests", open: http::requests },
    Door { name: "cursors", open: http::cursors },
    Door { name: "headers", open: http::headers },
    Door { name: "mcp", open: http::mcp },
    Door { name: "webhooks", open: http::webhooks },
    Door { name: "tokens", open: tokens::tokens },
    Door { name: "images", open: images::images },
    Door { name: "records", open: messages::records },
    Door { name: "queue", open: messages::queue },
    Door { name: "receipts", open: receipts::receipts },
];

impl Door {
    pub fn named(name: &str) -> Option<Self> {
        DOORS.into_iter().find(|door| door.name == name)
    }

    /// Lets bytes in.
    pub fn enter(self, bytes: &[u8]) {
        let begun = Instant::now();
        (self.open)(bytes);
        assert!(begun.elapsed() < PATIENCE, "it took {:?}", begun.elapsed());
    }
}
