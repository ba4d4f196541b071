//! What a submission must contain for its type of proof.

use crate::task_type::{ProofType, TaskType};

/// What an operator hands in, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// At least one photo.
    pub photos: bool,
    /// A confirmation text.
    pub confirmation: bool,
    /// An encrypted credential.
    pub credential: bool,
}

/// What is missing or out of place: `(field, what to do)`.
pub fn problems(task_type: TaskType, proof_type: ProofType, contents: Contents) -> Vec<(&'static str, &'static str)> {
    let mut problems = Vec::new();
    match proof_type {
        ProofType::Photo | ProofType::Screenshot if !contents.photos => {
            problems.push(("photos", "must name at least one uploaded photo for this task"));
        }
        ProofType::Confirmation if !contents.confirmation => {
            problems.push(("confirmation_text", "is required for this task"));
        }
        ProofType::Artifact if task_type.is_credential() && !contents.credential => {
            problems.push(("encrypted_credential", "is required for this task"));
        }
        ProofType::Artifact if !contents.photos && !contents.credential => {
            problems.push(("photos", "must name at least one uploaded file for this task"));
        }
        ProofType::Photo | ProofType::Screenshot | ProofType::Confirmation | ProofType::Artifact => {}
    }
    if contents.credential && !task_type.is_credential() {
        problems.push(("encrypted_credential", "is only for credential tasks"));
    }
    problems
}

#[cfg(test)]
mod tests;
