//! What there is to rule on, apart from the photos: texts, credentials, and the words of test mode.
//! Does no I/O.

use crate::Submission;
use domain::Mode;
use domain::guardian::{self, Check, CheckName};
use domain::submission::Proof;
use domain::task_type::ProofType;

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
            checks
                .extend(proof.photos.is_empty().then(|| Check::failed(CheckName::Decodes, "No photo was handed in.")));
        }
    }
    checks
}

/// How a submission comes to an observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A word of test mode stands in for whoever would look.
    Told(u8),
    /// Only the agent can open it.
    Sealed,
    /// A check has failed, or could not be made: nobody need look.
    Decided,
    /// Somebody should look.
    Open,
}

pub(crate) fn way(mode: Mode, sealed: bool, proof: &Proof, checks: &[Check]) -> Way {
    let told = word(proof).filter(|_| mode == Mode::Test);
    match told {
        Some(confidence) => Way::Told(confidence),
        None if sealed => Way::Sealed,
        None if checks.iter().any(|check| check.is_decisive() || check.is_unseen()) => Way::Decided,
        None => Way::Open,
    }
}

fn word(proof: &Proof) -> Option<u8> {
    let texts = [&proof.notes, &proof.confirmation_text];
    // Each text for itself: the end of one and the beginning of the other are no word.
    texts.into_iter().flatten().filter_map(|text| guardian::test_word(text)).min()
}

fn envelope(submission: &Submission) -> Check {
    if submission.has_credential {
        // Its shape was checked when it was handed in.
        Check::passed(CheckName::Envelope, "An encrypted credential of the agreed shape was delivered.")
    } else {
        Check::failed(CheckName::Envelope, "No encrypted credential was delivered.")
    }
}

fn confirmation(proof: &Proof) -> Check {
    if proof.confirmation_text.as_ref().is_some_and(|text| !text.trim().is_empty()) {
        Check::passed(CheckName::Confirmation, "There is a confirmation text.")
    } else {
        Check::failed(CheckName::Confirmation, "There is no confirmation text.")
    }
}

#[cfg(test)]
mod tests;
