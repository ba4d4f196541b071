//! The keys that callers hold: how they are made, recognised and compared. Not where they are kept.

pub mod admin_keys;
pub mod api_key;
pub mod key_hash;

pub use admin_keys::AdminKeys;
pub use api_key::{ApiKey, random_text};
pub use key_hash::KeyHash;
