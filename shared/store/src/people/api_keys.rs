//! API key records: the hash, never the key. An agent has 20 slots, so the limit holds under any race.

use crate::engine::commit::{CommitError, Role};
use crate::engine::item::{Item, decode, encode, known, moment, number, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, if_held, unavailable, within};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, TransactWriteItem};
use domain::{AgentId, KeyId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What is kept of an API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRecord {
    /// Public name: the first half of the hash.
    pub id: KeyId,
    /// Which of the agent's slots; the key itself says so too.
    pub slot: u8,
    /// SHA-256 of the whole key, in hex.
    pub hash: String,
    /// The beginning of the key, to recognise it by.
    pub prefix: String,
    /// The agent's label.
    pub name: String,
    /// When made.
    pub created_at: Timestamp,
    /// When last used, to ten minutes.
    pub last_used: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct KeyItem {
    pk: String,
    sk: String,
    id: String,
    #[serde(rename = "sl")]
    slot: u8,
    #[serde(rename = "h")]
    hash: String,
    #[serde(rename = "px")]
    prefix: String,
    #[serde(rename = "nm")]
    name: String,
    #[serde(rename = "ca")]
    created_at: i64,
    #[serde(rename = "lu", default, skip_serializing_if = "Option::is_none")]
    last_used: Option<i64>,
}

pub(crate) const PREFIX: &str = "K#";
/// What a request waits for the note that its key was used.
const TOUCH_MAX: Duration = Duration::from_secs(1);

impl Key {
    /// The API key in a slot of an agent.
    pub fn api_key(agent: AgentId, slot: u8) -> Self {
        Self::new(Table::Core, agent, sort_key(slot))
    }
}

impl Found {
    /// The API key in a slot, if it was asked for and exists.
    pub fn api_key(&mut self, agent: AgentId, slot: u8) -> Result<Option<KeyRecord>, StoreError> {
        self.take(&Key::api_key(agent, slot), record_of)
    }
}

impl Store {
    /// Puts a key in its slot; `false` when the slot is taken.
    pub async fn put_key(&self, agent: AgentId, record: &KeyRecord) -> Result<bool, StoreError> {
        match self.put_new(&self.tables.core, key_item(agent, record), "put a key").await? {
            None => Ok(true),
            // The answer to our own write may have been lost on the way.
            Some(there) => Ok(record_of(there)?.hash == record.hash),
        }
    }

    /// All keys of an agent, oldest slot first.
    pub async fn keys(&self, agent: AgentId) -> Result<Vec<KeyRecord>, StoreError> {
        let call = QueryInput::builder()
            .table_name(&self.tables.core)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(agent))
            .expression_attribute_values(":prefix", text(PREFIX))
            .consistent_read(true);
        let answer = self.database.send(call).await.map_err(unavailable("list keys"))?;
        answer.items.unwrap_or_default().into_iter().map(record_of).collect()
    }

    /// Deletes a key if it is still the one with this id, and as long as `other` stays; `false` when that is gone. A
    /// key that is gone stays gone.
    pub async fn delete_key(&self, agent: AgentId, key: &KeyRecord, other: &KeyRecord) -> Result<bool, StoreError> {
        let delete = Delete::builder()
            .table_name(&self.tables.core)
            .key("pk", text(agent))
            .key("sk", text(sort_key(key.slot)))
            .condition_expression("id = :id")
            .expression_attribute_values(":id", text(key.id));
        let stays = ConditionCheck::builder()
            .table_name(&self.tables.core)
            .key("pk", text(agent))
            .key("sk", text(sort_key(other.slot)))
            .condition_expression("id = :id")
            .expression_attribute_values(":id", text(other.id));
        let delete = TransactWriteItem::builder().delete(delete.build().expect("every required member is set"));
        let stays = TransactWriteItem::builder().condition_check(stays.build().expect("every required member is set"));
        match self.transact(vec![(Role::State, delete.build()), (Role::OtherKey, stays.build())]).await {
            Ok(()) | Err(CommitError::Condition { role: Role::State, .. }) => Ok(true),
            Err(CommitError::Condition { .. }) => Ok(false),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// Notes that a key was used. A key that is gone stays gone.
    pub async fn touch_key(&self, agent: AgentId, slot: u8, id: KeyId, now: Timestamp) -> Result<(), StoreError> {
        let call = UpdateItemInput::builder()
            .table_name(&self.tables.core)
            .key("pk", text(agent))
            .key("sk", text(sort_key(slot)))
            .update_expression("SET lu = :now")
            .condition_expression("id = :id")
            .expression_attribute_values(":now", number(now.millis()))
            .expression_attribute_values(":id", AttributeValue::S(id.to_string()));
        let sent = within(TOUCH_MAX, "touch a key", self.database.send(call)).await?;
        if_held(sent, "touch a key").map(drop)
    }
}

fn sort_key(slot: u8) -> String {
    format!("{PREFIX}{slot:02}")
}

pub(crate) fn key_item(agent: AgentId, record: &KeyRecord) -> Item {
    encode(&KeyItem {
        pk: agent.to_string(),
        sk: sort_key(record.slot),
        id: record.id.to_string(),
        slot: record.slot,
        hash: record.hash.clone(),
        prefix: record.prefix.clone(),
        name: record.name.clone(),
        created_at: record.created_at.millis(),
        last_used: record.last_used.map(Timestamp::millis),
    })
}

pub(crate) fn record_of(item: Item) -> Result<KeyRecord, StoreError> {
    let k: KeyItem = decode(item)?;
    Ok(KeyRecord {
        id: known(KeyId::parse(&k.id), "a key id", &k.id)?,
        slot: k.slot,
        hash: k.hash,
        prefix: k.prefix,
        name: k.name,
        created_at: moment(k.created_at),
        last_used: k.last_used.map(moment),
    })
}
