//! API keys of an agent: what is kept of one. The keys themselves are made in `web`.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod revoke;

use domain::Timestamp;
use store::people::api_keys::KeyRecord;
use web::keys::ApiKey;

/// The label of a key that was given none.
pub(crate) const NAME_DEFAULT: &str = "default";
/// The slot of an agent's first key.
pub(crate) const SLOT_FIRST: u8 = 0;

/// What is kept of a new key.
pub(crate) fn record(key: &ApiKey, name: String, now: Timestamp) -> KeyRecord {
    KeyRecord {
        id: key.id(),
        slot: key.slot,
        hash: key.hash(),
        prefix: key.prefix(),
        name,
        created_at: now,
        last_used: None,
    }
}
