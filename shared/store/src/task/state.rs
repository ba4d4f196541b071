//! A task's state item: hot, about 1 KB at the most, and the carrier of the index keys.

use crate::StoreError;
use crate::engine::item::{Item, decode, encode, half, hex, known, moment, point, unhex, usd, word};
use crate::engine::read::{Found, Key, Table};
use crate::task::index;
use domain::event::EventName;
use domain::guardian::{Decision, Finding, ReviewReason};
use domain::status::Status;
use domain::task::{
    Assignee, CancelReason, Cancellation, Dispute, DisputeOrigin, Manual, Outcome, Resolution, Revision, Ruling, Task,
};
use domain::task_type::{ProofType, TaskType};
use domain::{AgentId, OperatorId, ProofId, StaffName, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Sort key of the state item.
pub const STATE: &str = "S";

/// Attribute names are short because every byte of a write is billed.
#[derive(Serialize, Deserialize)]
struct State {
    pk: String,
    sk: String,
    #[serde(rename = "v")]
    version: u64,
    #[serde(rename = "st")]
    status: String,
    #[serde(rename = "ag")]
    agent: String,
    #[serde(rename = "ty")]
    task_type: String,
    #[serde(rename = "pt")]
    proof_type: String,
    #[serde(rename = "ti")]
    title: String,
    #[serde(rename = "ds")]
    description: String,
    #[serde(rename = "pr", default, skip_serializing_if = "Vec::is_empty")]
    requirements: Vec<String>,
    #[serde(rename = "ab", default, skip_serializing_if = "std::ops::Not::not")]
    abridged: bool,
    #[serde(rename = "la", default, skip_serializing_if = "Option::is_none")]
    latitude: Option<i32>,
    #[serde(rename = "lo", default, skip_serializing_if = "Option::is_none")]
    longitude: Option<i32>,
    #[serde(rename = "ad")]
    address: String,
    #[serde(rename = "rw")]
    reward: i64,
    #[serde(rename = "fe")]
    fee: i64,
    #[serde(rename = "bp")]
    rate_bps: u32,
    #[serde(rename = "dl")]
    deadline: i64,
    #[serde(rename = "ww")]
    work_window_s: i64,
    #[serde(rename = "ca")]
    created_at: i64,
    #[serde(rename = "mv")]
    moved_at: i64,
    #[serde(rename = "fp")]
    fingerprint: String,
    #[serde(rename = "cb", default, skip_serializing_if = "std::ops::Not::not")]
    has_callback: bool,
    /// Absent in what was written before the relay looked at it.
    #[serde(rename = "cw", default, skip_serializing_if = "Option::is_none")]
    called_back: Option<u16>,
    #[serde(rename = "op", default, skip_serializing_if = "Option::is_none")]
    operator: Option<String>,
    #[serde(rename = "on", default, skip_serializing_if = "Option::is_none")]
    operator_name: Option<String>,
    #[serde(rename = "ac", default, skip_serializing_if = "Option::is_none")]
    accepted_at: Option<i64>,
    #[serde(rename = "sr", default, skip_serializing_if = "Option::is_none")]
    started_at: Option<i64>,
    #[serde(rename = "su", default, skip_serializing_if = "Option::is_none")]
    submitted_at: Option<i64>,
    #[serde(rename = "pf", default, skip_serializing_if = "Option::is_none")]
    proof: Option<String>,
    #[serde(rename = "md", default, skip_serializing_if = "Option::is_none")]
    manual: Option<String>,
    #[serde(rename = "rc", default, skip_serializing_if = "Option::is_none")]
    revision_count: Option<u8>,
    #[serde(rename = "rt", default, skip_serializing_if = "Option::is_none")]
    revision_at: Option<i64>,
    #[serde(rename = "ve", default, skip_serializing_if = "Option::is_none")]
    verified_at: Option<i64>,
    #[serde(rename = "co", default, skip_serializing_if = "Option::is_none")]
    completed_at: Option<i64>,
    #[serde(rename = "hu", default, skip_serializing_if = "Option::is_none")]
    hold_until: Option<i64>,
    #[serde(rename = "gd", default, skip_serializing_if = "Option::is_none")]
    verdict_decision: Option<String>,
    #[serde(rename = "gc", default, skip_serializing_if = "Option::is_none")]
    verdict_confidence: Option<u8>,
    #[serde(rename = "gr", default, skip_serializing_if = "Option::is_none")]
    verdict_review_reason: Option<String>,
    #[serde(rename = "gw", default, skip_serializing_if = "Option::is_none")]
    verdict_finding: Option<String>,
    #[serde(rename = "gt", default, skip_serializing_if = "Option::is_none")]
    verdict_at: Option<i64>,
    #[serde(rename = "di", default, skip_serializing_if = "Option::is_none")]
    dispute_origin: Option<String>,
    #[serde(rename = "da", default, skip_serializing_if = "Option::is_none")]
    dispute_at: Option<i64>,
    #[serde(rename = "de", default, skip_serializing_if = "Option::is_none")]
    dispute_escalated_at: Option<i64>,
    #[serde(rename = "ro", default, skip_serializing_if = "Option::is_none")]
    resolution_outcome: Option<String>,
    #[serde(rename = "rb", default, skip_serializing_if = "Option::is_none")]
    resolution_share_bps: Option<u32>,
    /// Ends the task's life, so no later write pays for an item beyond 1 KB.
    #[serde(rename = "rn", default, skip_serializing_if = "Option::is_none")]
    resolution_rationale: Option<String>,
    #[serde(rename = "rs", default, skip_serializing_if = "Option::is_none")]
    resolution_by: Option<String>,
    #[serde(rename = "ra", default, skip_serializing_if = "Option::is_none")]
    resolution_at: Option<i64>,
    #[serde(rename = "cr", default, skip_serializing_if = "Option::is_none")]
    cancellation_reason: Option<String>,
    #[serde(rename = "cn", default, skip_serializing_if = "Option::is_none")]
    cancellation_at: Option<i64>,
    #[serde(rename = "cf", default, skip_serializing_if = "Option::is_none")]
    cancellation_refunded: Option<i64>,
}

impl Key {
    /// A task's state.
    pub fn task(id: TaskId) -> Self {
        Self::new(Table::Core, id, STATE)
    }
}

impl Found {
    /// A task's state, if it was asked for and exists.
    pub fn task(&mut self, id: TaskId) -> Result<Option<Task>, StoreError> {
        self.take(&Key::task(id), task_of)
    }
}

/// The state item of a task, with its index keys.
pub fn state_item(task: &Task) -> Item {
    let millis = |moment: Option<Timestamp>| moment.map(Timestamp::millis);
    let (verdict, dispute) = (task.verdict.as_ref(), task.dispute.as_ref());
    let (resolution, cancellation) = (task.resolution.as_ref(), task.cancellation.as_ref());
    let state = State {
        pk: task.id.to_string(),
        sk: STATE.to_owned(),
        version: task.version,
        status: task.status.to_string(),
        agent: task.agent.to_string(),
        task_type: task.task_type.to_string(),
        proof_type: task.proof_type.to_string(),
        title: task.title.clone(),
        description: task.description.clone(),
        requirements: task.requirements.clone(),
        abridged: task.abridged,
        latitude: task.point.map(|p| p.lat.scaled()),
        longitude: task.point.map(|p| p.lng.scaled()),
        address: task.address.clone(),
        reward: task.reward.micros(),
        fee: task.fee.micros(),
        rate_bps: task.rate_bps,
        deadline: task.deadline.millis(),
        work_window_s: task.work_window_s,
        created_at: task.created_at.millis(),
        moved_at: task.moved_at.millis(),
        fingerprint: hex(&task.fingerprint),
        has_callback: !task.called_back.is_empty(),
        called_back: (!task.called_back.is_empty()).then(|| EventName::bits(&task.called_back)),
        operator: task.operator.as_ref().map(|o| o.id.to_string()),
        operator_name: task.operator.as_ref().map(|o| o.public_name.clone()),
        accepted_at: millis(task.accepted_at),
        started_at: millis(task.started_at),
        submitted_at: millis(task.submitted_at),
        proof: task.proof.map(|id| id.to_string()),
        manual: task.manual.map(|m| m.to_string()),
        revision_count: task.revision.map(|r| r.count),
        revision_at: task.revision.map(|r| r.at.millis()),
        verified_at: millis(task.verified_at),
        completed_at: millis(task.completed_at),
        hold_until: millis(task.hold_until),
        verdict_decision: verdict.map(|r| r.decision.to_string()),
        verdict_confidence: verdict.map(|r| r.confidence),
        verdict_review_reason: verdict.and_then(|r| r.review_reason).map(|r| r.to_string()),
        verdict_finding: verdict.map(|r| r.finding.to_string()),
        verdict_at: verdict.map(|r| r.at.millis()),
        dispute_origin: dispute.map(|d| d.origin.to_string()),
        dispute_at: dispute.map(|d| d.at.millis()),
        dispute_escalated_at: dispute.and_then(|d| millis(d.escalated_at)),
        resolution_outcome: resolution.map(|r| r.outcome.to_string()),
        resolution_share_bps: resolution.map(|r| r.operator_share_bps),
        resolution_rationale: resolution.map(|r| r.rationale.clone()),
        resolution_by: resolution.map(|r| r.by.to_string()),
        resolution_at: resolution.map(|r| r.at.millis()),
        cancellation_reason: cancellation.map(|c| c.reason.to_string()),
        cancellation_at: cancellation.map(|c| c.at.millis()),
        cancellation_refunded: cancellation.map(|c| c.refunded.micros()),
    };
    let mut item = encode(&state);
    for (name, value) in index::keys(task) {
        item.insert(name.to_owned(), crate::engine::item::text(value));
    }
    item
}

/// Reads a state item. What is there in part only is corrupt.
pub fn task_of(item: Item) -> Result<Task, StoreError> {
    let mut s: State = decode(item)?;
    let time = |millis: Option<i64>| millis.map(moment);
    Ok(Task {
        operator: assignee(&s.pk, s.operator.take(), s.operator_name.take())?,
        verdict: s.verdict()?,
        revision: s.revision()?,
        dispute: s.dispute()?,
        resolution: s.resolution()?,
        cancellation: s.cancellation()?,
        called_back: s.called_back(),
        id: known(TaskId::parse(&s.pk), "a task id", &s.pk)?,
        agent: known(AgentId::parse(&s.agent), "an agent id", &s.agent)?,
        version: s.version,
        status: known(Status::parse(&s.status), "a status", &s.status)?,
        task_type: known(TaskType::parse(&s.task_type), "a task type", &s.task_type)?,
        proof_type: known(ProofType::parse(&s.proof_type), "a proof type", &s.proof_type)?,
        title: s.title,
        description: s.description,
        requirements: s.requirements,
        abridged: s.abridged,
        point: point(&s.pk, s.latitude, s.longitude)?,
        address: s.address,
        reward: usd(s.reward)?,
        fee: usd(s.fee)?,
        rate_bps: s.rate_bps,
        deadline: moment(s.deadline),
        work_window_s: s.work_window_s,
        created_at: moment(s.created_at),
        moved_at: moment(s.moved_at),
        fingerprint: known(unhex(&s.fingerprint), "a fingerprint", &s.fingerprint)?,
        accepted_at: time(s.accepted_at),
        started_at: time(s.started_at),
        submitted_at: time(s.submitted_at),
        proof: word(s.proof, "a proof id", ProofId::parse)?,
        manual: word(s.manual, "a manual decision", Manual::parse)?,
        verified_at: time(s.verified_at),
        completed_at: time(s.completed_at),
        hold_until: time(s.hold_until),
    })
}

pub(crate) fn assignee(task: &str, id: Option<String>, name: Option<String>) -> Result<Option<Assignee>, StoreError> {
    match (word(id, "an operator id", OperatorId::parse)?, name) {
        (Some(id), Some(public_name)) => Ok(Some(Assignee { id, public_name })),
        (None, None) => Ok(None),
        (Some(_), None) | (None, Some(_)) => Err(half(task, "an operator")),
    }
}

/// What is stored in several attributes is there whole or not at all.
impl State {
    /// Where nobody noted what is wanted, whoever delivers it looks.
    fn called_back(&self) -> Vec<EventName> {
        let unknown = if self.has_callback { u16::MAX } else { 0 };
        EventName::of_bits(self.called_back.unwrap_or(unknown))
    }

    fn verdict(&mut self) -> Result<Option<Ruling>, StoreError> {
        let review_reason = word(self.verdict_review_reason.take(), "a review reason", ReviewReason::parse)?;
        let decision = word(self.verdict_decision.take(), "a decision", Decision::parse)?;
        let finding = word(self.verdict_finding.take(), "a finding", Finding::parse)?;
        match (decision, self.verdict_confidence, finding, self.verdict_at) {
            (Some(decision), Some(confidence), Some(finding), Some(at)) => {
                Ok(Some(Ruling { decision, confidence, review_reason, finding, at: moment(at) }))
            }
            (None, None, None, None) if review_reason.is_none() => Ok(None),
            _ => Err(half(&self.pk, "a verdict")),
        }
    }

    fn revision(&self) -> Result<Option<Revision>, StoreError> {
        match (self.revision_count, self.revision_at) {
            (Some(count), Some(at)) => Ok(Some(Revision { count, at: moment(at) })),
            (None, None) => Ok(None),
            (Some(_), None) | (None, Some(_)) => Err(half(&self.pk, "a revision")),
        }
    }

    fn dispute(&mut self) -> Result<Option<Dispute>, StoreError> {
        let escalated_at = self.dispute_escalated_at.map(moment);
        match (word(self.dispute_origin.take(), "a dispute's origin", DisputeOrigin::parse)?, self.dispute_at) {
            (Some(origin), Some(at)) => Ok(Some(Dispute { origin, at: moment(at), escalated_at })),
            (None, None) if escalated_at.is_none() => Ok(None),
            _ => Err(half(&self.pk, "a dispute")),
        }
    }

    fn resolution(&mut self) -> Result<Option<Resolution>, StoreError> {
        let outcome = word(self.resolution_outcome.take(), "an outcome", Outcome::parse)?;
        let by = word(self.resolution_by.take(), "a name of staff", StaffName::parse)?;
        // Before staff had names, there was one admin key.
        let by = by.unwrap_or_else(StaffName::admin);
        match (outcome, self.resolution_share_bps, self.resolution_rationale.take(), self.resolution_at) {
            (Some(outcome), Some(operator_share_bps), Some(rationale), Some(at)) => {
                Ok(Some(Resolution { outcome, operator_share_bps, rationale, by, at: moment(at) }))
            }
            (None, None, None, None) => Ok(None),
            _ => Err(half(&self.pk, "a resolution")),
        }
    }

    fn cancellation(&mut self) -> Result<Option<Cancellation>, StoreError> {
        let reason = word(self.cancellation_reason.take(), "a cancel reason", CancelReason::parse)?;
        match (reason, self.cancellation_at, self.cancellation_refunded) {
            (Some(reason), Some(at), Some(refunded)) => {
                Ok(Some(Cancellation { reason, at: moment(at), refunded: usd(refunded)? }))
            }
            (None, None, None) => Ok(None),
            _ => Err(half(&self.pk, "a cancellation")),
        }
    }
}

#[cfg(test)]
mod tests;
