//! `GET` and `POST /tasks/{id}/messages`: what the agent and the task's operators write to each other.

use axum::extract::State;
use contract::tasks::messages::{Message, Reply};
use contract::wire::Window;
use domain::task::Side;
use store::task::listing::Listed;
use web::people::chat;
use web::{AgentCaller, Answer, Gate, IdempotencyKey, Json, Payload, Query, TaskPath, paging};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    path: TaskPath,
    query: Query,
) -> Answer<Reply> {
    let window = query.read::<Window>().map(paging::window);

    let listed = async |_| match (path.0, &window) {
        (Some(task), Ok(window)) => gate.store().messages(task, None, window).await,
        (None, _) | (_, Err(_)) => Ok(Listed::default()),
    };
    let (agent, mut found, listed) = caller.authenticate_beside(|_| path.key(), listed).await?;
    let window = window?;
    path.own_task(&mut found, agent)?;

    Ok(Json::ok(chat::page(listed, &window)))
}

pub(crate) async fn send(
    State(gate): State<Gate>,
    caller: AgentCaller,
    path: TaskPath,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Message> {
    let (agent, mut found) = caller.authenticate(|_| path.key()).await?;
    let body = chat::read(&payload, &key)?;
    let task = path.own_task(&mut found, agent)?;

    chat::send(gate.store(), &task, Side::Agent, &key, body).await
}
