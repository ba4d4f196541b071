//! `GET /operator/tasks/{id}`: a pending task, or one of the operator's own.

use super::reputation;
use axum::extract::State;
use contract::operator::tasks::Reputation;
use contract::operator::tasks::show::Reply;
use contract::read::Nothing;
use contract::wire::{Id, Location, Moment, Money, NextAction, Word};
use domain::status::Status;
use domain::task::{Brief, Task};
use domain::{OperatorId, Timestamp};
use store::Key;
use web::{Answer, ApiError, Gate, Json, OperatorCaller, Query, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: OperatorCaller,
    path: TaskPath,
    query: Query,
) -> Answer<Reply> {
    let keys = path.key().into_iter().chain(path.0.map(Key::brief));
    let (operator, mut found) = caller.authenticate(|_| keys).await?;
    query.read::<Nothing>()?;

    let task = path.task(&mut found)?;
    let mut brief = found.brief(task.id)?;
    if !is_own(&task, &operator) {
        if task.status != Status::Pending {
            return Err(ApiError::not_found("Task"));
        }
        // They may be about accounts of the agent: for who has the task, not for whoever looks.
        (brief.digital_instructions, brief.agent_public_key) = (None, None);
    }
    let mut found = gate.store().read([Key::agent(task.agent)]).await?;
    let agent = reputation(&mut found, task.agent)?;
    Ok(Json::ok(reply(task, brief, agent, gate.store().now())))
}

fn is_own(task: &Task, operator: &OperatorId) -> bool {
    task.operator.as_ref().is_some_and(|assignee| assignee.id == *operator)
}

fn reply(task: Task, brief: Brief, agent: Reputation, now: Timestamp) -> Reply {
    Reply {
        task_id: Id(task.id),
        status: Word(task.status),
        task_type: Word(task.task_type),
        task_domain: Word(task.task_type.domain()),
        proof_type: Word(task.proof_type),
        location: Location::of(task.point, &task.address),
        reward_usd: Money(task.reward),
        deadline: Moment(task.deadline),
        digital_instructions: brief.digital_instructions,
        agent_public_key: brief.agent_public_key,
        accepted_at: task.accepted_at.map(Moment),
        started_at: task.started_at.map(Moment),
        submitted_at: task.submitted_at.map(Moment),
        completed_at: task.completed_at.map(Moment),
        created_at: Moment(task.created_at),
        agent,
        next_action: NextAction::of(&task, now),
        title: task.title,
        description: brief.description.unwrap_or(task.description),
        proof_requirements: brief.requirements.unwrap_or(task.requirements),
    }
}
