//! `POST /tasks/{id}/callback-secret`: another secret signs, and for a day the one before it as well.

use crate::{Tasks, draft};
use axum::extract::State;
use contract::Code;
use contract::tasks::callback_secret::{Body, Reply};
use contract::wire::{Id, Moment};
use domain::limits::SECRET_OVERLAP_S;
use domain::task::{Callback, Sealed};
use store::{Key, StoreError};
use web::{AgentCaller, Answer, ApiError, Json, Payload, TaskPath};

/// Times that somebody else may replace it meanwhile.
const ROUNDS: usize = 5;

pub(crate) async fn handle(
    State(state): State<Tasks>,
    caller: AgentCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (state.gate.store(), state.gate.store().now());

    let keys = path.0.into_iter().flat_map(|id| [Key::task(id), Key::callback(id)]);
    let (agent, mut found) = caller.authenticate(|_| keys).await?;
    let secret = read(&payload)?;
    let id = path.own_task(&mut found, agent)?.id;

    let mut seen = found.callback(id)?;
    for _ in 0..ROUNDS {
        let callback = seen.ok_or_else(|| ApiError::of(Code::NoCallback))?;
        let sealed = Sealed(state.sealing_key.seal(&id.to_string(), &secret));
        let rotated = callback.clone().rotated(sealed, now, now.plus_seconds(SECRET_OVERLAP_S));
        if store.replace_callback(id, &callback, &rotated).await? {
            return Ok(Json::ok(reply(id, &rotated)));
        }
        seen = store.read([Key::callback(id)]).await?.callback(id)?;
    }

    let cause = "lost the race too often".to_owned();
    Err(StoreError::Unavailable { operation: "replace a secret", cause }.into())
}

fn read(payload: &Payload) -> Result<String, ApiError> {
    let mut given = payload.given()?;
    let body = given.read::<Body>();
    draft::review_secret(&mut given);
    web::finish(body, given).map(|body| body.secret)
}

fn reply(task: domain::TaskId, callback: &Callback) -> Reply {
    let previous_until = callback.replaced.as_ref().map(|(_, until)| Moment(*until));
    Reply { task_id: Id(task), previous_until }
}
