//! Photos of a submission: URLs that we gave, and files that have arrived and can be read, while their operator can
//! still do something about it. Decodes no pixels and judges nothing: the Guardian does.

use crate::Operators;
use bucket::{Bucket, FetchError};
use contract::Code;
use domain::limits::PHOTO_BYTES;
use domain::submission;
use domain::task::Task;
use domain::upload::PhotoType;
use domain::{OperatorId, upload};
use evidence::Unreadable;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::json;
use std::time::Duration;
use tokio::sync::Semaphore;
use web::ApiError;

/// A photo that was read.
pub(super) struct Photo {
    key: String,
    photo_type: PhotoType,
    /// What makes it the photo that it is.
    pub(super) identity: [u8; 32],
}

/// What is wrong with a photo.
enum Fault {
    /// It is not there, or not as it was announced.
    Absent,
    /// One sentence: what is wrong, and what to do.
    Unreadable(String),
}

/// Of all photos together: the function has ten seconds.
const READING_MAX: Duration = Duration::from_secs(7);
/// Photos of one submission that are read at the same time.
const AT_ONCE: usize = 2;
/// Photos that are in memory at the same time, of all submissions together.
static READING: Semaphore = Semaphore::const_new(4);

impl Photo {
    pub(super) fn kept(self) -> submission::Photo {
        submission::Photo { key: self.key, photo_type: Some(self.photo_type) }
    }
}

/// Reads each photo: it must be there as it was announced, but for its type, be readable, and be no other one again.
pub(super) async fn read(
    keys: Vec<String>,
    task: &Task,
    operator: &OperatorId,
    state: &Operators,
) -> Result<Vec<Photo>, ApiError> {
    let reads: Vec<_> = keys.into_iter().map(|key| one(key, task, operator, &state.bucket)).collect();
    let reading = stream::iter(reads).buffered(AT_ONCE).try_collect::<Vec<_>>();
    let read = tokio::time::timeout(READING_MAX, reading).await;
    let read = read.unwrap_or_else(|_| Err(ApiError::internal("the photos could not be read in time")))?;

    let (mut photos, mut absent, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
    for photo in read {
        match photo {
            Ok(photo) => photos.push(photo),
            Err((key, Fault::Absent)) => absent.push(state.bucket.object_url(&key)),
            Err((key, Fault::Unreadable(problem))) => unreadable.push((key, problem)),
        }
    }
    if !absent.is_empty() {
        return Err(ApiError::of(Code::PhotoNotUploaded).with(json!({ "photos": absent })));
    }
    if !unreadable.is_empty() {
        return Err(refused(unreadable, task, operator, state).await?);
    }
    match twins(&photos)[..] {
        [] => Ok(photos),
        ref twins => Err(ApiError::fields(twins)),
    }
}

/// # Errors
/// It could not be fetched, and why is not known.
async fn one(
    key: String,
    task: &Task,
    operator: &OperatorId,
    bucket: &Bucket,
) -> Result<Result<Photo, (String, Fault)>, ApiError> {
    let _permit = READING.acquire().await.expect("nobody closes the semaphore");
    let size_bytes_max = usize::try_from(PHOTO_BYTES).unwrap_or(usize::MAX);
    let bytes = match bucket.fetch(&key, size_bytes_max).await {
        Ok(bytes) => bytes,
        Err(FetchError::Missing | FetchError::TooLarge) => return Ok(Err((key, Fault::Absent))),
        Err(FetchError::Encoded) => {
            let problem = "The photo was uploaded with a Content-Encoding: save it anew and upload that without.";
            return Ok(Err((key, Fault::Unreadable(problem.to_owned()))));
        }
        Err(FetchError::Unavailable) => return Err(ApiError::internal("the bucket does not answer")),
    };
    let photo = match tokio::task::spawn_blocking(move || evidence::read(&bytes)).await {
        Ok(photo) => photo,
        Err(error) if error.is_panic() => {
            tracing::error!(task.id = %task.id, "whoever reads a photo panicked");
            Err(Unreadable::Broken)
        }
        Err(_) => return Err(ApiError::internal("a photo was not read to its end")),
    };
    Ok(match photo {
        Ok(photo) if upload::is_of(&key, task.id, operator, photo.size_bytes, photo.sha256) => {
            Ok(Photo { key, photo_type: photo.photo_type, identity: photo.identity })
        }
        Ok(_) => Err((key, Fault::Absent)),
        Err(reason) => Err((key, Fault::Unreadable(reason.to_string()))),
    })
}

/// Names the photos that cannot be read, and lets others be uploaded in their place.
async fn refused(
    photos: Vec<(String, String)>,
    task: &Task,
    operator: &OperatorId,
    state: &Operators,
) -> Result<ApiError, ApiError> {
    let mut described = Vec::new();
    for (key, problem) in &photos {
        if let Some((_, _, upload)) = upload::parse_key(key) {
            state.gate.store().drop_upload(task.id, operator, upload).await?;
        }
        described.push(json!({ "photo_url": state.bucket.object_url(key), "problem": problem }));
    }
    let mut sentences: Vec<&str> = photos.iter().map(|(_, problem)| problem.as_str()).collect();
    sentences.dedup();
    let sentence = format!("Photos that you name can not be read. {}", sentences.join(" "));
    Ok(ApiError::of(Code::PhotoUnreadable).saying(sentence).with(json!({ "photos": described })))
}

/// Photos that stand in the list before, as another file: one picture shows one thing, however often it is handed in.
fn twins(photos: &[Photo]) -> Vec<(String, String)> {
    let twin = |(at, photo): (usize, &Photo)| {
        let first = photos[..at].iter().position(|other| other.identity == photo.identity)?;
        Some((format!("photos[{at}]"), format!("is the same picture as photos[{first}]: name it once")))
    };
    photos.iter().enumerate().filter_map(twin).collect()
}
