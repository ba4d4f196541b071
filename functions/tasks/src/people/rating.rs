//! `POST /tasks/{id}/rating`: what the agent thinks of the operator's work.

use axum::extract::State;
use contract::tasks::rating::{Body, Reply};
use domain::task::Side;
use web::people::rating;
use web::{AgentCaller, Answer, Gate, Payload, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (agent, mut found) = caller.authenticate(|_| path.key()).await?;
    let body = payload.read::<Body>()?;
    let task = path.own_task(&mut found, agent)?;

    rating::rate(gate.store(), &task, Side::Agent, body).await
}
