//! POST /agents/register: an account and its first key. In live mode for the admin only.

use crate::keys;
use axum::extract::State;
use domain::agent::Agent;
use domain::{AgentId, Timestamp, Usd};
use serde::Serialize;
use std::collections::BTreeMap;
use web::api_key::ApiKey;
use web::{Answer, Anyone, ApiError, Fields, Gate, Json, Payload};

/// Characters of a name and of a company.
const NAME_CHARS: usize = 200;

struct Body {
    name: String,
    email: String,
    company: Option<String>,
}

pub(crate) async fn handle(caller: Anyone, State(gate): State<Gate>, payload: Payload) -> Answer<Reply> {
    let parsed = parse(&payload.0);

    caller.enter_to_register().await?;
    let body = parsed?;

    let now = gate.store().now();
    let agent = newcomer(body, now);
    let key = ApiKey::generate(gate.mode(), agent.id, keys::SLOT_FIRST);

    let record = keys::record(&key, keys::NAME_DEFAULT.to_owned(), now);
    gate.store().register_agent(&agent, &record).await?;

    Ok(Json::created(Reply {
        agent_id: agent.id.to_string(),
        api_key: key.reveal(),
        message: "Save this API key - it won't be shown again.",
    })
    .no_store())
}

#[derive(Serialize)]
pub(crate) struct Reply {
    agent_id: String,
    api_key: String,
    message: &'static str,
}

fn parse(body: &[u8]) -> Result<Body, ApiError> {
    let mut fields = Fields::parse(body)?;
    let name = fields.text("name", 1..=NAME_CHARS);
    let email = fields.email("email");
    let company = fields.optional_text("company", 0..=NAME_CHARS).filter(|text| !text.trim().is_empty());
    fields.finish()?;
    Ok(Body { name, email, company })
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
        tasks_created: 0,
        tasks_completed: 0,
        tasks_cancelled: 0,
        deposits: 0,
        spend_by_day: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests;
