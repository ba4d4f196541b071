//! `GET` and `PATCH /agents/me`: the profile, and where the agent stands between the fee tiers.

use crate::account;
use axum::extract::State;
use contract::agents::me::{Body, FeeTier, Reply};
use contract::read::Nothing;
use contract::wire::{Id, Moment, Money, Word};
use domain::Usd;
use domain::agent::Agent;
use domain::pricing::Tier;
use store::Key;
use web::{AgentCaller, Answer, Gate, Json, Payload, Query};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, query: Query) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::agent(id)]).await?;
    query.read::<Nothing>()?;

    Ok(Json::ok(reply(account::of(id, &mut found)?, &gate)))
}

pub(crate) async fn change(State(gate): State<Gate>, caller: AgentCaller, payload: Payload) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::agent(id)]).await?;
    let body = payload.read::<Body>()?;

    let agent = changed(account::of(id, &mut found)?, body);
    gate.store().change_agent(&agent).await?;

    Ok(Json::ok(reply(agent, &gate)))
}

fn changed(agent: Agent, body: Body) -> Agent {
    Agent {
        name: body.name.unwrap_or(agent.name),
        email: body.email.unwrap_or(agent.email),
        company: body.company.or(agent.company),
        ..agent
    }
}

fn reply(agent: Agent, gate: &Gate) -> Reply {
    let fee_tier = fee_tier(agent.spend(gate.store().now()));
    Reply {
        agent_id: Id(agent.id),
        name: agent.name,
        email: agent.email,
        company: agent.company,
        mode: Word(gate.mode()),
        fee_tier,
        created_at: Moment(agent.created_at),
    }
}

fn fee_tier(spend: Usd) -> FeeTier {
    let tier = Tier::of(spend);
    FeeTier {
        tier: Word(tier),
        // Every rate is a whole number of per cent.
        rate_percent: tier.rate_bps() / 100,
        trailing_30d_spend_usd: Money(spend),
        next_tier_at_usd: tier.next_at().map(Money),
    }
}
