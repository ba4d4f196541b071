//! What an operator hands in, and what it must contain for its type of proof.

use crate::geo::Point;
use crate::ids::ProofId;
use crate::task_type::{ProofType, TaskType};
use crate::time::Timestamp;
use crate::upload::PhotoType;

/// What an operator handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Digest of the submission: the same submission has the same id.
    pub id: ProofId,
    pub photos: Vec<Photo>,
    /// Free text.
    pub notes: Option<String>,
    /// For CONFIRMATION.
    pub confirmation_text: Option<String>,
    /// Never fetched.
    pub reference_url: Option<String>,
    /// Where the operator says they were, as given.
    pub location: Option<Location>,
    pub submitted_at: Timestamp,
}

/// A photo of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// In the bucket.
    pub key: String,
    /// By its bytes, whatever was announced. Proofs of before this was kept do not say.
    pub photo_type: Option<PhotoType>,
}

/// Where an operator says they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    pub point: Point,
    /// Radius in metres.
    pub accuracy_m: Option<u32>,
    /// When the position was taken.
    pub captured_at: Option<Timestamp>,
}

impl Proof {
    /// The key in the bucket and the media type, if known, of each photo.
    pub fn objects(&self) -> impl Iterator<Item = (&str, Option<&'static str>)> {
        self.photos.iter().map(|photo| (photo.key.as_str(), photo.photo_type.map(PhotoType::word)))
    }
}

/// What is handed in, by kind.
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
