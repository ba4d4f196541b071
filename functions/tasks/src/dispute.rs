//! `POST /tasks/{id}/dispute`: the agent objects to a completed task inside the seven-day hold.

use axum::extract::State;
use contract::tasks::dispute::{Body, Reply};
use contract::wire::{Id, Money, NextAction, Word};
use domain::moves;
use web::{AgentCaller, Answer, Gate, Json, Payload, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());

    let (agent, mut found) = caller.authenticate(|_| path.key()).await?;
    let Body { reason } = payload.read()?;
    let task = path.own_task(&mut found, agent)?;

    // Decided at the time at which it is decided again: the hold may end meanwhile.
    let task = store.advance_saying(task, reason.as_deref(), |task| moves::dispute(task, store.now())).await?;
    Ok(Json::ok(Reply {
        task_id: Id(task.id),
        status: Word(task.status),
        held_usd: Money(task.reward),
        next_action: NextAction::of(&task, now),
    }))
}
