//! `POST /operator/tasks/{id}/accept`: claims a pending task. Of many at once, exactly one gets it.

use crate::Operators;
use axum::extract::{Path, State};
use domain::operator::public_name;
use domain::task::Assignee;
use domain::{TaskId, moves};
use serde::Serialize;
use store::Key;
use web::fields::Fields;
use web::next_action::NextAction;
use web::{Answer, ApiError, Json, OperatorCaller, Payload};

#[derive(Serialize)]
pub(crate) struct Reply {
    task_id: String,
    status: &'static str,
    accepted_at: Option<String>,
    next_action: Option<NextAction>,
}

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    Path(id): Path<String>,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (state.gate.store(), state.gate.store().now());
    let id = TaskId::parse(&id);

    let (operator, mut found) = caller.enter_verified(|_| id.map(Key::task)).await?;
    Fields::parse(&payload.0)?.finish()?;
    let task = match id {
        Some(id) => found.task(id)?,
        None => None,
    };
    let task = task.ok_or_else(|| ApiError::not_found("Task"))?;

    let assignee = Assignee { id: operator.id, public_name: public_name(&operator.name) };
    let task = store.advance(task, |task| moves::accept(task, &assignee, now)).await?;
    Ok(Json::ok(Reply {
        task_id: task.id.to_string(),
        status: task.status.word(),
        accepted_at: task.accepted_at.map(|at| at.to_string()),
        next_action: NextAction::of(&task, now),
    }))
}
