//! The checks of photos: fetched, decoded, compared with what was announced and with what else was
//! handed in. Judges no picture by what it shows.

use crate::JudgeError;
use crate::observation::{failed, passed};
use bucket::{Bucket, FetchError};
use domain::guardian::{Check, CheckName, CheckStatus};
use domain::limits::PHOTO_BYTES;
use domain::{OperatorId, TaskId, upload};
use evidence::{Expected, Photo, Unreadable};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use std::sync::Arc;
use store::Store;
use tokio::sync::Semaphore;

/// Photos of one submission that are fetched at the same time.
const FETCHING_MAX: usize = 4;

/// Looks at the photos of one submission.
pub(crate) struct Look<'a> {
    pub(crate) store: &'a Store,
    pub(crate) bucket: &'a Bucket,
    pub(crate) decoding: &'a Arc<Semaphore>,
    pub(crate) task: TaskId,
    pub(crate) operator: &'a OperatorId,
    /// What the photos must not contradict; none for pictures that were not taken at a place.
    pub(crate) expected: Option<&'a Expected>,
}

impl Look<'_> {
    /// All checks of all photos, in order; their details are numbered when there are several.
    pub(crate) async fn checks(&self, keys: &[String]) -> Result<Vec<Check>, JudgeError> {
        let looks: Vec<_> = keys.iter().map(|key| self.photo(key)).collect();
        let photos: Vec<Vec<Check>> = stream::iter(looks).buffered(FETCHING_MAX).try_collect().await?;
        let mut photos: Vec<(usize, Vec<Check>)> = (1..).zip(photos).collect();
        if let [_, _, ..] = photos[..] {
            for (number, checks) in &mut photos {
                checks.iter_mut().for_each(|check| check.detail = format!("Photo {number}: {}", check.detail));
            }
        }
        Ok(photos.into_iter().flat_map(|(_, checks)| checks).collect())
    }

    async fn photo(&self, key: &str) -> Result<Vec<Check>, JudgeError> {
        let ours = |(task, operator, _): &(TaskId, OperatorId, _)| *task == self.task && operator == self.operator;
        if !upload::parse_key(key).as_ref().is_some_and(ours) {
            return Ok(vec![not_announced()]);
        }
        let size_bytes_max = usize::try_from(PHOTO_BYTES).unwrap_or(usize::MAX);
        let bytes = match self.bucket.fetch(key, size_bytes_max).await {
            Ok(bytes) => bytes,
            Err(FetchError::Missing) => return Ok(vec![failed(CheckName::Decodes, "The photo was never uploaded.")]),
            Err(FetchError::TooLarge) => return Ok(vec![unreadable(Unreadable::TooLarge)]),
            Err(FetchError::Unavailable) => return Err(JudgeError::Photos),
        };
        let photo = match self.decode(bytes).await? {
            Ok(photo) => photo,
            Err(reason) => return Ok(vec![unreadable(reason)]),
        };
        let owner = self.store.claim_photo(photo.sha256, self.task).await?;

        let mut checks = vec![decodes(&photo), self.as_announced(key, &photo), self.not_reused(owner)];
        checks.extend(match self.expected {
            Some(expected) => [evidence::position_check(&photo, expected), evidence::time_check(&photo, expected)],
            None => [CheckName::Position, CheckName::CaptureTime].map(skipped),
        });
        Ok(checks)
    }

    /// A decoder that panics has met a broken photo, and a bug of its own. One that never ran, because
    /// the process ends, has met nothing.
    async fn decode(&self, bytes: Vec<u8>) -> Result<Result<Photo, Unreadable>, JudgeError> {
        let permit = Arc::clone(self.decoding).acquire_owned().await.expect("nobody closes the semaphore");
        let decoding = tokio::task::spawn_blocking(move || {
            // In here, because the work goes on when whoever waits for it does not.
            let _permit = permit;
            evidence::read(&bytes)
        });
        match decoding.await {
            Ok(photo) => Ok(photo),
            Err(error) if error.is_panic() => {
                tracing::error!(task.id = %self.task, "the decoder of a photo panicked");
                Ok(Err(Unreadable::Broken))
            }
            Err(_) => Err(JudgeError::Photos),
        }
    }

    fn as_announced(&self, key: &str, photo: &Photo) -> Check {
        let content_type = photo.format.content_type();
        let upload = upload::id(self.task, self.operator, content_type, photo.size_bytes, photo.sha256);
        if key == upload::key(self.task, self.operator, upload) {
            passed(CheckName::AsAnnounced, "The photo is the one whose upload was announced.")
        } else {
            not_announced()
        }
    }

    fn not_reused(&self, owner: TaskId) -> Check {
        if owner == self.task {
            passed(CheckName::NotReused, "The photo was not handed in for another task.")
        } else {
            // Which task is nobody's business here.
            failed(CheckName::NotReused, "The same photo was handed in for another task.")
        }
    }
}

fn decodes(photo: &Photo) -> Check {
    let (kind, width, height) = (photo.format.content_type(), photo.width, photo.height);
    passed(CheckName::Decodes, format!("The photo is {kind} of {width} x {height} pixels."))
}

fn unreadable(reason: Unreadable) -> Check {
    failed(CheckName::Decodes, reason.to_string())
}

fn not_announced() -> Check {
    failed(CheckName::AsAnnounced, "The photo is not the one whose upload was announced.")
}

fn skipped(name: CheckName) -> Check {
    Check { name, status: CheckStatus::Skipped, detail: "Not checked for screenshots.".to_owned() }
}
