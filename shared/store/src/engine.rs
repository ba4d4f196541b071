//! The engine: tables, items, reads in one round trip, and commits that are one conditional write or one transaction.
//! Knows what an item is, not what is in one.

pub(crate) mod commit;
pub(crate) mod direct;
pub mod item;
pub(crate) mod lease;
pub(crate) mod once;
pub mod read;
pub mod schema;
pub(crate) mod update;
