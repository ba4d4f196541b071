//! Names of uploaded photos. An upload's id is a digest of what was announced, so nothing about it
//! is stored: who holds the bytes can tell whether they are the announced ones. It is no secret and
//! no permission; the bucket's signature is.

use crate::ids::{OperatorId, TaskId, UploadId};
use crate::words::words;
use sha2::{Digest, Sha256};

words! {
    /// What operators may upload, by its content type. Animated ones are refused when they are looked at.
    PhotoType { Jpeg = "image/jpeg", Png = "image/png", Webp = "image/webp" }
}

impl PhotoType {
    /// The type that a client means: in any case of letters, and by the name that is none and that many give it.
    pub fn announced(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "image/jpg" => Some(Self::Jpeg),
            text => Self::parse(text),
        }
    }
}

/// The id of an upload of exactly these bytes, by this operator, for this task.
pub fn id(task: TaskId, operator: &OperatorId, content_type: &str, size_bytes: u64, sha256: [u8; 32]) -> UploadId {
    let digest = Sha256::new()
        .chain_update(b"humanops/upload/v1\0")
        .chain_update(format!("{task}\0{operator}\0{content_type}\0{size_bytes}\0"))
        .chain_update(sha256)
        .finalize();
    UploadId::from_digest(digest.into())
}

/// Whether the key is that of these bytes, whichever type was announced for them: what they are, they say themselves.
pub fn is_of(text: &str, task: TaskId, operator: &OperatorId, size_bytes: u64, sha256: [u8; 32]) -> bool {
    let announced = |photo_type: &PhotoType| id(task, operator, photo_type.word(), size_bytes, sha256);
    PhotoType::ALL.iter().any(|photo_type| text == key(task, operator, announced(photo_type)))
}

/// The key of an upload in the bucket: `proof/<task>/<operator>/<upload>`.
pub fn key(task: TaskId, operator: &OperatorId, upload: UploadId) -> String {
    format!("proof/{task}/{operator}/{upload}")
}

/// Parses a key; `None` for anything that [`key`] would not have written.
pub fn parse_key(text: &str) -> Option<(TaskId, OperatorId, UploadId)> {
    let mut segments = text.strip_prefix("proof/")?.split('/');
    let task = TaskId::parse(segments.next()?)?;
    let operator = OperatorId::parse(segments.next()?)?;
    let upload = UploadId::parse(segments.next()?)?;
    segments.next().is_none().then_some((task, operator, upload))
}

#[cfg(test)]
mod tests;
