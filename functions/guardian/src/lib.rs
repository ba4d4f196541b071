//! The Guardian: looks at a submission, has `domain` rule on what was seen, and moves the task on. Not the rules: a model
//! may say that all is well, and where none is connected live mode may reject but not approve.

mod observation;
mod observer;
pub mod wiring;

pub use observer::{LIMITS, Observer, Price};

use bucket::Bucket;
use domain::Mode;
use domain::guardian::{self, CheckStatus, Observation, Verdict, Verification};
use domain::status::Status;
use domain::submission::Proof;
use domain::task::Task;
use domain::task_type::ProofType;
use domain::{OperatorId, TaskId, Timestamp, moves};
use observation::{Way, way};
use observer::{Exhibits, Look, PROMPT_VERSION};
use photos::{Examined, Examiner, Failed, Shown, Standard, Terms};
use std::time::Instant;
use store::events::job;
use store::task::{AdvanceError, Dossier};
use store::{Key, Store, StoreError};

/// Judges submissions. Build one per process.
#[derive(Debug)]
pub struct Guardian {
    store: Store,
    examiner: Examiner,
    /// In test mode words come first, and where nobody looks the checks decide alone.
    mode: Mode,
    /// Who looks at what the checks cannot judge.
    observer: Option<Observer>,
}

/// Why nothing was decided. Both are worth another try.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Photos(#[from] Failed),
}

/// A submission that waits for its verdict.
struct Submission {
    task: Task,
    operator: OperatorId,
    accepted_at: Timestamp,
    submitted_at: Timestamp,
    proof: Proof,
    requirements: Vec<String>,
    has_credential: bool,
    /// How far the agent lets us decide.
    verification: Verification,
}

impl Guardian {
    /// A Guardian for the tasks of `store`, whose photos are in `bucket`.
    pub fn new(store: Store, bucket: Bucket, mode: Mode, observer: Option<Observer>) -> Self {
        Self { examiner: Examiner::new(store.clone(), bucket), store, mode, observer }
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
        let Some(submission) = dossier.map(waiting).transpose()?.flatten() else {
            return Ok(());
        };

        let examined = self.examined(&submission).await?;
        let (observation, look) = self.observation(&submission, examined).await;
        let verdict = guardian::rule(observation, submission.requirements.len());
        let verdict = submission.verification.applied_to(verdict);

        let status = self.pronounce(&submission, &verdict).await?;
        metrics::counter!("Verdicts", "Outcome" => verdict.decision.word()).increment(1);
        tracing::info!(
            task.id = %id,
            decision = %verdict.decision,
            confidence = verdict.confidence,
            checks.failed = verdict.checks.iter().filter(|check| check.status == CheckStatus::Fail).count(),
            outcome = %status,
            observer.model = self.observer.as_ref().filter(|_| look.calls > 0).map(Observer::name),
            observer.prompt = PROMPT_VERSION,
            observer.calls = look.calls,
            observer.tokens.input = look.usage.input,
            observer.tokens.output = look.usage.output,
            observer.failure = look.failure,
            duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "submission judged"
        );
        Ok(())
    }

    /// Every check, and the photos for whoever looks at them.
    async fn examined(&self, submission: &Submission) -> Result<Examined, Failed> {
        let Submission { task, operator, accepted_at, submitted_at, proof, requirements, .. } = submission;
        let mut examined = Examined { checks: observation::text_checks(submission), ..Examined::default() };
        if task.proof_type == ProofType::Confirmation {
            return Ok(examined);
        }
        // Test mode without a model takes what it is given.
        let standard = if self.observer.is_some() { Standard::Full } else { Standard::Plain };
        let (accepted_at, submitted_at) = (*accepted_at, *submitted_at);
        let terms = Terms { task, operator, requirements, accepted_at, submitted_at, standard };
        let keys: Vec<_> = proof.photos.iter().map(|photo| photo.key.as_str()).collect();
        let Examined { checks, pictures } = self.examiner.examine(&keys, &terms).await?;
        examined.checks.extend(checks);
        examined.pictures = pictures;
        Ok(examined)
    }

    /// What there is to rule on, and what it took.
    async fn observation(&self, submission: &Submission, examined: Examined) -> (Observation, Look) {
        let Examined { checks, pictures } = examined;
        let sealed = submission.task.task_type.is_credential();
        let unavailable = |checks| Observation::Unavailable { sealed: false, checks };
        match (way(self.mode, sealed, &submission.proof, &checks), &self.observer) {
            (Way::Told(confidence), _) => (Observation::Told { confidence, checks }, Look::default()),
            (Way::Sealed, _) => (Observation::Sealed { checks }, Look::default()),
            (Way::Decided, _) => (unavailable(checks), Look::default()),
            (Way::Open, Some(observer)) => {
                let mut look = self.look(observer, submission, &pictures).await;
                let reward = submission.task.reward;
                match look.sight.take() {
                    Some(sight) => (Observation::Seen { sight, checks, reward }, look),
                    None => (unavailable(checks), look),
                }
            }
            (Way::Open, None) => match self.mode {
                Mode::Test => (Observation::Told { confidence: guardian::CLEAN, checks }, Look::default()),
                Mode::Live => (unavailable(checks), Look::default()),
            },
        }
    }

    async fn look(&self, observer: &Observer, submission: &Submission, pictures: &[Shown]) -> Look {
        let Submission { task, proof, requirements, .. } = submission;
        let confirmation = proof.confirmation_text.as_deref();
        let is_text = task.proof_type == ProofType::Confirmation;
        let texts: Vec<&str> = proof.notes.as_deref().into_iter().chain(confirmation).collect();
        let exhibits = Exhibits {
            requirements,
            photos: pictures,
            confirmation: confirmation.filter(|_| is_text),
            texts: &texts,
            reward: task.reward,
        };
        let look = observer.look(&exhibits).await;
        metrics::counter!("ObserverCalls").increment(look.calls.into());
        metrics::counter!("ObserverTokens", "Side" => "input").increment(look.usage.input);
        metrics::counter!("ObserverTokens", "Side" => "output").increment(look.usage.output);
        metrics::counter!("ObserverCost").increment(observer.price.of(look.usage));
        if look.sight.is_none() {
            metrics::counter!("ObserverFailures").increment(1);
        }
        look
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

/// The submission of a task that waits for a verdict on it.
fn waiting(dossier: Dossier) -> Result<Option<Submission>, StoreError> {
    let Dossier { task, brief, proof, has_credential, .. } = dossier;
    if !task.awaits_verdict() {
        return Ok(None);
    }
    let (Some(proof), Some(assignee), Some(accepted_at), Some(submitted_at)) =
        (proof, &task.operator, task.accepted_at, task.submitted_at)
    else {
        return Err(StoreError::Corrupt(format!("{}: submitted without operator, times or proof", task.id)));
    };
    let requirements = if task.abridged { brief.requirements.unwrap_or_default() } else { task.requirements.clone() };
    let operator = assignee.id.clone();
    let verification = brief.verification;
    Ok(Some(Submission {
        operator,
        accepted_at,
        submitted_at,
        proof,
        requirements,
        has_credential,
        verification,
        task,
    }))
}

#[cfg(test)]
mod tests;
