//! Reads by key: many items of all tables in one round trip, strongly consistent.

use crate::engine::commit::back_off;
use crate::engine::item::{Item, text};
use crate::{Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use std::collections::{BTreeMap, HashMap};

/// The name of an item: which table, which partition, which place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    table: Table,
    pk: String,
    sk: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Core,
    Ledger,
    Edge,
}

/// What a read found. Absent items are absent here.
#[derive(Debug, Default)]
pub struct Found(BTreeMap<Key, Item>);

/// Items that one request may name.
const BATCH_MAX: usize = 100;
/// Rounds for keys that DynamoDB left unprocessed.
const ROUNDS: u32 = 8;

impl Key {
    pub(crate) fn new(table: Table, pk: impl ToString, sk: impl ToString) -> Self {
        Self { table, pk: pk.to_string(), sk: sk.to_string() }
    }
}

impl Found {
    pub(crate) fn has(&self, key: &Key) -> bool {
        self.0.contains_key(key)
    }

    pub(crate) fn take<T>(
        &mut self,
        key: &Key,
        parse: impl FnOnce(Item) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.0.remove(key).map(parse).transpose()
    }
}

impl Store {
    /// Reads `keys` in one request (two beyond a hundred). No keys, no request.
    pub async fn read(&self, keys: impl IntoIterator<Item = Key>) -> Result<Found, StoreError> {
        let mut wanted: Vec<Key> = keys.into_iter().collect();
        wanted.sort();
        wanted.dedup();
        let mut found = Found::default();
        for batch in wanted.chunks(BATCH_MAX) {
            self.read_batch(batch, &mut found).await?;
        }
        Ok(found)
    }

    async fn read_batch(&self, keys: &[Key], found: &mut Found) -> Result<(), StoreError> {
        let mut left = self.request(keys);
        for round in 0..ROUNDS {
            if round > 0 {
                back_off(round).await;
            }
            let call = BatchGetItemInput::builder().set_request_items(Some(left));
            let answer = self.database.send(call).await.map_err(unavailable("read"))?;
            for (name, items) in answer.responses.unwrap_or_default() {
                let table = self.table_of(&name);
                for item in items {
                    let part = |key: &str| item.get(key).and_then(|v| v.as_s().ok()).cloned().unwrap_or_default();
                    found.0.insert(Key { table, pk: part("pk"), sk: part("sk") }, item);
                }
            }
            left = answer.unprocessed_keys.unwrap_or_default();
            if left.is_empty() {
                return Ok(());
            }
        }
        Err(StoreError::Unavailable { operation: "read", cause: "keys stayed unprocessed".to_owned() })
    }

    fn request(&self, keys: &[Key]) -> HashMap<String, KeysAndAttributes> {
        let mut by_table: HashMap<String, Vec<HashMap<String, AttributeValue>>> = HashMap::new();
        for key in keys {
            let name = HashMap::from([("pk".to_owned(), text(&key.pk)), ("sk".to_owned(), text(&key.sk))]);
            by_table.entry(self.table_name(key.table).to_owned()).or_default().push(name);
        }
        by_table
            .into_iter()
            .map(|(table, keys)| {
                let request = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true);
                (table, request.build().expect("every required member is set"))
            })
            .collect()
    }

    fn table_name(&self, table: Table) -> &str {
        match table {
            Table::Core => &self.tables.core,
            Table::Ledger => &self.tables.ledger,
            Table::Edge => &self.tables.edge,
        }
    }

    fn table_of(&self, name: &str) -> Table {
        if name == self.tables.core {
            Table::Core
        } else if name == self.tables.ledger {
            Table::Ledger
        } else {
            Table::Edge
        }
    }
}
