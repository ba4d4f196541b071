//! `GET /task-types`: what each type allows, so that nobody has to guess limits.

use crate::Tasks;
use axum::extract::State;
use contract::read::Nothing;
use contract::tasks::task_types::{Line, Reply};
use contract::wire::{Money, Word};
use domain::task_type::{Restriction, TaskDomain, TaskType};
use web::{Answer, Anyone, Json, Query};

pub(crate) async fn handle(State(state): State<Tasks>, caller: Anyone, query: Query) -> Answer<Reply> {
    caller.admit().await?;
    query.read::<Nothing>()?;

    let data = TaskType::ALL.iter().map(|kind| line(*kind, state.restriction)).collect();
    Ok(Json::ok(Reply { data }))
}

fn line(kind: TaskType, restriction: Restriction) -> Line {
    let policy = if kind.is_restricted() { restriction } else { Restriction::Open };
    Line {
        task_type: Word(kind),
        task_domain: Word(kind.domain()),
        tier: kind.tier(),
        min_reward_usd: Money(kind.reward_min()),
        max_reward_usd: Money(kind.reward_max()),
        default_proof_type: Word(kind.default_proof()),
        default_proof_requirements: kind.default_requirements(),
        requires_location: kind.domain() == TaskDomain::Physical,
        requires_agent_public_key: kind.is_credential(),
        policy: Word(policy),
    }
}
