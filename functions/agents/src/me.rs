//! GET /agents/me: the profile, and where the agent stands between the fee tiers.

use crate::account;
use axum::extract::State;
use domain::agent::Spend;
use serde::Serialize;
use store::Key;
use web::{AgentCaller, Answer, Gate, Json, Money, Query};

pub(crate) async fn handle(caller: AgentCaller, State(gate): State<Gate>, Query(query): Query) -> Answer<Reply> {
    let parsed = query.finish();

    let (id, mut found) = caller.enter(|id| [Key::agent(id)]).await?;
    parsed?;

    let agent = account::of(id, &mut found)?;
    let fee_tier = FeeTier::of(&agent.spend(gate.store().now()));
    Ok(Json::ok(Reply {
        agent_id: agent.id.to_string(),
        name: agent.name,
        email: agent.email,
        company: agent.company,
        mode: gate.mode().word(),
        fee_tier,
        created_at: agent.created_at.to_string(),
    }))
}

#[derive(Serialize)]
pub(crate) struct Reply {
    agent_id: String,
    name: String,
    email: String,
    company: Option<String>,
    mode: &'static str,
    fee_tier: FeeTier,
    created_at: String,
}

#[derive(Serialize)]
struct FeeTier {
    tier: &'static str,
    rate_percent: u32,
    trailing_30d_spend_usd: Money,
    next_tier_at_usd: Option<Money>,
}

impl FeeTier {
    fn of(spend: &Spend) -> Self {
        let tier = spend.tier();
        Self {
            tier: tier.word(),
            // Every rate is a whole number of per cent.
            rate_percent: tier.rate_bps() / 100,
            trailing_30d_spend_usd: Money(spend.trailing),
            next_tier_at_usd: tier.next_at().map(Money),
        }
    }
}
