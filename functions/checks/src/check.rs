//! `POST /operator/tasks/{id}/check`: what the Guardian's checks would say of photos.

use crate::Checks;
use axum::extract::State;
use contract::Code;
use contract::operator::tasks::check::{Body, Reply};
use contract::wire::Id;
use contract::wire::submission::Check;
use domain::Timestamp;
use domain::guardian::CheckStatus;
use domain::limits::CHECKS_MAX;
use domain::status::Status;
use domain::task::Task;
use domain::task_type::ProofType;
use photos::{Examined, Failed, NOT_ANNOUNCED, Standard, Terms};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::time::Duration;
use store::Key;
use web::{Answer, ApiError, Json, OperatorCaller, Payload, TaskPath};

/// Of all photos together: the function has 25 seconds.
const EXAMINING_MAX: Duration = Duration::from_secs(20);

pub(crate) async fn handle(
    State(state): State<Checks>,
    caller: OperatorCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, body) = (state.gate.store(), payload.read::<Body>());

    let keys = path.key().into_iter().chain(path.0.map(Key::brief));
    let (operator, mut found) = caller.authenticate(|_| keys).await?;
    let Body { photos } = body?;
    let task = path.task(&mut found)?;
    if task.operator.as_ref().is_none_or(|assignee| assignee.id != operator) {
        return Err(ApiError::not_found("Task"));
    }
    let accepted_at = at_work(&task).ok_or_else(|| {
        let sentence = format!("The task is {}: photos can be checked while you work on it.", task.status);
        ApiError::of(Code::TaskStateConflict).saying(sentence)
    })?;
    let problem = |problem: &str| ApiError::fields(&[("photos".to_owned(), problem.to_owned())]);
    if task.proof_type == ProofType::Confirmation {
        return Err(problem("are not looked at: this task asks for a confirmation_text"));
    }
    let keys = photos::announced(&photos, task.id, &operator, &state.bucket).ok_or_else(|| problem(NOT_ANNOUNCED))?;

    // Each revision is a submission of its own.
    let max = CHECKS_MAX * (1 + task.revisions());
    let noted = store.note_check(task.id, &operator, digest(&keys), max).await?;
    let noted = noted.ok_or_else(|| ApiError::of(Code::TooManyChecks).with(json!({ "max": max })))?;

    let requirements = found.brief(task.id)?.requirements.unwrap_or_else(|| task.requirements.clone());
    let terms = Terms {
        task: &task,
        operator: &operator,
        requirements: &requirements,
        accepted_at,
        submitted_at: store.now(),
        standard: Standard::Trial,
    };
    let keys: Vec<_> = keys.iter().map(String::as_str).collect();
    let examined = tokio::time::timeout(EXAMINING_MAX, state.examiner.examine(&keys, &terms)).await;
    let examined = examined.map_err(|_| ApiError::internal("the photos could not be looked at in time"))?;
    let Examined { checks, pictures } = examined.map_err(|failed| match failed {
        Failed::Store(error) => error.into(),
        Failed::Bucket => ApiError::internal("the bucket does not answer"),
    })?;
    // Whatever could not be looked at has no picture.
    let all_seen = pictures.len() == keys.len();
    Ok(Json::ok(Reply {
        task_id: Id(task.id),
        passed: all_seen && checks.iter().all(|check| check.status != CheckStatus::Fail),
        checks: checks.into_iter().map(Check::of).collect(),
        checks_left: max.saturating_sub(noted),
    }))
}

/// When it was accepted, if it is being worked on.
fn at_work(task: &Task) -> Option<Timestamp> {
    task.accepted_at.filter(|_| matches!(task.status, Status::Accepted | Status::InProgress))
}

/// Of the same photos in the same order.
fn digest(keys: &[String]) -> [u8; 16] {
    let mut digest = Sha256::new();
    for key in keys {
        digest.update(key);
        digest.update("\n");
    }
    let whole: [u8; 32] = digest.finalize().into();
    std::array::from_fn(|at| whole[at])
}
