//! Photos of a submission: URLs that we gave, and files that have arrived. Looks into none: the Guardian does.

use bucket::Bucket;
use contract::Code;
use domain::task::Task;
use domain::{OperatorId, upload};
use futures::future::try_join_all;
use serde_json::json;
use web::ApiError;

/// The keys of photos that were announced for this task by this operator. One other URL spoils the list.
pub(super) fn named(
    urls: &[String],
    task: &Task,
    operator: &OperatorId,
    bucket: &Bucket,
) -> Result<Vec<String>, ApiError> {
    let ours = |url: &String| {
        let key = bucket.key_of(url)?;
        let (of_task, by, _) = upload::parse_key(&key)?;
        (of_task == task.id && by == *operator).then_some(key)
    };
    let bad_photo = || {
        let problem = "must be photo_url values that POST /api/v1/operator/upload gave you for this task, each once";
        ApiError::fields(&[("photos".to_owned(), problem.to_owned())])
    };
    urls.iter().map(ours).collect::<Option<_>>().ok_or_else(bad_photo)
}

/// Whether the bucket has each photo as it was announced: its key is the digest of that.
pub(super) async fn arrived(
    keys: &[String],
    task: &Task,
    operator: &OperatorId,
    bucket: &Bucket,
) -> Result<(), ApiError> {
    let looks = try_join_all(keys.iter().map(|key| bucket.look(key))).await;
    let stored = looks.map_err(|error| ApiError::internal(error.to_string()))?;

    let is_announced = |(key, stored): &(&String, Option<bucket::Stored>)| {
        let stored = stored.as_ref();
        let upload = stored.map(|it| upload::id(task.id, operator, &it.content_type, it.size_bytes, it.sha256));
        upload.is_some_and(|upload| **key == upload::key(task.id, operator, upload))
    };
    let absent = keys.iter().zip(stored).filter(|photo| !is_announced(photo));
    let absent: Vec<String> = absent.map(|(key, _)| bucket.object_url(key)).collect();
    if absent.is_empty() {
        return Ok(());
    }
    Err(ApiError::of(Code::PhotoNotUploaded).with(json!({ "photos": absent })))
}
