//! `POST /operator/tasks/{id}/rating`: what the operator thinks of the agent.

use axum::extract::State;
use contract::tasks::rating::{Body, Reply};
use domain::task::Side;
use web::people::rating;
use web::{Answer, Gate, OperatorCaller, Payload, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: OperatorCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (operator, mut found) = caller.authenticate(|_| path.key()).await?;
    let body = payload.read::<Body>()?;
    let task = path.assigned_task(&mut found, &operator)?;

    rating::rate(gate.store(), &task, Side::Operator, body).await
}
