//! `DELETE /agents/keys/{id}`: the key is dead at once. A key may revoke itself.

use axum::extract::State;
use contract::agents::keys::revoke::Reply;
use contract::read::Nothing;
use domain::KeyId;
use web::{AgentCaller, Answer, ApiError, Gate, Json, PathId, Payload};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    PathId(id): PathId<KeyId>,
    payload: Payload,
) -> Answer<Reply> {
    let store = gate.store();
    let (agent, _, keys) = caller.authenticate_beside(|_| [], |agent| store.keys(agent)).await?;
    payload.read::<Nothing>()?;

    let record = keys.iter().find(|record| Some(record.id) == id).ok_or_else(|| ApiError::not_found("API key"))?;

    store.delete_key(agent, record.slot, record.id).await?;
    Ok(Json::ok(Reply { revoked: true }))
}
