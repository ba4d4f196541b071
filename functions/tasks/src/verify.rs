//! `POST /tasks/{id}/verify`: the agent's own judgement of a submission.

use crate::{Tasks, own};
use axum::extract::{Path, State};
use domain::task::Manual;
use domain::{TaskId, moves};
use serde::Serialize;
use store::Key;
use web::fields::Fields;
use web::next_action::NextAction;
use web::{AgentCaller, Answer, ApiError, Json, Payload};

#[derive(Serialize)]
pub(crate) struct Reply {
    task_id: String,
    status: &'static str,
    message: &'static str,
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
    let decision = read(&payload)?;
    let task = own::task(&mut found, id, agent)?;

    let task = store.advance(task, |task| moves::verify(task, decision, now)).await?;
    Ok(Json::ok(Reply {
        task_id: task.id.to_string(),
        status: task.status.word(),
        message: match decision {
            Manual::Approve => "Task manually approved and completed.",
            Manual::Reject => "Task manually rejected and disputed.",
        },
        next_action: NextAction::of(&task, now),
    }))
}

fn read(payload: &Payload) -> Result<Manual, ApiError> {
    let mut fields = Fields::parse(&payload.0)?;
    let decision = fields.word("decision", Manual::ALL, Manual::parse);
    fields.finish()?;
    Ok(decision.expect("finish reports a missing decision"))
}
