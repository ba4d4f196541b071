//! `POST /tasks/{id}/verify`: the agent's own judgement of a submission.

use axum::extract::State;
use contract::tasks::verify::{Body, Reply};
use contract::wire::submission::Revision;
use contract::wire::{Id, NextAction, Word};
use domain::moves;
use domain::task::Manual;
use web::{AgentCaller, Answer, Gate, Json, Payload, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());

    let (agent, mut found) = caller.authenticate(|_| path.key()).await?;
    let Body { decision, reason } = payload.read()?;
    let task = path.own_task(&mut found, agent)?;

    let task = store.advance_saying(task, reason.as_deref(), |task| moves::verify(task, decision, now)).await?;
    // As it is kept: asked for again with other words, it is still what was asked for first.
    let revision = match decision {
        Manual::RequestChanges => Revision::of(&task, store.papers(&task).await?.said.changes),
        Manual::Approve | Manual::Reject => None,
    };
    Ok(Json::ok(Reply {
        task_id: Id(task.id),
        status: Word(task.status),
        message: match decision {
            Manual::Approve => "Task manually approved and completed.",
            Manual::Reject => "Task manually rejected and disputed.",
            Manual::RequestChanges => "Changes requested; the operator hands in again.",
        },
        next_action: NextAction::of(&task, now),
        revision,
    }))
}
