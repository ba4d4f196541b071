//! `POST /agents/keys`: one more key, in the lowest free of the agent's slots.

use crate::keys;
use axum::extract::State;
use contract::Code;
use contract::agents::keys::create::{Body, Reply};
use contract::wire::Moment;
use domain::limits::KEYS_MAX;
use store::StoreError;
use store::people::api_keys::KeyRecord;
use web::keys::ApiKey;
use web::{AgentCaller, Answer, ApiError, Gate, Json, Payload};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, payload: Payload) -> Answer<Reply> {
    let store = gate.store();
    let (agent, _, mut taken) = caller.authenticate_beside(|_| [], |agent| store.keys(agent)).await?;
    let name = payload.read::<Body>()?.name.unwrap_or_else(|| keys::NAME_DEFAULT.to_owned());

    // Whoever loses a slot to another request looks for the next one: at most once for each slot.
    for _ in 0..=KEYS_MAX {
        let slot = free_slot(&taken).ok_or_else(too_many)?;
        let key = ApiKey::generate(gate.mode(), agent, slot);
        let record = keys::record(&key, name.clone(), store.now());
        if store.put_key(agent, &record).await? {
            return Ok(Json::created(&format!("/agents/keys/{}", key.id()), reply(&key, record)));
        }
        taken = store.keys(agent).await?;
    }

    let cause = "lost the race too often".to_owned();
    Err(StoreError::Unavailable { operation: "create a key", cause }.into())
}

fn reply(key: &ApiKey, record: KeyRecord) -> Reply {
    let created_at = Moment(record.created_at);
    Reply { api_key: key.reveal(), key_prefix: record.prefix, name: record.name, created_at }
}

fn free_slot(taken: &[KeyRecord]) -> Option<u8> {
    let mut slots = (0..KEYS_MAX).filter_map(|slot| u8::try_from(slot).ok());
    slots.find(|slot| taken.iter().all(|record| record.slot != *slot))
}

fn too_many() -> ApiError {
    ApiError::of(Code::TooManyKeys).saying(format!("You have {KEYS_MAX} active API keys. Revoke one to make another."))
}

#[cfg(test)]
mod tests;
