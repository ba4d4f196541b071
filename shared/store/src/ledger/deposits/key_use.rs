//! What the Idempotency-Keys of USDC deposits were used for.

use crate::engine::commit::Condition;
use crate::engine::item::{Item, hex, known, text};
use crate::engine::read::Table;
use crate::ledger::deposits::LOCK;
use crate::{Found, Key, Store, StoreError};
use aws_sdk_dynamodb::types::TransactWriteItem;

/// A key was used for nothing yet, or for the same.
const SAME_USE: &str = "attribute_not_exists(pk) OR rf = :rf";

impl Key {
    /// What an Idempotency-Key of a USDC deposit was used for.
    pub fn key_use(key: [u8; 32]) -> Self {
        Self::new(Table::Ledger, name(key), LOCK)
    }
}

impl Found {
    /// What an Idempotency-Key was used for, if it was asked for and was used.
    pub fn key_use(&mut self, key: [u8; 32]) -> Result<Option<String>, StoreError> {
        self.take(&Key::key_use(key), |item| {
            known(item.get("rf").and_then(|v| v.as_s().ok()).cloned(), "the use of a key", "absent")
        })
    }
}

impl Store {
    /// Keeps what a key was used for that moved nothing, because the deposit was there. `false` when it was used for
    /// something else.
    pub async fn note_key_use(&self, key: [u8; 32], used_for: &str) -> Result<bool, StoreError> {
        let there =
            self.put_unless(&self.tables.ledger, item(key, used_for), same(used_for), "note a key's use").await?;
        Ok(there.is_none())
    }

    pub(super) fn put_key_use(&self, key: [u8; 32], used_for: &str) -> TransactWriteItem {
        self.put_in(&self.tables.ledger, item(key, used_for), same(used_for))
    }
}

fn same(used_for: &str) -> Condition<'static> {
    Condition { expression: SAME_USE, values: vec![(":rf", text(used_for))] }
}

fn item(key: [u8; 32], used_for: &str) -> Item {
    Item::from([("pk".to_owned(), text(name(key))), ("sk".to_owned(), text(LOCK)), ("rf".to_owned(), text(used_for))])
}

fn name(key: [u8; 32]) -> String {
    format!("I#{}", hex(&key))
}
