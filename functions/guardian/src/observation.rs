//! What there is to rule on, apart from the photos: texts, credentials, and the word of an observer.
//! Does no I/O.

use crate::{Observer, Submission};
use domain::guardian::{self, CLEAN, Check, CheckName, CheckStatus, Observation, UNKNOWN};
use domain::submission::Proof;
use domain::task_type::{ProofType, TaskType};

/// Whether everything but the photos themselves was handed in that this kind of proof needs.
pub(crate) fn text_checks(submission: &Submission) -> Vec<Check> {
    let Submission { task, proof, .. } = submission;
    let mut checks = Vec::new();
    if task.task_type.is_credential() {
        checks.push(envelope(submission));
    }
    match task.proof_type {
        ProofType::Confirmation => checks.push(confirmation(proof)),
        ProofType::Artifact if task.task_type.is_credential() => {}
        ProofType::Photo | ProofType::Screenshot | ProofType::Artifact => {
            checks.extend(proof.photos.is_empty().then(|| failed(CheckName::Decodes, "No photo was handed in.")));
        }
    }
    checks
}

/// What there is to rule on. A word stands in for a model where words count; where nothing does, failed
/// checks are all that can decide, and photos that could not be looked at all that there is to say.
pub(crate) fn observed(observer: Observer, task_type: TaskType, proof: &Proof, checks: Vec<Check>) -> Observation {
    match (observer, word(proof)) {
        (Observer::Words, Some(confidence)) => Observation::Complete { confidence, checks },
        (Observer::Words | Observer::Nobody, _) if task_type.is_credential() => Observation::Sealed { checks },
        (Observer::Words, None) => Observation::Complete { confidence: CLEAN, checks },
        // Not CLEAN: were a cap ever raised, this must still not become an approval.
        (Observer::Nobody, _) if has_failed(&checks) || checks.iter().any(Check::is_unseen) => {
            Observation::Complete { confidence: UNKNOWN, checks }
        }
        (Observer::Nobody, _) => Observation::Unavailable { sealed: false },
    }
}

fn word(proof: &Proof) -> Option<u8> {
    let texts = [&proof.notes, &proof.confirmation_text];
    // Each text for itself: the end of one and the beginning of the other are no word.
    texts.into_iter().flatten().filter_map(|text| guardian::test_word(text)).min()
}

fn has_failed(checks: &[Check]) -> bool {
    checks.iter().any(|check| check.status == CheckStatus::Fail)
}

fn envelope(submission: &Submission) -> Check {
    if submission.has_credential {
        // Its shape was checked when it was handed in.
        passed(CheckName::Envelope, "An encrypted credential of the agreed shape was delivered.")
    } else {
        failed(CheckName::Envelope, "No encrypted credential was delivered.")
    }
}

fn confirmation(proof: &Proof) -> Check {
    if proof.confirmation_text.as_ref().is_some_and(|text| !text.trim().is_empty()) {
        passed(CheckName::Confirmation, "There is a confirmation text.")
    } else {
        failed(CheckName::Confirmation, "There is no confirmation text.")
    }
}

pub(crate) fn passed(name: CheckName, detail: impl Into<String>) -> Check {
    Check { name, status: CheckStatus::Pass, detail: detail.into() }
}

pub(crate) fn failed(name: CheckName, detail: impl Into<String>) -> Check {
    Check { name, status: CheckStatus::Fail, detail: detail.into() }
}

pub(crate) fn skipped(name: CheckName, detail: impl Into<String>) -> Check {
    Check { name, status: CheckStatus::Skipped, detail: detail.into() }
}

#[cfg(test)]
mod tests;
