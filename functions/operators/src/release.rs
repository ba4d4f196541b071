//! `POST /operator/tasks/{id}/release`: the operator gives the task back to the feed.

use crate::Operators;
use axum::extract::{Path, State};
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
    next_action: Option<NextAction>,
}

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    Path(id): Path<String>,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (state.gate.store(), state.gate.store().now());
    let id = TaskId::parse(&id).ok_or_else(|| ApiError::not_found("Task"));

    let (operator, mut found) = caller.enter(|_| id.as_ref().ok().copied().map(Key::task)).await?;
    Fields::parse(&payload.0)?.finish()?;
    let task = found.task(id?)?.ok_or_else(|| ApiError::not_found("Task"))?;

    let task = store.advance(task, |task| moves::release(task, &operator, now)).await?;
    Ok(Json::ok(Reply {
        task_id: task.id.to_string(),
        status: task.status.word(),
        next_action: NextAction::of(&task, now),
    }))
}
