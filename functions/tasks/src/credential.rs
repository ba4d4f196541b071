//! `GET` and `POST /tasks/{id}/retrieve-credential`: the sealed credential, for its owner.

use crate::{Tasks, own};
use axum::extract::{Path, State};
use domain::TaskId;
use domain::guardian::ReviewReason;
use domain::status::Status;
use domain::task::Task;
use serde::Serialize;
use std::collections::BTreeMap;
use store::Key;
use store::credentials::Credential;
use web::fields::Fields;
use web::{AgentCaller, Answer, ApiError, Json, Payload, Query};

#[derive(Serialize)]
pub(crate) struct Reply {
    task_id: String,
    encrypted_credential: Envelope,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    ciphertext: String,
    iv: String,
    ephemeral_public_key: String,
    algorithm: &'static str,
    created_at: String,
}

pub(crate) async fn handle(
    State(state): State<Tasks>,
    caller: AgentCaller,
    Path(id): Path<String>,
    Query(query): Query,
    payload: Payload,
) -> Answer<Reply> {
    let store = state.gate.store();
    let id = TaskId::parse(&id);

    let credentials = async {
        match id {
            Some(id) => store.credentials(id).await,
            None => Ok(BTreeMap::new()),
        }
    };
    let (agent, mut found, mut credentials) = caller.enter_with(|_| (id.map(Key::task), credentials)).await?;
    query.finish()?;
    Fields::parse(&payload.0)?.finish()?;
    let task = own::task(&mut found, id, agent)?;
    let delivered = task.proof.and_then(|proof| credentials.remove(&proof));
    let credential = delivered.ok_or_else(|| ApiError::not_found("Credential"))?;

    if !is_readable(&task) {
        let sentence = format!("The task is {}: its credential can be retrieved once it is delivered.", task.status);
        return Err(ApiError::conflict("credential_not_ready", sentence));
    }
    Ok(Json::ok(Reply { task_id: task.id.to_string(), encrypted_credential: envelope(credential) }).no_store())
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
        created_at: credential.created_at.to_string(),
    }
}
