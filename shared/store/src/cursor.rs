//! How far somebody has come in a chain. A cursor goes forward only.

use crate::engine::commit::Condition;
use crate::engine::item::{Item, known, text};
use crate::engine::read::Table;
use crate::{Key, Store, StoreError};
use aws_sdk_dynamodb::types::AttributeValue;

const CURSOR: &str = "cursor";

impl Key {
    fn cursor(name: &str) -> Self {
        Self::new(Table::Core, CURSOR, name)
    }
}

impl Store {
    /// The last block that `name` was done with; `None` before the first.
    pub async fn cursor(&self, name: &str) -> Result<Option<u64>, StoreError> {
        let key = Key::cursor(name);
        self.read([key.clone()]).await?.take(&key, |item| {
            let block = item.get("b").and_then(|n| n.as_n().ok()).and_then(|digits| digits.parse().ok());
            known(block, "a block", name)
        })
    }

    /// `name` is done with everything up to `block`. Whoever was there before stays there.
    pub async fn advance_cursor(&self, name: &str, block: u64) -> Result<(), StoreError> {
        let block = AttributeValue::N(block.to_string());
        let parts = [("pk", text(CURSOR)), ("sk", text(name)), ("b", block.clone())];
        let item: Item = parts.map(|(name, value)| (name.to_owned(), value)).into();
        let ahead = Condition { expression: "attribute_not_exists(pk) OR b < :b", values: vec![(":b", block)] };
        self.put_unless(&self.tables.core, item, ahead, "advance a cursor").await.map(drop)
    }
}
