//! `POST /agents/register`: an account and its first key. In live mode for the admin only.

use crate::keys;
use axum::extract::State;
use contract::agents::register::{Body, Reply};
use contract::wire::Id;
use domain::agent::Agent;
use domain::{AgentId, Timestamp};
use web::keys::ApiKey;
use web::{Answer, Anyone, Gate, Json, Payload};

pub(crate) async fn handle(State(gate): State<Gate>, caller: Anyone, payload: Payload) -> Answer<Reply> {
    caller.admit_registrar().await?;
    let body = payload.read::<Body>()?;

    let now = gate.store().now();
    let agent = newcomer(body, now);
    let key = ApiKey::generate(gate.mode(), agent.id, keys::SLOT_FIRST);

    let record = keys::record(&key, keys::NAME_DEFAULT.to_owned(), now);
    gate.store().register_agent(&agent, &record).await?;

    let message = "Save this API key - it won't be shown again.";
    Ok(Json::created("/agents/me", Reply { agent_id: Id(agent.id), api_key: key.reveal(), message }))
}

fn newcomer(body: Body, now: Timestamp) -> Agent {
    Agent::new(AgentId::new(now, store::random_bits()), body.name, body.email, body.company, now)
}
