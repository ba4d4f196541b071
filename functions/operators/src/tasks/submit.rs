//! `POST /operator/tasks/{id}/submit`: proof, for the Guardian to judge.

mod photos;

use crate::Operators;
use ::photos::NOT_ANNOUNCED;
use axum::extract::State;
use contract::operator::tasks::submit::{Body, Reply};
use contract::wire::{Id, Moment, NextAction, Word};
use domain::status::Status;
use domain::submission::{self, Contents, Location, Proof};
use domain::task::{Brief, Task};
use domain::{OperatorId, ProofId, Timestamp, moves};
use sealed::{Envelope, PublicKey};
use sha2::{Digest, Sha256};
use store::Key;
use store::task::credentials::Credential;
use store::task::submission::Submission;
use web::{Answer, ApiError, Json, OperatorCaller, Payload, TaskPath};

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (state.gate.store(), state.gate.store().now());
    let read = read(&payload);

    let sealed = read.as_ref().is_ok_and(|(body, _)| body.credential.is_some());
    let keys = path.key().into_iter().chain(path.0.filter(|_| sealed).map(Key::brief));
    let (operator, mut found) = caller.authenticate(|_| keys).await?;
    let (body, canonical) = read?;
    let task = path.task(&mut found)?;

    let proof_id = proof_id(&task, &operator, &canonical);
    let decide = |task: &Task| moves::submit(task, &operator, proof_id, now);
    let decided = decide(&task)?.after;
    let task = if decided.version == task.version {
        decided
    } else {
        let credential = credential(&body, &task, found.brief(task.id)?, now)?;
        let keys = ::photos::announced(&body.photos, task.id, &operator, &state.bucket);
        let keys = keys.ok_or_else(|| ApiError::fields(&[("photos".to_owned(), NOT_ANNOUNCED.to_owned())]))?;
        let photos = photos::read(keys, &task, &operator, &state).await?;
        let identities = photos.iter().map(|photo| photo.identity).collect();
        let proof = proof(body, proof_id, photos, now);
        let submission = Submission { operator: operator.clone(), proof, identities, credential };
        store.submit(task, &submission, decide).await?
    };
    Ok(Json::ok(Reply {
        task_id: Id(task.id),
        status: Word(Status::Submitted),
        submitted_at: task.submitted_at.map(Moment),
        message: "Proof submitted. AI Guardian verification in progress.",
        next_action: NextAction::of(&task, now),
    }))
}

/// The body, and its canonical text.
fn read(payload: &Payload) -> Result<(Body, String), ApiError> {
    let mut given = payload.given()?;
    let canonical = given.canonical(&[]);
    let body = given.read();
    Ok((web::finish(body, given)?, canonical))
}

/// The same submission has the same id, so that sending it again changes nothing. After changes were asked for it is
/// another one, whatever is in it.
fn proof_id(task: &Task, operator: &OperatorId, canonical: &str) -> ProofId {
    let digest = Sha256::new()
        .chain_update(b"proof")
        .chain_update(task.id.bytes())
        .chain_update(operator.as_str())
        .chain_update([task.revisions()])
        .chain_update(canonical)
        .finalize();
    ProofId::from_digest(digest.into())
}

fn proof(body: Body, id: ProofId, photos: Vec<photos::Photo>, submitted_at: Timestamp) -> Proof {
    Proof {
        id,
        photos: photos.into_iter().map(photos::Photo::kept).collect(),
        notes: body.notes,
        confirmation_text: body.confirmation_text,
        reference_url: body.reference_url,
        location: body.location.map(|w| Location {
            point: w.point,
            accuracy_m: w.accuracy_m,
            captured_at: w.captured_at,
        }),
        submitted_at,
    }
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
        match Envelope::check(&parts.ciphertext, &parts.iv, &parts.ephemeral_public_key, &parts.algorithm, &agent_key) {
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
