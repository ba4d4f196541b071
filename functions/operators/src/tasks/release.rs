//! `POST /operator/tasks/{id}/release`: the operator gives the task back to the feed.

use axum::extract::State;
use contract::operator::tasks::release::Reply;
use contract::read::Nothing;
use contract::wire::{Id, NextAction, Word};
use domain::moves;
use web::{Answer, Gate, Json, OperatorCaller, Payload, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: OperatorCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());

    let (operator, mut found) = caller.authenticate(|_| path.key()).await?;
    payload.read::<Nothing>()?;
    let task = path.task(&mut found)?;

    let task = store.advance(task, |task| moves::release(task, &operator, now)).await?;
    Ok(Json::ok(Reply { task_id: Id(task.id), status: Word(task.status), next_action: NextAction::of(&task, now) }))
}
