//! DELETE /agents/keys/{id}: the key is dead at once. A key may revoke itself.

use axum::extract::{Path, State};
use domain::KeyId;
use serde::Serialize;
use web::{AgentCaller, Answer, ApiError, Fields, Gate, Json, Payload};

pub(crate) async fn handle(
    caller: AgentCaller,
    State(gate): State<Gate>,
    Path(id): Path<String>,
    payload: Payload,
) -> Answer<Reply> {
    let parsed = Fields::parse(&payload.0).and_then(Fields::finish);

    let store = gate.store();
    let (agent, _, keys) = caller.enter_with(|agent| ([], store.keys(agent))).await?;
    parsed?;

    let id = KeyId::parse(&id).ok_or_else(missing)?;
    let slot = keys.iter().find(|record| record.id == id).map(|record| record.slot).ok_or_else(missing)?;

    store.delete_key(agent, slot, id).await?;
    Ok(Json::ok(Reply { revoked: true }))
}

#[derive(Serialize)]
pub(crate) struct Reply {
    revoked: bool,
}

fn missing() -> ApiError {
    ApiError::not_found("API key")
}
