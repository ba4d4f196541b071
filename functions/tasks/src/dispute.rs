//! `POST /tasks/{id}/dispute`: the agent objects to a completed task inside the seven-day hold.

use crate::{Tasks, own};
use axum::extract::{Path, State};
use domain::{TaskId, moves};
use serde::Serialize;
use store::Key;
use web::fields::Fields;
use web::next_action::NextAction;
use web::{AgentCaller, Answer, Json, Money, Payload};

#[derive(Serialize)]
pub(crate) struct Reply {
    task_id: String,
    status: &'static str,
    held_usd: Money,
    next_action: Option<NextAction>,
}

pub(crate) async fn handle(
    State(state): State<Tasks>,
    caller: AgentCaller,
    Path(id): Path<String>,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (state.gate.store(), state.gate.store().now());
    let id = TaskId::parse(&id);

    let (agent, mut found) = caller.enter(|_| id.map(Key::task)).await?;
    Fields::parse(&payload.0)?.finish()?;
    let task = own::task(&mut found, id, agent)?;

    let task = store.advance(task, |task| moves::dispute(task, now)).await?;
    Ok(Json::ok(Reply {
        task_id: task.id.to_string(),
        status: task.status.word(),
        held_usd: Money(task.reward),
        next_action: NextAction::of(&task, now),
    }))
}
