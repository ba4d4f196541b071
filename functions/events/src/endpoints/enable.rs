//! `POST /events/endpoints/enable`: what is known against an endpoint is forgotten.

use axum::extract::State;
use contract::events::endpoints::enable::{Body, Reply};
use web::{AgentCaller, Answer, Gate, Json, Payload};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, payload: Payload) -> Answer<Reply> {
    let (agent, _) = caller.authenticate(|_| []).await?;
    let Body { endpoint } = payload.read::<Body>()?;

    gate.store().clear_standing(agent, &endpoint).await?;

    Ok(Json::ok(Reply { endpoint, enabled: true }))
}
