//! `POST /operator/upload`: a signed PUT for exactly the announced bytes, for five minutes.

use crate::Uploads;
use axum::extract::State;
use contract::Code;
use contract::operator::upload::{Body, Reply};
use contract::wire::{Id, Moment};
use domain::limits::UPLOADS_MAX;
use domain::status::Status;
use domain::{Timestamp, upload};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};
use store::Key;
use web::{Answer, ApiError, Json, OperatorCaller, Payload};

/// Seconds that the signature is good for.
const LIFETIME_S: i64 = 300;

pub(crate) async fn handle(State(state): State<Uploads>, caller: OperatorCaller, payload: Payload) -> Answer<Reply> {
    let body = payload.read::<Body>();

    let (operator, mut found) = caller.authenticate(|_| body.as_ref().ok().map(|body| Key::task(body.task))).await?;
    let Body { task: id, photo_type, size_bytes, sha256 } = body?;
    let task = found.task(id)?.filter(|task| task.operator.as_ref().is_some_and(|o| o.id == operator));
    let task = task.ok_or_else(|| ApiError::not_found("Task"))?;
    if !matches!(task.status, Status::Accepted | Status::InProgress) {
        let sentence = format!("The task is {}: photos can be uploaded while you work on it.", task.status);
        return Err(ApiError::of(Code::TaskStateConflict).saying(sentence));
    }

    let upload = upload::id(id, &operator, photo_type.word(), size_bytes, sha256);
    // Each revision is a submission of its own.
    let max = UPLOADS_MAX * (1 + task.revisions());
    if !state.gate.store().note_upload(id, &operator, upload, max).await? {
        return Err(ApiError::of(Code::TooManyUploads).with(json!({ "max": max })));
    }

    // The bucket judges by real time, wherever the test clock may stand.
    let signed_at = SystemTime::now();
    let key = upload::key(id, &operator, upload);
    let signed = state.bucket.presign_put(&key, photo_type.word(), size_bytes, sha256, signed_at);
    Ok(Json::ok(Reply {
        upload_id: Id(upload),
        method: "PUT",
        upload_url: signed.url,
        headers: signed.headers.into_iter().collect(),
        photo_url: state.bucket.object_url(&key),
        expires_at: Moment(moment(signed_at).plus_seconds(LIFETIME_S)),
    }))
}

fn moment(time: SystemTime) -> Timestamp {
    let millis = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}
