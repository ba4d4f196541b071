//! `POST /operator/tasks/{id}/accept`: claims a pending task. Of many at once, exactly one gets it.

use axum::extract::State;
use contract::operator::tasks::accept::Reply;
use contract::read::Nothing;
use contract::wire::{Id, Moment, NextAction, Word};
use domain::moves;
use domain::operator::public_name;
use domain::task::Assignee;
use store::Key;
use web::{Answer, Gate, Json, OperatorCaller, Payload, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: OperatorCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());

    let (operator, mut found) =
        caller.authenticate_verified(|id| path.key().into_iter().chain([Key::earnings(id)])).await?;
    payload.read::<Nothing>()?;
    let task = path.task(&mut found)?;

    let record = found.earnings(&operator.id)?.unwrap_or_default().record;
    let assignee = Assignee { id: operator.id, public_name: public_name(&operator.name) };
    let task = store.advance(task, |task| moves::accept(task, &assignee, &record, now)).await?;
    Ok(Json::ok(Reply {
        task_id: Id(task.id),
        status: Word(task.status),
        accepted_at: task.accepted_at.map(Moment),
        next_action: NextAction::of(&task, now),
    }))
}
