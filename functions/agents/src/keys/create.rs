//! POST /agents/keys: one more key, in the lowest free of the agent's slots.

use crate::keys;
use axum::extract::State;
use domain::limits::KEYS_MAX;
use serde::Serialize;
use store::StoreError;
use store::keys::KeyRecord;
use web::api_key::ApiKey;
use web::{AgentCaller, Answer, ApiError, Fields, Gate, Json, Payload};

/// Characters of a label.
const NAME_CHARS: usize = 100;

pub(crate) async fn handle(caller: AgentCaller, State(gate): State<Gate>, payload: Payload) -> Answer<Reply> {
    let parsed = parse(&payload.0);

    let store = gate.store();
    let (agent, _, mut taken) = caller.enter_with(|agent| ([], store.keys(agent))).await?;
    let name = parsed?;

    // Whoever loses a slot to another request looks for the next one: at most once for each slot.
    for _ in 0..=KEYS_MAX {
        let slot = free_slot(&taken).ok_or_else(too_many)?;
        let key = ApiKey::generate(gate.mode(), agent, slot);
        let record = keys::record(&key, name.clone(), store.now());
        if store.put_key(agent, &record).await? {
            return Ok(Json::created(Reply::of(&key, record)).no_store());
        }
        taken = store.keys(agent).await?;
    }

    let cause = "lost the race too often".to_owned();
    Err(StoreError::Unavailable { operation: "create a key", cause }.into())
}

#[derive(Serialize)]
pub(crate) struct Reply {
    api_key: String,
    key_prefix: String,
    name: String,
    created_at: String,
}

impl Reply {
    fn of(key: &ApiKey, record: KeyRecord) -> Self {
        Self {
            api_key: key.reveal(),
            key_prefix: record.prefix,
            name: record.name,
            created_at: record.created_at.to_string(),
        }
    }
}

fn parse(body: &[u8]) -> Result<String, ApiError> {
    let mut fields = Fields::parse(body)?;
    let name = fields.optional_text("name", 1..=NAME_CHARS);
    fields.finish()?;
    Ok(name.unwrap_or_else(|| keys::NAME_DEFAULT.to_owned()))
}

fn free_slot(taken: &[KeyRecord]) -> Option<u8> {
    let mut slots = (0..KEYS_MAX).filter_map(|slot| u8::try_from(slot).ok());
    slots.find(|slot| taken.iter().all(|record| record.slot != *slot))
}

fn too_many() -> ApiError {
    ApiError::conflict("too_many_keys", format!("You have {KEYS_MAX} active API keys. Revoke one to make another."))
}

#[cfg(test)]
mod tests;
