//! `GET` and `POST /operator/tasks/{id}/messages`: what the operator of a task and its agent write to each other. Who
//! gave the task back is not its operator any more.

use axum::extract::State;
use contract::tasks::messages::{Message, Reply};
use contract::wire::Window;
use domain::task::Side;
use store::task::listing::Listed;
use web::people::chat;
use web::{Answer, Gate, IdempotencyKey, Json, OperatorCaller, Payload, Query, TaskPath, paging};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: OperatorCaller,
    path: TaskPath,
    query: Query,
) -> Answer<Reply> {
    let window = query.read::<Window>().map(paging::window);

    let listed = async |who| match (path.0, &window) {
        (Some(task), Ok(window)) => gate.store().messages(task, Some(&who), window).await,
        (None, _) | (_, Err(_)) => Ok(Listed::default()),
    };
    let (operator, mut found, listed) = caller.authenticate_beside(|_| path.key(), listed).await?;
    let window = window?;
    path.assigned_task(&mut found, &operator)?;

    Ok(Json::ok(chat::page(listed, &window)))
}

pub(crate) async fn send(
    State(gate): State<Gate>,
    caller: OperatorCaller,
    path: TaskPath,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Message> {
    let (operator, mut found) = caller.authenticate(|_| path.key()).await?;
    let body = chat::read(&payload, &key)?;
    let task = path.assigned_task(&mut found, &operator)?;

    chat::send(gate.store(), &task, Side::Operator, &key, body).await
}
