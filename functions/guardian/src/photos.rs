//! The checks of photos: fetched, decoded, compared with what was announced and with who handed them in first. Judges
//! no picture by what it shows; for whoever does, it makes them small. Each was read when it was handed in, so what cannot
//! be read now is no fault of who did.

use crate::observation::{failed, passed, skipped};
use crate::{DECODING_MAX, JudgeError};
use bucket::{Bucket, FetchError};
use domain::guardian::{Check, CheckName};
use domain::limits::PHOTO_BYTES;
use domain::submission;
use domain::upload::PhotoType;
use domain::{OperatorId, TaskId, Timestamp, upload};
use evidence::{Demand, Expected, Likeness, Photo, Picture, Quality, Unreadable};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::task::likeness::HandedIn;
use store::task::photos::Claim;
use store::{Key, Store};
use tokio::sync::Semaphore;

/// Photos of one submission that are fetched at the same time.
const FETCHING_MAX: usize = 4;

/// The photos of one submission, to be looked at.
pub(crate) struct Photos<'a> {
    pub(crate) store: &'a Store,
    pub(crate) bucket: &'a Bucket,
    pub(crate) decoding: &'a Arc<Semaphore>,
    pub(crate) task: TaskId,
    pub(crate) operator: &'a OperatorId,
    /// What the photos must not contradict; none for screenshots, which were not taken at a place.
    pub(crate) expected: Option<&'a Expected>,
    /// When they were handed in, by the store's clock.
    pub(crate) submitted_at: Timestamp,
    /// Whether they must say where and when.
    pub(crate) demands: [Demand; 2],
    /// Whether somebody looks at what they show: then it must be something to look at.
    pub(crate) is_looked_at: bool,
}

/// Checks, and the pictures that whoever looks is shown.
#[derive(Default)]
pub(crate) struct Shown {
    pub(crate) checks: Vec<Check>,
    /// As JPEG, small and without metadata.
    pub(crate) pictures: Vec<Vec<u8>>,
}

/// A picture for whoever looks at it.
struct Small {
    quality: Quality,
    likeness: Option<Likeness>,
    jpeg: Vec<u8>,
}

impl Photos<'_> {
    /// All checks of all photos, in order; their details are numbered when there are several.
    pub(crate) async fn shown(&self, photos: &[submission::Photo]) -> Result<Shown, JudgeError> {
        let looks: Vec<_> = (1..).zip(photos).map(|(number, photo)| self.photo(number, &photo.key)).collect();
        let photos: Vec<Shown> = stream::iter(looks).buffered(FETCHING_MAX).try_collect().await?;
        let several = photos.len() > 1;
        let mut all = Shown::default();
        for (number, mut shown) in (1..).zip(photos) {
            if several {
                shown.checks.iter_mut().for_each(|check| check.detail = format!("Photo {number}: {}", check.detail));
            }
            all.checks.extend(shown.checks);
            all.pictures.extend(shown.pictures);
        }
        Ok(all)
    }

    async fn photo(&self, number: u8, key: &str) -> Result<Shown, JudgeError> {
        let ours = |(task, operator, _): &(TaskId, OperatorId, _)| *task == self.task && operator == self.operator;
        if !upload::parse_key(key).as_ref().is_some_and(ours) {
            return Ok(checked(vec![not_announced()]));
        }
        let size_bytes_max = usize::try_from(PHOTO_BYTES).unwrap_or(usize::MAX);
        let bytes = match self.bucket.fetch(key, size_bytes_max).await {
            Ok(bytes) => bytes,
            Err(FetchError::Missing) => return Ok(checked(vec![unseen("The photo is not in the bucket any more.")])),
            Err(FetchError::Encoded) => return Ok(checked(vec![unseen("The photo has an encoding of its own.")])),
            Err(FetchError::TooLarge) => return Ok(checked(vec![unseen(&Unreadable::TooLarge.to_string())])),
            Err(FetchError::Unavailable) => return Err(JudgeError::Photos),
        };
        let (photo, small) = match self.decode(bytes).await? {
            Ok(decoded) => decoded,
            Err(reason) => return Ok(checked(vec![unseen(&reason.to_string())])),
        };
        let claim = self.store.read([Key::claim(&photo.identity)]).await?.claim(&photo.identity)?;

        let [position, time] = self.demands;
        let mut checks = vec![decodes(&photo), self.as_announced(key, &photo), self.not_reused(claim)];
        checks.extend(match self.expected {
            Some(expected) => {
                [evidence::position_check(&photo, expected, position), evidence::time_check(&photo, expected, time)]
            }
            None => {
                [CheckName::Position, CheckName::CaptureTime].map(|name| skipped(name, "Not checked for screenshots."))
            }
        });
        let Some(small) = small else { return Ok(checked(checks)) };
        checks.extend([
            evidence::size_check(&photo),
            evidence::uniform_check(small.quality),
            evidence::sharp_check(small.quality),
            evidence::edited_check(&photo.origin),
            evidence::origin_check(&photo.origin),
        ]);
        // Screens of one page are alike.
        if self.expected.is_some() {
            checks.push(self.not_similar(number, small.likeness).await?);
        }
        Ok(Shown { checks, pictures: vec![small.jpeg] })
    }

    /// A decoder that panics has met a broken photo, and a bug of its own. One that never ran, because
    /// the process ends, has met nothing.
    async fn decode(&self, bytes: Vec<u8>) -> Result<Result<(Photo, Option<Small>), Unreadable>, JudgeError> {
        // The decoder of WebP keeps all pixels, several times: alone it may.
        let share = if evidence::sniff(&bytes) == Some(PhotoType::Webp) { DECODING_MAX } else { 1 };
        let permit = Arc::clone(self.decoding).acquire_many_owned(share).await.expect("nobody closes the semaphore");
        let is_looked_at = self.is_looked_at;
        let decoding = tokio::task::spawn_blocking(move || {
            // In here, because the work goes on when whoever waits for it does not.
            let _permit = permit;
            let (photo, picture) = Picture::read(&bytes)?;
            let small = is_looked_at.then(|| Small {
                quality: Quality::of(&picture),
                likeness: Likeness::of(&picture),
                jpeg: picture.jpeg(),
            });
            Ok((photo, small))
        });
        match decoding.await {
            Ok(decoded) => Ok(decoded),
            Err(error) if error.is_panic() => {
                tracing::error!(task.id = %self.task, "the decoder of a photo panicked");
                Ok(Err(Unreadable::Broken))
            }
            Err(_) => Err(JudgeError::Photos),
        }
    }

    fn as_announced(&self, key: &str, photo: &Photo) -> Check {
        if upload::is_of(key, self.task, self.operator, photo.size_bytes, photo.sha256) {
            passed(CheckName::AsAnnounced, "The photo is the one whose upload was announced.")
        } else {
            not_announced()
        }
    }

    /// Whether one like it was handed in before, for another task. It is kept first, so that of two that are judged at the
    /// same time one finds the other.
    async fn not_similar(&self, photo: u8, likeness: Option<Likeness>) -> Result<Check, JudgeError> {
        let Some(likeness) = likeness else { return Ok(evidence::similar_check(None)) };
        let (at, task) = (self.submitted_at, self.task);
        let own = HandedIn { at, task, photo, likeness: likeness.to_bytes() };
        let keys = |keys: Vec<evidence::Key>| keys.into_iter().map(|key| key.0).collect::<Vec<_>>();
        self.store.keep_likeness(&keys(likeness.keys()), &own).await?;
        let found = self.store.alike(&keys(likeness.probes())).await?;
        let earlier = found.into_iter().filter(|it| it.task != task && (it.at, it.task) < (at, task));
        let others = earlier.collect::<BTreeSet<_>>().into_iter().filter_map(|it| Likeness::from_bytes(&it.likeness));
        Ok(evidence::similar_check(others.filter_map(|other| likeness.nearness(&other)).max()))
    }

    /// Whoever hands in what another task has is the second, whenever the two are judged. Which task that is, is
    /// nobody's business here.
    fn not_reused(&self, claim: Option<Claim>) -> Check {
        let is_own = |claim: &Claim| claim.task == self.task && claim.operator == *self.operator;
        match (claim, self.expected) {
            (Some(claim), Some(_)) if !is_own(&claim) => {
                failed(CheckName::NotReused, "The same photo was handed in for another task.")
            }
            (Some(claim), None) if !is_own(&claim) => skipped(
                CheckName::NotReused,
                "The same screenshot was handed in for another task, as may be by chance.",
            ),
            _ => passed(CheckName::NotReused, "The photo was not handed in for another task."),
        }
    }
}

fn checked(checks: Vec<Check>) -> Shown {
    Shown { checks, pictures: Vec::new() }
}

fn decodes(photo: &Photo) -> Check {
    let (kind, width, height) = (photo.photo_type, photo.width, photo.height);
    passed(CheckName::Decodes, format!("The photo is {kind} of {width} x {height} pixels."))
}

fn unseen(reason: &str) -> Check {
    skipped(CheckName::Decodes, format!("The photo could not be looked at. {reason}"))
}

fn not_announced() -> Check {
    failed(CheckName::AsAnnounced, "The photo is not the one whose upload was announced.")
}
