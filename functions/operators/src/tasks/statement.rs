//! `POST /operator/tasks/{id}/statement`: what the operator has to say in a dispute.

use axum::extract::State;
use contract::tasks::statement::{Body, Reply};
use domain::task::Side;
use web::{Answer, ApiError, Gate, Json, OperatorCaller, Payload, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: OperatorCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());

    let (operator, mut found) = caller.authenticate(|_| path.key()).await?;
    let Body { text } = payload.read()?;
    let task = path.task(&mut found)?;
    if !task.is_of(&operator) {
        return Err(ApiError::not_found("Task"));
    }

    let statement = store.make_statement(&task, Side::Operator, text, now).await?;
    Ok(Json::ok(Reply::of(&task, statement, now)))
}
