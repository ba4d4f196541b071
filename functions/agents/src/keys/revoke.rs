//! `DELETE /agents/keys/{id}`: the key is dead at once. A key may revoke itself, but the last one stays: nobody could
//! give the agent another.

use axum::extract::State;
use contract::Code;
use contract::agents::keys::revoke::Reply;
use contract::read::Nothing;
use domain::KeyId;
use domain::limits::KEYS_MAX;
use store::StoreError;
use web::{AgentCaller, Answer, ApiError, Gate, Json, PathId, Payload};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    PathId(id): PathId<KeyId>,
    payload: Payload,
) -> Answer<Reply> {
    let store = gate.store();
    let (agent, _, mut keys) = caller.authenticate_beside(|_| [], |agent| store.keys(agent)).await?;
    payload.read::<Nothing>()?;

    // Another request may revoke the key beside which this one goes: at most once for each key.
    for _ in 0..=KEYS_MAX {
        let found = keys.iter().position(|record| Some(record.id) == id);
        let record = keys.swap_remove(found.ok_or_else(|| ApiError::not_found("API key"))?);
        let other = keys.first().ok_or_else(|| ApiError::of(Code::LastKey))?;
        if store.delete_key(agent, &record, other).await? {
            return Ok(Json::ok(Reply { revoked: true }));
        }
        keys = store.keys(agent).await?;
    }

    let cause = "lost the race too often".to_owned();
    Err(StoreError::Unavailable { operation: "revoke a key", cause }.into())
}
