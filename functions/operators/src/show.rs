//! `GET /operator/tasks/{id}`: a pending task, or one of the operator's own.

use crate::Operators;
use axum::extract::{Path, State};
use domain::status::Status;
use domain::{OperatorId, TaskId, Timestamp, task::Brief, task::Task};
use serde::Serialize;
use store::Key;
use web::location::Location;
use web::next_action::NextAction;
use web::{Answer, ApiError, Json, Money, OperatorCaller, Query};

#[derive(Serialize)]
pub(crate) struct Reply {
    task_id: String,
    title: String,
    description: String,
    status: &'static str,
    task_type: &'static str,
    task_domain: &'static str,
    proof_type: &'static str,
    location: Location,
    reward_usd: Money,
    deadline: String,
    proof_requirements: Vec<String>,
    digital_instructions: Option<String>,
    agent_public_key: Option<String>,
    accepted_at: Option<String>,
    started_at: Option<String>,
    submitted_at: Option<String>,
    completed_at: Option<String>,
    created_at: String,
    next_action: Option<NextAction>,
}

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    Path(id): Path<String>,
    Query(query): Query,
) -> Answer<Reply> {
    let id = TaskId::parse(&id);

    let keys = id.into_iter().flat_map(|id| [Key::task(id), Key::brief(id)]);
    let (operator, mut found) = caller.enter(|_| keys).await?;
    query.finish()?;

    let not_found = || ApiError::not_found("Task");
    let id = id.ok_or_else(not_found)?;
    let task = found.task(id)?.filter(|task| is_visible(task, &operator)).ok_or_else(not_found)?;
    Ok(Json::ok(reply(task, found.brief(id)?, state.gate.store().now())))
}

fn is_visible(task: &Task, operator: &OperatorId) -> bool {
    task.status == Status::Pending || task.operator.as_ref().is_some_and(|assignee| assignee.id == *operator)
}

fn reply(task: Task, brief: Brief, now: Timestamp) -> Reply {
    let text = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
    Reply {
        task_id: task.id.to_string(),
        status: task.status.word(),
        task_type: task.task_type.word(),
        task_domain: task.task_type.domain().word(),
        proof_type: task.proof_type.word(),
        location: Location::of(task.point, &task.address),
        reward_usd: Money(task.reward),
        deadline: task.deadline.to_string(),
        digital_instructions: brief.digital_instructions,
        agent_public_key: brief.agent_public_key,
        accepted_at: text(task.accepted_at),
        started_at: text(task.started_at),
        submitted_at: text(task.submitted_at),
        completed_at: text(task.completed_at),
        created_at: task.created_at.to_string(),
        next_action: NextAction::of(&task, now),
        title: task.title,
        description: brief.description.unwrap_or(task.description),
        proof_requirements: brief.requirements.unwrap_or(task.requirements),
    }
}
