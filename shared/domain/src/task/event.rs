//! What happened to a task, derived from two consecutive versions of it.

use crate::ids::{EventId, TaskId};
use crate::status::Status;
use crate::task::{CancelReason, Task};
use crate::words::words;
use sha2::{Digest, Sha256};

words! {
    /// The name of an event on the wire.
    EventName {
        Verified = "task.verified",
        Disputed = "task.disputed",
        ManualReview = "task.manual_review",
        Created = "task.created",
        Accepted = "task.accepted",
        Started = "task.started",
        Released = "task.released",
        Submitted = "task.submitted",
        Completed = "task.completed",
        Cancelled = "task.cancelled",
        Expired = "task.expired",
        DisputeResolved = "task.dispute_resolved",
    }
}

impl EventName {
    /// The reference's three: sent unless `callback_events` says otherwise.
    pub const DEFAULT: &'static [Self] = &[Self::Verified, Self::Disputed, Self::ManualReview];

    /// The id of this event of one version of a task: the same however often it is derived.
    pub fn id(self, task: TaskId, version: u64) -> EventId {
        let digest = Sha256::new()
            .chain_update(b"event")
            .chain_update(task.bytes())
            .chain_update(version.to_be_bytes())
            .chain_update(self.word())
            .finalize();
        EventId::from_digest(digest.into())
    }
}

/// The events between two consecutive versions, in the order in which they are told.
pub fn between(before: Option<&Task>, after: &Task) -> Vec<EventName> {
    use EventName as E;
    use Status as S;
    let Some(before) = before else {
        return vec![E::Created];
    };
    match (before.status, after.status) {
        (S::Pending, S::Accepted) => vec![E::Accepted],
        (S::Accepted, S::InProgress) => vec![E::Started],
        (S::Accepted | S::InProgress, S::Pending) => vec![E::Released],
        (S::Accepted | S::InProgress, S::Submitted) => vec![E::Submitted],
        (S::Submitted, S::Submitted) if before.verdict != after.verdict && after.in_manual_review() => {
            vec![E::ManualReview]
        }
        (S::Submitted | S::Verified, S::Completed) => vec![E::Verified, E::Completed],
        (S::Submitted | S::Verified | S::Completed, S::Disputed) => vec![E::Disputed],
        (S::Disputed, S::Completed) => vec![E::DisputeResolved, E::Completed],
        (S::Disputed, S::Cancelled) => vec![E::DisputeResolved, E::Cancelled],
        (_, S::Cancelled) if before.status != S::Cancelled => match &after.cancellation {
            Some(cancellation) if cancellation.reason == CancelReason::Expired => vec![E::Expired],
            Some(_) | None => vec![E::Cancelled],
        },
        _ => Vec::new(),
    }
}

/// Whether this change asks for the Guardian.
pub fn asks_for_judgement(before: Option<&Task>, after: &Task) -> bool {
    after.status == Status::Submitted
        && after.verdict.is_none()
        && before.is_none_or(|before| before.status != Status::Submitted)
}

#[cfg(test)]
mod tests;
