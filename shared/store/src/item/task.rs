//! A task's state item: hot, at most 1 KB, and the carrier of the index keys.

use super::{Item, decode, encode, hex, index, known, moment, usd};
use crate::StoreError;
use domain::geo::{Degrees, Point};
use domain::guardian::{Decision, ReviewReason};
use domain::status::Status;
use domain::task::{
    Assignee, CancelReason, Cancellation, Dispute, DisputeOrigin, Manual, Outcome, Resolution, Ruling, Task,
};
use domain::task_type::{ProofType, TaskType};
use domain::{AgentId, OperatorId, ProofId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Sort key of the state item.
pub const STATE: &str = "S";
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct State {
    pk: String,
    sk: String,
    v: u64,
    st: String,
    ag: String,
    ty: String,
    pt: String,
    ti: String,
    ds: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pr: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    ab: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    la: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lo: Option<i32>,
    ad: String,
    rw: i64,
    fe: i64,
    bp: u32,
    dl: i64,
    ca: i64,
    mv: i64,
    fp: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cb: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    op: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ac: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sr: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    su: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pf: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gd: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gc: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gw: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gt: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    md: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ve: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    co: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hu: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    di: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    da: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    de: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ro: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rb: Option<u32>,
    /// Ends the task's life, so no later write pays for an item beyond 1 KB.
    #[serde(skip_serializing_if = "Option::is_none")]
    rn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ra: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cn: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cf: Option<i64>,
}

/// The state item of a task, with its index keys.
pub fn state_item(task: &Task) -> Item {
    let millis = |moment: Option<Timestamp>| moment.map(Timestamp::millis);
    let state = State {
        pk: task.id.to_string(),
        sk: STATE.to_owned(),
        v: task.version,
        st: task.status.to_string(),
        ag: task.agent.to_string(),
        ty: task.task_type.to_string(),
        pt: task.proof_type.to_string(),
        ti: task.title.clone(),
        ds: task.description.clone(),
        pr: task.requirements.clone(),
        ab: task.abridged,
        la: task.point.map(|p| p.lat.scaled()),
        lo: task.point.map(|p| p.lng.scaled()),
        ad: task.address.clone(),
        rw: task.reward.micros(),
        fe: task.fee.micros(),
        bp: task.rate_bps,
        dl: task.deadline.millis(),
        ca: task.created_at.millis(),
        mv: task.moved_at.millis(),
        fp: hex(&task.fingerprint),
        cb: task.has_callback,
        op: task.operator.as_ref().map(|o| o.id.to_string()),
        on: task.operator.as_ref().map(|o| o.public_name.clone()),
        ac: millis(task.accepted_at),
        sr: millis(task.started_at),
        su: millis(task.submitted_at),
        pf: task.proof.map(|id| id.to_string()),
        gd: task.verdict.as_ref().map(|r| r.decision.to_string()),
        gc: task.verdict.as_ref().map(|r| r.confidence),
        gr: task.verdict.as_ref().and_then(|r| r.review_reason).map(|r| r.to_string()),
        gw: task.verdict.as_ref().map(|r| r.nothing_wrong),
        gt: task.verdict.as_ref().map(|r| r.at.millis()),
        md: task.manual.map(|m| m.to_string()),
        ve: millis(task.verified_at),
        co: millis(task.completed_at),
        hu: millis(task.hold_until),
        di: task.dispute.as_ref().map(|d| d.origin.to_string()),
        da: task.dispute.as_ref().map(|d| d.at.millis()),
        de: task.dispute.as_ref().and_then(|d| millis(d.escalated_at)),
        ro: task.resolution.as_ref().map(|r| r.outcome.to_string()),
        rb: task.resolution.as_ref().map(|r| r.operator_share_bps),
        rn: task.resolution.as_ref().map(|r| r.rationale.clone()),
        ra: task.resolution.as_ref().map(|r| r.at.millis()),
        cr: task.cancellation.as_ref().map(|c| c.reason.to_string()),
        cn: task.cancellation.as_ref().map(|c| c.at.millis()),
        cf: task.cancellation.as_ref().map(|c| c.refunded.micros()),
    };
    let mut item = encode(&state);
    for (name, value) in index::keys(task) {
        item.insert(name.to_owned(), super::text(value));
    }
    item
}

/// Reads a state item, or the part of one that an index copies (what is missing is then empty).
pub fn task_of(item: Item) -> Result<Task, StoreError> {
    let s: State = decode(item)?;
    let time = |millis: Option<i64>| millis.map(moment);
    Ok(Task {
        id: known(TaskId::parse(&s.pk), "a task id", &s.pk)?,
        agent: known(AgentId::parse(&s.ag), "an agent id", &s.ag)?,
        version: s.v,
        status: known(Status::parse(&s.st), "a status", &s.st)?,
        task_type: known(TaskType::parse(&s.ty), "a task type", &s.ty)?,
        proof_type: known(ProofType::parse(&s.pt), "a proof type", &s.pt)?,
        title: s.ti,
        description: s.ds,
        requirements: s.pr,
        abridged: s.ab,
        point: point(s.la, s.lo),
        address: s.ad,
        reward: usd(s.rw)?,
        fee: usd(s.fe)?,
        rate_bps: s.bp,
        deadline: moment(s.dl),
        created_at: moment(s.ca),
        moved_at: moment(s.mv),
        fingerprint: known(unhex(&s.fp), "a fingerprint", &s.fp)?,
        has_callback: s.cb,
        operator: assignee(s.op, s.on)?,
        accepted_at: time(s.ac),
        started_at: time(s.sr),
        submitted_at: time(s.su),
        proof: word(s.pf, "a proof id", ProofId::parse)?,
        verdict: match (word(s.gd, "a decision", Decision::parse)?, s.gc, s.gw, s.gt) {
            (Some(decision), Some(confidence), Some(nothing_wrong), Some(at)) => {
                let review_reason = word(s.gr, "a review reason", ReviewReason::parse)?;
                Some(Ruling { decision, confidence, review_reason, nothing_wrong, at: moment(at) })
            }
            _ => None,
        },
        manual: word(s.md, "a manual decision", Manual::parse)?,
        verified_at: time(s.ve),
        completed_at: time(s.co),
        hold_until: time(s.hu),
        dispute: match (word(s.di, "a dispute's origin", DisputeOrigin::parse)?, s.da) {
            (Some(origin), Some(at)) => Some(Dispute { origin, at: moment(at), escalated_at: time(s.de) }),
            _ => None,
        },
        resolution: match (word(s.ro, "an outcome", Outcome::parse)?, s.rb, s.rn, s.ra) {
            (Some(outcome), Some(operator_share_bps), Some(rationale), Some(at)) => {
                Some(Resolution { outcome, operator_share_bps, rationale, at: moment(at) })
            }
            _ => None,
        },
        cancellation: match (word(s.cr, "a cancel reason", CancelReason::parse)?, s.cn, s.cf) {
            (Some(reason), Some(at), Some(refunded)) => {
                Some(Cancellation { reason, at: moment(at), refunded: usd(refunded)? })
            }
            _ => None,
        },
    })
}

pub(crate) fn word<T>(
    text: Option<String>,
    what: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    text.map(|text| known(parse(&text), what, &text)).transpose()
}

pub(crate) fn point(lat: Option<i32>, lng: Option<i32>) -> Option<Point> {
    Some(Point { lat: Degrees::from_scaled(lat?), lng: Degrees::from_scaled(lng?) })
}

fn assignee(id: Option<String>, name: Option<String>) -> Result<Option<Assignee>, StoreError> {
    let id = word(id, "an operator id", OperatorId::parse)?;
    Ok(id.map(|id| Assignee { id, public_name: name.unwrap_or_default() }))
}

pub(crate) fn unhex(text: &str) -> Option<[u8; 16]> {
    let number = u128::from_str_radix(text, 16).ok()?;
    (text.len() == 32).then(|| number.to_be_bytes())
}
