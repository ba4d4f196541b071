//! The platform's own money, beside that of others: so that what is on a chain can be compared with what is in the books.

use crate::ids::EntryId;
use crate::ledger::{Account, Entry, EntryKind, Rail};
use crate::money::Usd;
use crate::time::Timestamp;
use sha2::{Digest, Sha256};

/// The entry of what came into the treasury and is nobody's deposit. `name` is of its transaction.
pub fn entry(name: &str, amount: Usd, now: Timestamp) -> Entry {
    let digest = Sha256::new().chain_update(b"capital").chain_update(name);
    let id = EntryId::from_digest(digest.finalize().into());
    Entry::new(id, now, EntryKind::Capital, None).transfer(Account::World(Rail::Base), Account::Capital, amount)
}
