//! The checks of photos: fetched, decoded, compared with what was announced and with who handed them in first. Judges
//! no picture by what it shows; for whoever does, it makes them small. Each was read when it was handed in, so what cannot
//! be read then is no fault of who did.

use crate::demand::demands;
use bucket::{Bucket, FetchError};
use domain::guardian::{Check, CheckName};
use domain::limits::PHOTO_BYTES;
use domain::task::Task;
use domain::task_type::ProofType;
use domain::upload::PhotoType;
use domain::{OperatorId, TaskId, Timestamp, upload};
use evidence::{Demand, Expected, Likeness, Photo, Picture, Quality, Unreadable};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::task::likeness::HandedIn;
use store::task::photos::Claim;
use store::{Key, Store, StoreError};
use tokio::sync::Semaphore;

/// Looks at photos. Build one per process.
#[derive(Debug)]
pub struct Examiner {
    store: Store,
    bucket: Bucket,
    decoding: Arc<Semaphore>,
}

/// Whose photos they are, and what is asked of them.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub task: &'a Task,
    pub operator: &'a OperatorId,
    /// In full.
    pub requirements: &'a [String],
    pub accepted_at: Timestamp,
    /// When they were handed in, or would be.
    pub submitted_at: Timestamp,
    pub standard: Standard,
}

/// How much is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// That they are what was announced and contradict nothing: enough where nobody looks.
    Plain,
    /// That there is something to look at as well, and that they say what the requirements want them to. What they look
    /// like is kept, to be known again.
    Full,
    /// The same before they are handed in: nothing is kept.
    Trial,
}

/// What there is to say of photos.
#[derive(Debug, Default)]
pub struct Examined {
    /// In the photos' order; where there are several, each detail says which it is about.
    pub checks: Vec<Check>,
    /// None of a photo that cannot be read, or that was not announced.
    pub pictures: Vec<Shown>,
}

/// A photo for whoever looks at it.
#[derive(Debug)]
pub struct Shown {
    /// Small and without metadata.
    pub jpeg: Vec<u8>,
    /// Whether its file says where it was taken.
    pub says_where: bool,
    /// Whether its file says when.
    pub says_when: bool,
}

/// Why nothing can be said. Worth another try.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the photos could not be fetched")]
    Bucket,
}

/// Photos of one submission that are fetched at the same time.
const FETCHING_MAX: usize = 4;
/// Photos that are decoded at the same time, by all that are examined together; a WebP, which takes ten times the memory of
/// others, alone. It is what keeps the process within its own.
const DECODING_MAX: u32 = 2;

impl Examiner {
    pub fn new(store: Store, bucket: Bucket) -> Self {
        Self { store, bucket, decoding: Arc::new(Semaphore::new(DECODING_MAX as usize)) }
    }

    /// All checks of the photos that have these keys.
    ///
    /// # Errors
    /// The store or the bucket does not answer.
    pub async fn examine(&self, keys: &[&str], terms: &Terms<'_>) -> Result<Examined, Failed> {
        // Cameras have not been moved forward with the test clock.
        let ahead_s = self.store.clock().ahead_s();
        let outside = |moment: Timestamp| moment.plus_seconds(-ahead_s);
        let expected = Expected {
            place: terms.task.point,
            accepted_at: outside(terms.accepted_at),
            submitted_at: outside(terms.submitted_at),
        };
        let is_looked_at = terms.standard != Standard::Plain;
        let photos = Photos {
            examiner: self,
            terms,
            task: terms.task.id,
            expected: (terms.task.proof_type != ProofType::Screenshot).then_some(expected),
            demands: if is_looked_at { demands(terms.requirements) } else { [Demand::Optional; 2] },
            is_looked_at,
        };
        photos.examined(keys).await
    }
}

/// The photos of one submission.
struct Photos<'a> {
    examiner: &'a Examiner,
    terms: &'a Terms<'a>,
    task: TaskId,
    /// What the photos must not contradict; none for screenshots, which were not taken at a place.
    expected: Option<Expected>,
    /// Whether they must say where and when.
    demands: [Demand; 2],
    /// Whether there must be something to look at.
    is_looked_at: bool,
}

/// What is made of a photo's pixels.
struct Small {
    quality: Quality,
    likeness: Option<Likeness>,
    jpeg: Vec<u8>,
}

impl Photos<'_> {
    async fn examined(&self, keys: &[&str]) -> Result<Examined, Failed> {
        let looks: Vec<_> = (1..).zip(keys).map(|(number, key)| self.photo(number, key)).collect();
        let photos: Vec<Examined> = stream::iter(looks).buffered(FETCHING_MAX).try_collect().await?;
        let several = photos.len() > 1;
        let mut all = Examined::default();
        for (number, mut one) in (1..).zip(photos) {
            if several {
                one.checks.iter_mut().for_each(|check| check.detail = format!("Photo {number}: {}", check.detail));
            }
            all.checks.extend(one.checks);
            all.pictures.extend(one.pictures);
        }
        Ok(all)
    }

    async fn photo(&self, number: u8, key: &str) -> Result<Examined, Failed> {
        let ours =
            |(task, operator, _): &(TaskId, OperatorId, _)| *task == self.task && operator == self.terms.operator;
        if !upload::parse_key(key).as_ref().is_some_and(ours) {
            return Ok(checked(vec![not_announced()]));
        }
        let size_bytes_max = usize::try_from(PHOTO_BYTES).unwrap_or(usize::MAX);
        let bytes = match self.examiner.bucket.fetch(key, size_bytes_max).await {
            Ok(bytes) => bytes,
            Err(FetchError::Missing) => return Ok(checked(vec![unseen("The photo is not in the bucket.")])),
            Err(FetchError::Encoded) => return Ok(checked(vec![unseen("The photo has an encoding of its own.")])),
            Err(FetchError::TooLarge) => return Ok(checked(vec![unseen(&Unreadable::TooLarge.to_string())])),
            Err(FetchError::Unavailable) => return Err(Failed::Bucket),
        };
        let (photo, small) = match self.decode(bytes).await? {
            Ok(decoded) => decoded,
            Err(reason) => return Ok(checked(vec![unseen(&reason.to_string())])),
        };
        let claim = self.examiner.store.read([Key::claim(&photo.identity)]).await?.claim(&photo.identity)?;

        let [position, time] = self.demands;
        let mut checks = vec![decodes(&photo), self.as_announced(key, &photo), self.not_reused(claim)];
        checks.extend(match &self.expected {
            Some(expected) => {
                [evidence::position_check(&photo, expected, position), evidence::time_check(&photo, expected, time)]
            }
            None => [CheckName::Position, CheckName::CaptureTime]
                .map(|name| Check::skipped(name, "Not checked for screenshots.")),
        });
        let Some(small) = small else { return Ok(checked(checks)) };
        checks.extend([
            evidence::size_check(&photo),
            evidence::uniform_check(small.quality),
            evidence::sharp_check(small.quality),
            evidence::edited_check(&photo.origin),
            evidence::origin_check(&photo.origin),
        ]);
        // A screenshot may be one, and those of one page are alike.
        if self.expected.is_some() {
            checks.push(evidence::screenshot_check(&photo));
            checks.push(self.not_similar(number, small.likeness).await?);
        }
        let (says_where, says_when) = (photo.position.is_some(), photo.taken_at.is_some());
        Ok(Examined { checks, pictures: vec![Shown { jpeg: small.jpeg, says_where, says_when }] })
    }

    /// A decoder that panics has met a broken photo, and a bug of its own. One that never ran, because
    /// the process ends, has met nothing.
    async fn decode(&self, bytes: Vec<u8>) -> Result<Result<(Photo, Option<Small>), Unreadable>, Failed> {
        // The decoder of WebP keeps all pixels, several times: alone it may.
        let share = if evidence::sniff(&bytes) == Some(PhotoType::Webp) { DECODING_MAX } else { 1 };
        let permit =
            Arc::clone(&self.examiner.decoding).acquire_many_owned(share).await.expect("nobody closes the semaphore");
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
            Err(_) => Err(Failed::Bucket),
        }
    }

    fn as_announced(&self, key: &str, photo: &Photo) -> Check {
        if upload::is_of(key, self.task, self.terms.operator, photo.size_bytes, photo.sha256) {
            Check::passed(CheckName::AsAnnounced, "The photo is the one whose upload was announced.")
        } else {
            not_announced()
        }
    }

    /// Whether one like it was handed in before, for another task. It is kept first, so that of two that are judged at the
    /// same time one finds the other.
    async fn not_similar(&self, photo: u8, likeness: Option<Likeness>) -> Result<Check, Failed> {
        let Some(likeness) = likeness else { return Ok(evidence::similar_check(None)) };
        let (store, at, task) = (&self.examiner.store, self.terms.submitted_at, self.task);
        let own = HandedIn { at, task, photo, likeness: likeness.to_bytes() };
        let keys = |keys: Vec<evidence::Key>| keys.into_iter().map(|key| key.0).collect::<Vec<_>>();
        if self.terms.standard == Standard::Full {
            store.keep_likeness(&keys(likeness.keys()), &own).await?;
        }
        let found = store.alike(&keys(likeness.probes())).await?;
        let earlier = found.into_iter().filter(|it| it.task != task && (it.at, it.task) < (at, task));
        let others = earlier.collect::<BTreeSet<_>>().into_iter().filter_map(|it| Likeness::from_bytes(&it.likeness));
        Ok(evidence::similar_check(others.filter_map(|other| likeness.nearness(&other)).max()))
    }

    /// Whoever hands in what another task has is the second, whenever the two are judged. Which task that is, is
    /// nobody's business here.
    fn not_reused(&self, claim: Option<Claim>) -> Check {
        let is_own = |claim: &Claim| claim.task == self.task && claim.operator == *self.terms.operator;
        match (claim, &self.expected) {
            (Some(claim), Some(_)) if !is_own(&claim) => {
                Check::failed(CheckName::NotReused, "The same photo was handed in for another task.")
            }
            (Some(claim), None) if !is_own(&claim) => Check::skipped(
                CheckName::NotReused,
                "The same screenshot was handed in for another task, as may be by chance.",
            ),
            _ => Check::passed(CheckName::NotReused, "The photo was not handed in for another task."),
        }
    }
}

fn checked(checks: Vec<Check>) -> Examined {
    Examined { checks, pictures: Vec::new() }
}

fn decodes(photo: &Photo) -> Check {
    let (kind, width, height) = (photo.photo_type, photo.width, photo.height);
    Check::passed(CheckName::Decodes, format!("The photo is {kind} of {width} x {height} pixels."))
}

fn unseen(reason: &str) -> Check {
    Check::skipped(CheckName::Decodes, format!("The photo could not be looked at. {reason}"))
}

fn not_announced() -> Check {
    Check::failed(CheckName::AsAnnounced, "The photo is not the one whose upload was announced.")
}
