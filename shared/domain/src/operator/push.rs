//! Notifications: the browsers in which operators want them, and who is told of what. Not how they are sent.

use crate::chat::Message;
use crate::event::EventName;
use crate::geo::Point;
use crate::geo::cell::BAND_KM;
use crate::ids::{OperatorId, PushId, TaskId};
use crate::limits::BROWSERS_MAX;
use crate::status::Status;
use crate::task::Task;
use crate::time::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt;

/// A browser in which an operator wants to be told.
#[derive(Clone, PartialEq, Eq)]
pub struct Browser {
    pub id: PushId,
    /// Where its push service takes messages.
    pub endpoint: String,
    pub keys: Keys,
    /// Of new tasks it is told only if it says where.
    pub near: Option<Near>,
    /// It is forgotten then, unless it says again that it wants to be told.
    pub until: Timestamp,
}

/// What a message to a browser is sealed with (RFC 8291).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Keys {
    /// Its public key: a point on P-256, uncompressed.
    pub p256dh: [u8; 65],
    /// A secret between it and us.
    pub auth: [u8; 16],
}

/// Around which place new tasks are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The centre of a cell: where somebody is more exactly is not kept.
    pub centre: Point,
    pub radius_km: u64,
}

/// Without the endpoint and the keys.
impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Browser").field("id", &self.id).field("until", &self.until).finish_non_exhaustive()
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys")
    }
}

impl Browser {
    /// The same for the same operator and endpoint.
    pub fn id_of(operator: &OperatorId, endpoint: &str) -> PushId {
        let digest = Sha256::new().chain_update(b"push").chain_update(operator.as_str()).chain_update(b"\0");
        PushId::from_digest(digest.chain_update(endpoint).finalize().into())
    }
}

impl Near {
    pub fn new(point: Point, radius_km: u64) -> Self {
        Self { centre: point.cell(), radius_km }
    }

    /// How far a task is, in kilometres as they are told; `None` if that is too far.
    pub fn reaches(&self, task: Point) -> Option<u64> {
        let km = self.centre.band_km(task);
        (km <= self.radius_km.next_multiple_of(BAND_KM)).then_some(km)
    }
}

/// The browsers of an operator with one that has just said that it wants to be told. Where there are too many, the one
/// that has not said so for longest makes room.
pub fn renewed(browsers: Vec<Browser>, fresh: Browser, now: Timestamp) -> Vec<Browser> {
    let mut kept: Vec<_> = browsers.into_iter().filter(|it| it.id != fresh.id && it.until > now).collect();
    kept.sort_by_key(|it| it.until);
    kept.drain(..(kept.len() + 1).saturating_sub(BROWSERS_MAX));
    kept.push(fresh);
    kept
}

/// Something that operators are to be notified of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub task: TaskId,
    pub event: EventName,
    /// Whose task it is; none for who is near.
    pub operator: Option<OperatorId>,
    /// When it happened.
    pub at: Timestamp,
}

/// Who is told of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    Near,
    Operator,
}

/// Nobody is told of what the operator did, or the clock, which was to be known.
const fn audience(event: EventName) -> Option<Audience> {
    match event {
        EventName::Created => Some(Audience::Near),
        EventName::Verified
        | EventName::ManualReview
        | EventName::ChangesRequested
        | EventName::Disputed
        | EventName::DisputeResolved
        | EventName::Cancelled
        | EventName::Message => Some(Audience::Operator),
        EventName::Accepted
        | EventName::Started
        | EventName::Released
        | EventName::Submitted
        | EventName::Completed
        | EventName::Expired => None,
    }
}

/// What operators are told of a change with these events: one thing at most, the first.
pub fn notice(events: &[EventName], after: &Task) -> Option<Notice> {
    let told = |event: &EventName| {
        let operator = match audience(*event)? {
            Audience::Near => after.point.map(|_| None)?,
            Audience::Operator => Some(after.operator.as_ref()?.id.clone()),
        };
        Some(Notice { task: after.id, event: *event, operator, at: after.moved_at })
    };
    events.iter().find_map(told)
}

/// An operator is told that the agent has written, not what.
pub fn of_message(message: &Message) -> Notice {
    Notice { task: message.task, event: EventName::Message, operator: Some(message.operator.clone()), at: message.at }
}

impl Notice {
    /// Whether it is still news, of the task as it is by now: it may come late.
    pub fn is_news(&self, task: &Task, now: Timestamp) -> bool {
        match &self.operator {
            Some(operator) => task.is_of(operator),
            None => task.status == Status::Pending && task.deadline > now,
        }
    }
}

#[cfg(test)]
mod tests;
