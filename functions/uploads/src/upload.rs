//! `POST /operator/upload`: a signed PUT for exactly the announced bytes, for five minutes.

use crate::Uploads;
use axum::extract::State;
use domain::limits::PHOTO_BYTES;
use domain::status::Status;
use domain::{TaskId, Timestamp, upload};
use evidence::Format;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};
use store::Key;
use web::fields::Fields;
use web::{Answer, ApiError, Json, OperatorCaller, Payload};

/// Seconds that the signature is good for.
const LIFETIME_S: i64 = 300;

#[derive(Serialize)]
pub(crate) struct Reply {
    upload_id: String,
    method: &'static str,
    upload_url: String,
    headers: BTreeMap<String, String>,
    photo_url: String,
    expires_at: String,
}

struct Body {
    task: TaskId,
    format: Format,
    size_bytes: u64,
    sha256: [u8; 32],
}

pub(crate) async fn handle(State(state): State<Uploads>, caller: OperatorCaller, payload: Payload) -> Answer<Reply> {
    let body = read(&payload);

    let (operator, mut found) = caller.enter(|_| body.as_ref().ok().map(|body| Key::task(body.task))).await?;
    let Body { task: id, format, size_bytes, sha256 } = body?;
    let task = found.task(id)?.filter(|task| task.operator.as_ref().is_some_and(|o| o.id == operator));
    let task = task.ok_or_else(|| ApiError::not_found("Task"))?;
    if !matches!(task.status, Status::Accepted | Status::InProgress) {
        let sentence = format!("The task is {}: photos can be uploaded while you work on it.", task.status);
        return Err(ApiError::conflict("task_state_conflict", sentence));
    }

    // The bucket judges by real time, wherever the test clock may stand.
    let signed_at = SystemTime::now();
    let upload = upload::id(id, &operator, format.content_type(), size_bytes, sha256);
    let key = upload::key(id, &operator, upload);
    let signed = state.bucket.presign_put(&key, format.content_type(), size_bytes, sha256, signed_at);
    Ok(Json::ok(Reply {
        upload_id: upload.to_string(),
        method: "PUT",
        upload_url: signed.url,
        headers: signed.headers.into_iter().collect(),
        photo_url: state.bucket.object_url(&key),
        expires_at: moment(signed_at).plus_seconds(LIFETIME_S).to_string(),
    })
    .no_store())
}

fn moment(time: SystemTime) -> Timestamp {
    let millis = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

fn read(payload: &Payload) -> Result<Body, ApiError> {
    let mut fields = Fields::parse(&payload.0)?;
    let types: Vec<&str> = Format::ALL.iter().map(|format| format.content_type()).collect();
    let task = fields.parsed("task_id", "must be a task id", TaskId::parse);
    let format = fields.word("content_type", &types, |word| Format::from_content_type(word).map(|f| f.content_type()));
    let size_bytes = fields.integer("size_bytes", 1..=PHOTO_BYTES);
    let sha256 = fields.parsed("sha256", "must be the SHA-256 of the file, 64 hexadecimal digits", digest);
    fields.finish()?;
    const REPORTED: &str = "finish reports what is missing";
    Ok(Body {
        task: task.expect(REPORTED),
        format: format.and_then(Format::from_content_type).expect(REPORTED),
        size_bytes,
        sha256: sha256.expect(REPORTED),
    })
}

fn digest(text: &str) -> Option<[u8; 32]> {
    let byte = |i: usize| text.get(2 * i..2 * i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (i, slot) in bytes.iter_mut().enumerate() {
        *slot = byte(i)?;
    }
    Some(bytes)
}
