//! `POST /tasks/{id}/statement`: what the agent has to say in a dispute.

use axum::extract::State;
use contract::tasks::statement::{Body, Reply};
use domain::task::Side;
use web::{AgentCaller, Answer, Gate, Json, Payload, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());

    let (agent, mut found) = caller.authenticate(|_| path.key()).await?;
    let Body { text } = payload.read()?;
    let task = path.own_task(&mut found, agent)?;

    let statement = store.make_statement(&task, Side::Agent, text, now).await?;
    Ok(Json::ok(Reply::of(&task, statement, now)))
}
