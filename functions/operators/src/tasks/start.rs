//! `POST /operator/tasks/{id}/start`: the operator has begun; the agent can no longer cancel.

use axum::extract::State;
use contract::operator::tasks::start::Reply;
use contract::read::Nothing;
use contract::wire::{Id, Moment, NextAction, Word};
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

    let task = store.advance(task, |task| moves::start(task, &operator, now)).await?;
    Ok(Json::ok(Reply {
        task_id: Id(task.id),
        status: Word(task.status),
        started_at: task.started_at.map(Moment),
        next_action: NextAction::of(&task, now),
    }))
}
