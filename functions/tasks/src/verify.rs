//! `POST /tasks/{id}/verify`: the agent's own judgement of a submission.

use axum::extract::State;
use contract::tasks::verify::{Body, Reply};
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
    let Body { decision } = payload.read()?;
    let task = path.own_task(&mut found, agent)?;

    let task = store.advance(task, |task| moves::verify(task, decision, now)).await?;
    Ok(Json::ok(Reply {
        task_id: Id(task.id),
        status: Word(task.status),
        message: match decision {
            Manual::Approve => "Task manually approved and completed.",
            Manual::Reject => "Task manually rejected and disputed.",
        },
        next_action: NextAction::of(&task, now),
    }))
}
