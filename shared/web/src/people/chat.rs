//! The chat of a task, as both its sides write and read it. Whose task it is, the handlers know.

use crate::request::finish;
use crate::{Answer, ApiError, IdempotencyKey, Json, Payload, paging};
use contract::Code;
use contract::tasks::messages::{Body, Message, Reply};
use domain::MessageId;
use domain::chat;
use domain::task::Side;
use domain::task::Task;
use store::Store;
use store::people::chat::place;
use store::task::listing::{Listed, Window};

/// What is to be sent.
pub fn read(payload: &Payload, key: &IdempotencyKey) -> Result<Body, ApiError> {
    let mut given = payload.given()?;
    let body = given.read();
    key.check(&mut given);
    finish(body, given)
}

/// Writes a message of one side of the task to the other. What was sent in time is answered again when it is too late.
pub async fn send(store: &Store, task: &Task, sender: Side, key: &IdempotencyKey, body: Body) -> Answer<Message> {
    let now = store.now();
    let operator = task.operator.as_ref().ok_or_else(|| ApiError::of(Code::ChatClosed))?.id.clone();
    let owner = format!("{} {sender} {operator}", task.id);
    let id = key.id("message", &owner, now, MessageId::from_digest, MessageId::new);
    let wanted = chat::Message { id, task: task.id, operator, sender, body: body.body, at: now };

    let at = match task.is_chat_open(now) {
        true => store.take_seat(&wanted).await?.ok_or_else(|| ApiError::of(Code::ChatFull))?,
        false => store.seat(&wanted).await?.ok_or_else(|| ApiError::of(Code::ChatClosed))?,
    };
    let wanted = chat::Message { at, ..wanted };
    let (there, replayed) = store.put_message(wanted.clone()).await?.split();
    if there != wanted {
        return Err(ApiError::of(Code::IdempotencyKeyReused));
    }
    let path = match sender {
        Side::Agent => format!("/tasks/{}/messages", task.id),
        Side::Operator => format!("/operator/tasks/{}/messages", task.id),
    };
    Ok(Json::created(&path, Message::of(there)).replayed(replayed))
}

/// A page of them.
pub fn page(listed: Listed<chat::Message>, window: &Window) -> Reply {
    paging::page(listed.rows, window, listed.total, place, Message::of)
}
