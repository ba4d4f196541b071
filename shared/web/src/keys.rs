//! The keys that callers hold: how they are made, recognised and compared. Not where they are kept.

pub mod admin_key;
pub mod api_key;

pub use admin_key::AdminKey;
pub use api_key::{ApiKey, random_text};
