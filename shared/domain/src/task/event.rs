//! What happened to a task, derived from two consecutive versions of it.

use crate::chat::Message;
use crate::guardian::Decision;
use crate::ids::{EventId, TaskId};
use crate::status::Status;
use crate::task::{CancelReason, Task};
use crate::time::Timestamp;
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
        ChangesRequested = "task.changes_requested",
        Message = "task.message",
        Completed = "task.completed",
        Cancelled = "task.cancelled",
        Expired = "task.expired",
        DisputeResolved = "task.dispute_resolved",
    }
}

impl EventName {
    /// The reference's three: sent unless `callback_events` says otherwise.
    pub const DEFAULT: &'static [Self] = &[Self::Verified, Self::Disputed, Self::ManualReview];

    /// Several as bits, each by its place among all: names are only ever added at the end.
    pub fn bits(events: &[Self]) -> u16 {
        Self::ALL.iter().enumerate().filter(|(_, name)| events.contains(name)).map(|(place, _)| 1 << place).sum()
    }

    /// The events of such bits, in the order of all.
    pub fn of_bits(bits: u16) -> Vec<Self> {
        let names = Self::ALL.iter().enumerate().filter(|(place, _)| bits & (1 << place) != 0);
        names.map(|(_, name)| *name).collect()
    }

    /// The id of this event of one version of a task: the same however often it is derived.
    pub fn id(self, task: TaskId, version: u64) -> EventId {
        self.derive(task, &version.to_be_bytes())
    }

    /// `which` of the task's events of this name it is.
    fn derive(self, task: TaskId, which: &[u8]) -> EventId {
        let digest = Sha256::new()
            .chain_update(b"event")
            .chain_update(task.bytes())
            .chain_update(which)
            .chain_update(self.word())
            .finalize();
        EventId::from_digest(digest.into())
    }
}

/// The id of the event that tells of a message.
pub fn of_message(message: &Message) -> EventId {
    EventName::Message.derive(message.task, &message.id.bytes())
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
        (S::Submitted, S::InProgress) => vec![E::ChangesRequested],
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

/// What a task as it stands says of its past, in order. What was done again has forgotten what was before.
pub fn past(task: &Task) -> Vec<(EventName, Timestamp)> {
    use EventName as E;
    let dispute = task.dispute.as_ref().map(|dispute| dispute.at);
    let resolution = task.resolution.as_ref().map(|resolution| resolution.at);
    let cancellation = task.cancellation.as_ref();
    let ended = match cancellation.map(|cancellation| cancellation.reason) {
        Some(CancelReason::Expired) => E::Expired,
        Some(CancelReason::Agent | CancelReason::Refunded) | None => E::Cancelled,
    };
    let mut past: Vec<_> = [
        (E::Created, Some(task.created_at)),
        (E::Accepted, task.accepted_at),
        (E::Started, task.started_at),
        (E::ChangesRequested, task.revision.map(|revision| revision.at)),
        (E::Submitted, task.submitted_at),
        (E::ManualReview, task.verdict.as_ref().filter(|it| it.decision == Decision::ManualReview).map(|it| it.at)),
        (E::Verified, task.verified_at),
        (E::Disputed, dispute),
        (E::DisputeResolved, resolution),
        (E::Completed, task.completed_at),
        (ended, cancellation.map(|cancellation| cancellation.at)),
    ]
    .into_iter()
    .filter_map(|(name, at)| Some((name, at?)))
    .collect();
    past.sort_by_key(|(_, at)| *at);
    past
}

/// Whether this change asks for the Guardian.
pub fn asks_for_judgement(before: Option<&Task>, after: &Task) -> bool {
    after.status == Status::Submitted
        && after.verdict.is_none()
        && before.is_none_or(|before| before.status != Status::Submitted)
}

#[cfg(test)]
mod tests;
