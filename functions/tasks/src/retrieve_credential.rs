//! `GET` and `POST /tasks/{id}/retrieve-credential`: the sealed credential, for its owner.

use axum::extract::State;
use contract::Code;
use contract::read::Nothing;
use contract::tasks::retrieve_credential::{Envelope, Reply};
use contract::wire::{Id, Moment};
use domain::guardian::ReviewReason;
use domain::status::Status;
use domain::task::Task;
use std::collections::BTreeMap;
use store::task::credentials::Credential;
use web::{AgentCaller, Answer, ApiError, Gate, Json, Payload, Query, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    path: TaskPath,
    query: Query,
    payload: Payload,
) -> Answer<Reply> {
    let credentials = async |_| match path.0 {
        Some(id) => gate.store().credentials(id).await,
        None => Ok(BTreeMap::new()),
    };
    let (agent, mut found, mut credentials) = caller.authenticate_beside(|_| path.key(), credentials).await?;
    query.read::<Nothing>()?;
    payload.read::<Nothing>()?;
    let task = path.own_task(&mut found, agent)?;
    let delivered = task.proof.and_then(|proof| credentials.remove(&proof));
    let credential = delivered.ok_or_else(|| ApiError::not_found("Credential"))?;

    if !is_readable(&task) {
        let sentence = format!("The task is {}: its credential can be retrieved once it is delivered.", task.status);
        return Err(ApiError::of(Code::CredentialNotReady).saying(sentence));
    }
    Ok(Json::ok(Reply { task_id: Id(task.id), encrypted_credential: envelope(credential) }))
}

/// COMPLETED, or waiting for the agent to try the credential.
fn is_readable(task: &Task) -> bool {
    let asked = |reason| task.verdict.as_ref().is_some_and(|ruling| ruling.review_reason == Some(reason));
    task.status == Status::Completed || (task.in_manual_review() && asked(ReviewReason::AgentConfirmation))
}

fn envelope(credential: Credential) -> Envelope {
    Envelope {
        ciphertext: credential.ciphertext,
        iv: credential.iv,
        ephemeral_public_key: credential.ephemeral_public_key,
        algorithm: sealed::ALGORITHM,
        created_at: Moment(credential.created_at),
    }
}
