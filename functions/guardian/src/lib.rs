//! The Guardian: looks at a submission, has `domain` rule on what was seen, and moves the task on.
//! Not the rules, and not a model: none is connected, so in live mode it may reject but not approve.

mod observation;
mod photos;

use bucket::Bucket;
use domain::guardian::{self, Check, CheckStatus, Verdict};
use domain::status::Status;
use domain::submission::Proof;
use domain::task::Task;
use domain::task_type::ProofType;
use domain::{OperatorId, TaskId, Timestamp, moves};
use evidence::Expected;
use photos::Look;
use std::sync::Arc;
use std::time::Instant;
use store::events::job;
use store::task::{AdvanceError, Dossier};
use store::{Key, Store, StoreError};
use tokio::sync::Semaphore;

/// Photos that are decoded at the same time, by all judgements together; a WebP, which takes ten times the memory of
/// others, alone. It is what keeps the process within its own.
const DECODING_MAX: u32 = 2;

/// Judges submissions. Build one per process.
#[derive(Debug)]
pub struct Guardian {
    store: Store,
    bucket: Bucket,
    observer: Observer,
    decoding: Arc<Semaphore>,
}

/// Who looks at what the checks cannot judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observer {
    /// The words of test mode, and without one the checks alone.
    Words,
    /// Then nothing is approved.
    Nobody,
}

/// Why nothing was decided. Both are worth another try.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the photos could not be fetched")]
    Photos,
}

/// A submission that waits for its verdict.
struct Submission {
    task: Task,
    operator: OperatorId,
    expected: Expected,
    proof: Proof,
    requirements: usize,
    has_credential: bool,
}

impl Guardian {
    /// A Guardian for the tasks of `store`, whose photos are in `bucket`.
    pub fn new(store: Store, bucket: Bucket, observer: Observer) -> Self {
        Self { store, bucket, observer, decoding: Arc::new(Semaphore::new(DECODING_MAX as usize)) }
    }

    /// Judges a task's submission, if it has one that waits. Calling it again changes nothing.
    ///
    /// # Errors
    /// Three attempts failed.
    pub async fn judge(&self, id: TaskId) -> Result<(), JudgeError> {
        job::insist(|| self.attempt(id)).await
    }

    async fn attempt(&self, id: TaskId) -> Result<(), JudgeError> {
        let started = Instant::now();
        let dossier = self.store.dossier(id).await?;
        // Cameras have not been moved forward with the test clock.
        let ahead_s = self.store.clock().ahead_s();
        let Some(submission) = dossier.map(|dossier| waiting(dossier, ahead_s)).transpose()?.flatten() else {
            return Ok(());
        };

        let checks = self.checks(&submission).await?;
        let (task_type, proof) = (submission.task.task_type, &submission.proof);
        let observation = observation::observed(self.observer, task_type, proof, checks);
        let verdict = guardian::rule(observation, submission.requirements);

        let status = self.pronounce(&submission, &verdict).await?;
        metrics::counter!("Verdicts", "Outcome" => verdict.decision.word()).increment(1);
        tracing::info!(
            task.id = %id,
            decision = %verdict.decision,
            confidence = verdict.confidence,
            checks.failed = verdict.checks.iter().filter(|check| check.status == CheckStatus::Fail).count(),
            outcome = %status,
            duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "submission judged"
        );
        Ok(())
    }

    async fn checks(&self, submission: &Submission) -> Result<Vec<Check>, JudgeError> {
        let Submission { task, operator, expected, proof, .. } = submission;
        let mut checks = observation::text_checks(submission);
        if task.proof_type == ProofType::Confirmation {
            return Ok(checks);
        }
        let look = Look {
            store: &self.store,
            bucket: &self.bucket,
            decoding: &self.decoding,
            task: task.id,
            operator,
            // A screenshot has neither a place nor a camera.
            expected: (task.proof_type != ProofType::Screenshot).then_some(expected),
            // Not the store's clock: test mode moves that, and the bucket does not follow.
        };
        checks.extend(look.checks(&proof.photos).await?);
        Ok(checks)
    }

    /// Keeps the verdict and moves the task on. Where it stands then.
    async fn pronounce(&self, submission: &Submission, verdict: &Verdict) -> Result<Status, StoreError> {
        let (id, proof) = (submission.task.id, submission.proof.id);
        let mut found = self.store.read([Key::task(id)]).await?;
        // Looking took its time: a task that was decided meanwhile keeps the verdict that it has, and of another proof
        // this one says nothing.
        let task = match found.task(id)? {
            Some(task) if task.awaits_verdict() && task.proof == Some(proof) => task,
            other => return Ok(other.map_or(submission.task.status, |task| task.status)),
        };

        let now = self.store.now();
        let verdict = self.store.put_verdict(id, proof, verdict).await?;
        match self.store.advance(task, |task| moves::judge(task, proof, &verdict, now)).await {
            Ok(after) => Ok(after.status),
            Err(AdvanceError::Store(error)) => Err(error),
            Err(AdvanceError::Refused(refusal)) => {
                unreachable!("a verdict that comes too late changes nothing, it is not refused: {refusal:?}")
            }
        }
    }
}

/// The submission of a task that waits for a verdict on it. `ahead_s` is how far this clock is ahead of everybody's.
fn waiting(dossier: Dossier, ahead_s: i64) -> Result<Option<Submission>, StoreError> {
    let Dossier { task, brief, proof, has_credential, .. } = dossier;
    if !task.awaits_verdict() {
        return Ok(None);
    }
    let (Some(proof), Some(assignee), Some(accepted_at), Some(submitted_at)) =
        (proof, &task.operator, task.accepted_at, task.submitted_at)
    else {
        return Err(StoreError::Corrupt(format!("{}: submitted without operator, times or proof", task.id)));
    };
    let requirements =
        if task.abridged { brief.requirements.unwrap_or_default().len() } else { task.requirements.len() };
    let operator = assignee.id.clone();
    let outside = |moment: Timestamp| moment.plus_seconds(-ahead_s);
    let expected =
        Expected { place: task.point, accepted_at: outside(accepted_at), submitted_at: outside(submitted_at) };
    Ok(Some(Submission { operator, expected, proof, requirements, has_credential, task }))
}

#[cfg(test)]
mod tests;
