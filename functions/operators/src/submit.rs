//! `POST /operator/tasks/{id}/submit`: proof, for the Guardian to judge.

mod body;

use self::body::Body;
use crate::Operators;
use axum::extract::{Path, State};
use domain::submission::{self, Contents};
use domain::task::{Brief, Task};
use domain::{OperatorId, ProofId, TaskId, Timestamp, moves, upload};
use sealed::{Envelope, PublicKey};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::Key;
use store::credentials::Credential;
use store::proofs::Proof;
use store::tasks::AdvanceError;
use web::next_action::NextAction;
use web::{Answer, ApiError, Json, OperatorCaller, Payload};

#[derive(Serialize)]
pub(crate) struct Reply {
    task_id: String,
    status: &'static str,
    submitted_at: Option<String>,
    message: &'static str,
    next_action: Option<NextAction>,
}

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    Path(id): Path<String>,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (state.gate.store(), state.gate.store().now());
    let id = TaskId::parse(&id).ok_or_else(|| ApiError::not_found("Task"));
    let body = body::read(&payload);

    let sealed = body.as_ref().is_ok_and(|body| body.credential.is_some());
    let key = id.as_ref().ok().copied();
    let keys = key.map(Key::task).into_iter().chain(key.filter(|_| sealed).map(Key::brief));
    let (operator, mut found) = caller.enter(|_| keys).await?;
    let body = body?;
    let task = found.task(id?)?.ok_or_else(|| ApiError::not_found("Task"))?;

    let proof_id = proof_id(&task, &operator, &body.canonical);
    let change = moves::submit(&task, &operator, proof_id, now)?;
    if change.after.version > task.version {
        let credential = credential(&body, &task, found.brief(task.id)?, now)?;
        let proof = proof(body, proof_id, &task, &operator, &state, now)?;
        if let Some(credential) = credential {
            store.put_credential(task.id, proof_id, &credential).await?;
        }
        store.put_proof(task.id, &proof).await?;
    }
    let id = task.id;
    let task = match store.advance(task, |task| moves::submit(task, &operator, proof_id, now)).await {
        Err(AdvanceError::Refused(refusal)) => {
            store.drop_proof(id, proof_id).await?;
            return Err(refusal.into());
        }
        advanced => advanced?,
    };
    Ok(Json::ok(Reply {
        task_id: task.id.to_string(),
        status: "SUBMITTED",
        submitted_at: task.submitted_at.map(|at| at.to_string()),
        message: "Proof submitted. AI Guardian verification in progress.",
        next_action: NextAction::of(&task, now),
    }))
}

/// The same submission has the same id, so that sending it again changes nothing.
fn proof_id(task: &Task, operator: &OperatorId, canonical: &str) -> ProofId {
    let digest = Sha256::new()
        .chain_update(b"proof")
        .chain_update(task.id.bytes())
        .chain_update(operator.as_str())
        .chain_update([0])
        .chain_update(canonical)
        .finalize();
    ProofId::from_digest(digest.into())
}

fn proof(
    body: Body,
    id: ProofId,
    task: &Task,
    operator: &OperatorId,
    state: &Operators,
    now: Timestamp,
) -> Result<Proof, ApiError> {
    let mut photos = Vec::new();
    for url in &body.photos {
        let key = state.bucket.key_of(url);
        let issued = key.as_deref().and_then(upload::parse_key);
        match (key, issued) {
            (Some(key), Some((of_task, by, _))) if of_task == task.id && by == *operator => photos.push(key),
            _ => return Err(bad_photo()),
        }
    }
    Ok(Proof {
        id,
        photos,
        notes: body.notes,
        confirmation_text: body.confirmation_text,
        reference_url: body.reference_url,
        location: body.location,
        submitted_at: now,
    })
}

fn bad_photo() -> ApiError {
    let problem = "must be photo_url values that POST /api/v1/operator/upload gave you for this task, each once";
    ApiError::fields(&[("photos".to_owned(), problem.to_owned())])
}

/// Checks what the task's type of proof demands; the envelope against the agent's key.
fn credential(body: &Body, task: &Task, brief: Brief, now: Timestamp) -> Result<Option<Credential>, ApiError> {
    let contents = Contents {
        photos: !body.photos.is_empty(),
        confirmation: body.confirmation_text.is_some(),
        credential: body.credential.is_some(),
    };
    let mut problems: Vec<(String, String)> = submission::problems(task.task_type, task.proof_type, contents)
        .into_iter()
        .map(|(field, problem)| (field.to_owned(), problem.to_owned()))
        .collect();
    let agent_key = brief.agent_public_key.and_then(|text| PublicKey::parse(&text).ok());
    let mut credential = None;
    if let (Some(parts), Some(agent_key)) = (&body.credential, agent_key) {
        match Envelope::check(&parts.ciphertext, &parts.iv, &parts.ephemeral, &parts.algorithm, &agent_key) {
            Ok(envelope) => {
                credential = Some(Credential {
                    ciphertext: envelope.ciphertext,
                    iv: envelope.iv,
                    ephemeral_public_key: envelope.ephemeral_public_key,
                    created_at: now,
                });
            }
            Err(found) => problems
                .extend(found.into_iter().map(|(field, problem)| (format!("encrypted_credential.{field}"), problem))),
        }
    }
    if problems.is_empty() { Ok(credential) } else { Err(ApiError::fields(&problems)) }
}
