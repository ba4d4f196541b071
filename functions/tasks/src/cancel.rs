//! `POST /tasks/{id}/cancel`: a full refund, while nobody has begun.

use axum::extract::State;
use contract::read::Nothing;
use contract::tasks::cancel::Reply;
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
    payload.read::<Nothing>()?;
    let task = path.own_task(&mut found, agent)?;

    let task = store.advance(task, |task| moves::cancel(task, now)).await?;
    Ok(Json::ok(Reply {
        task_id: Id(task.id),
        status: Word(task.status),
        refunded_usd: Money(task.cancellation.as_ref().map(|c| c.refunded).unwrap_or_default()),
        next_action: NextAction::of(&task, now),
    }))
}
