//! `GET /task-types`: what each type allows, so that nobody has to guess limits.

use crate::Tasks;
use axum::extract::State;
use domain::task_type::{Restriction, TaskDomain, TaskType};
use serde::Serialize;
use web::{Answer, Anyone, Json, Money, Query};

#[derive(Serialize)]
pub(crate) struct Reply {
    data: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    task_type: &'static str,
    task_domain: &'static str,
    tier: u8,
    min_reward_usd: Money,
    max_reward_usd: Money,
    default_proof_type: &'static str,
    default_proof_requirements: &'static [&'static str],
    requires_location: bool,
    requires_agent_public_key: bool,
    policy: &'static str,
}

pub(crate) async fn handle(State(state): State<Tasks>, caller: Anyone, Query(query): Query) -> Answer<Reply> {
    caller.enter().await?;
    query.finish()?;

    let data = TaskType::ALL.iter().map(|kind| line(*kind, state.restriction)).collect();
    Ok(Json::ok(Reply { data }))
}

fn line(kind: TaskType, restriction: Restriction) -> Line {
    let policy = if kind.is_restricted() { restriction } else { Restriction::Open };
    Line {
        task_type: kind.word(),
        task_domain: kind.domain().word(),
        tier: kind.tier(),
        min_reward_usd: Money(kind.reward_min()),
        max_reward_usd: Money(kind.reward_max()),
        default_proof_type: kind.default_proof().word(),
        default_proof_requirements: kind.default_requirements(),
        requires_location: kind.domain() == TaskDomain::Physical,
        requires_agent_public_key: kind.is_credential(),
        policy: policy.word(),
    }
}
