//! `POST /agents/register`: an account and its first key. In live mode for the admin only.

use crate::keys;
use axum::extract::State;
use contract::agents::register::{Body, Reply};
use contract::wire::Id;
use domain::agent::Agent;
use domain::operator::rating::Ratings;
use domain::{AgentId, Timestamp, Usd};
use std::collections::BTreeMap;
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
    Agent {
        id: AgentId::new(now, store::random_bits()),
        name: body.name,
        email: body.email,
        company: body.company,
        created_at: now,
        deposit: Usd::ZERO,
        escrow: Usd::ZERO,
        revenue: Usd::ZERO,
        withheld: Usd::ZERO,
        fees_by_day: BTreeMap::new(),
        tasks_created: 0,
        tasks_completed: 0,
        tasks_cancelled: 0,
        tasks_refunded: 0,
        ratings: Ratings::default(),
        deposits: 0,
        spend_by_day: BTreeMap::new(),
        version: 0,
    }
}
