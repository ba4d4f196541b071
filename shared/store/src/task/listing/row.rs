//! What each index copies of a task: a row type for each. What must be there and is not is corrupt, never zero.

use crate::StoreError;
use crate::engine::item::{Item, decode, known, moment, point, unhex, usd, word};
use crate::task::state::assignee;
use domain::geo::Point;
use domain::guardian::Decision;
use domain::status::Status;
use domain::task::Assignee;
use domain::task_type::TaskType;
use domain::{AgentId, TaskId, Timestamp, Usd};
use serde::Deserialize;

/// A task in a list.
pub trait Row: Clone {
    /// Reads what the index copies.
    fn of(item: Item) -> Result<Self, StoreError>;

    /// Its place in the list: the sort key.
    fn place(&self) -> &str;
}

/// What every index copies.
#[derive(Clone, Debug)]
pub struct Summary {
    pub id: TaskId,
    pub status: Status,
    pub task_type: TaskType,
    pub title: String,
    pub reward: Usd,
    pub deadline: Timestamp,
    pub created_at: Timestamp,
    place: String,
}

/// A task of an agent: the index `by-agent`.
#[derive(Clone, Debug)]
pub struct AgentRow {
    pub summary: Summary,
    pub operator: Option<Assignee>,
    /// Digest of the canonical request.
    pub fingerprint: [u8; 16],
    /// Waits for the agent's `verify`.
    pub in_manual_review: bool,
}

/// A pending task in the feed, or a task of an operator: the index `by-operator`.
#[derive(Clone, Debug)]
pub struct OperatorRow {
    pub summary: Summary,
    pub agent: AgentId,
    /// Instructions, or their beginning when `abridged`.
    pub description: String,
    /// Proof requirements, or none when `abridged`.
    pub requirements: Vec<String>,
    /// The full texts are in the brief.
    pub abridged: bool,
    /// Where, in words.
    pub address: String,
    pub point: Option<Point>,
    pub accepted_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
}

/// A disputed task: the index `by-place`.
#[derive(Clone, Debug)]
pub struct DisputeRow {
    pub summary: Summary,
    pub agent: AgentId,
    pub operator: Option<Assignee>,
}

#[derive(Deserialize)]
struct SummaryItem {
    pk: String,
    #[serde(rename = "st")]
    status: String,
    #[serde(rename = "ty")]
    task_type: String,
    #[serde(rename = "ti")]
    title: String,
    #[serde(rename = "rw")]
    reward: i64,
    #[serde(rename = "dl")]
    deadline: i64,
    #[serde(rename = "ca")]
    created_at: i64,
}

#[derive(Deserialize)]
struct AgentItem {
    #[serde(rename = "op")]
    operator: Option<String>,
    #[serde(rename = "on")]
    operator_name: Option<String>,
    #[serde(rename = "fp")]
    fingerprint: String,
    #[serde(rename = "gd")]
    verdict_decision: Option<String>,
}

#[derive(Deserialize)]
struct OperatorItem {
    #[serde(rename = "ag")]
    agent: String,
    #[serde(rename = "ds")]
    description: String,
    #[serde(rename = "pr", default)]
    requirements: Vec<String>,
    #[serde(rename = "ab", default)]
    abridged: bool,
    #[serde(rename = "ad")]
    address: String,
    #[serde(rename = "la")]
    latitude: Option<i32>,
    #[serde(rename = "lo")]
    longitude: Option<i32>,
    #[serde(rename = "ac")]
    accepted_at: Option<i64>,
    #[serde(rename = "co")]
    completed_at: Option<i64>,
}

#[derive(Deserialize)]
struct DisputeItem {
    #[serde(rename = "ag")]
    agent: String,
    #[serde(rename = "op")]
    operator: Option<String>,
    #[serde(rename = "on")]
    operator_name: Option<String>,
}

impl Summary {
    /// With its place, which is the index's sort key `sort`.
    fn of(item: &Item, sort: &str) -> Result<Self, StoreError> {
        let s: SummaryItem = decode(item.clone())?;
        let place = item.get(sort).and_then(|value| value.as_s().ok()).cloned();
        Ok(Self {
            place: known(place, "a place in a list", &s.pk)?,
            id: known(TaskId::parse(&s.pk), "a task id", &s.pk)?,
            status: known(Status::parse(&s.status), "a status", &s.status)?,
            task_type: known(TaskType::parse(&s.task_type), "a task type", &s.task_type)?,
            title: s.title,
            reward: usd(s.reward)?,
            deadline: moment(s.deadline),
            created_at: moment(s.created_at),
        })
    }
}

impl Row for AgentRow {
    fn of(item: Item) -> Result<Self, StoreError> {
        let summary = Summary::of(&item, "g1s")?;
        let a: AgentItem = decode(item)?;
        let decision = word(a.verdict_decision, "a decision", Decision::parse)?;
        Ok(Self {
            operator: assignee(&summary.id.to_string(), a.operator, a.operator_name)?,
            fingerprint: known(unhex(&a.fingerprint), "a fingerprint", &a.fingerprint)?,
            in_manual_review: summary.status == Status::Submitted && decision == Some(Decision::ManualReview),
            summary,
        })
    }

    fn place(&self) -> &str {
        &self.summary.place
    }
}

impl Row for OperatorRow {
    fn of(item: Item) -> Result<Self, StoreError> {
        let summary = Summary::of(&item, "g2s")?;
        let o: OperatorItem = decode(item)?;
        let id = summary.id.to_string();
        Ok(Self {
            summary,
            agent: known(AgentId::parse(&o.agent), "an agent id", &o.agent)?,
            description: o.description,
            requirements: o.requirements,
            abridged: o.abridged,
            address: o.address,
            point: point(&id, o.latitude, o.longitude)?,
            accepted_at: o.accepted_at.map(moment),
            completed_at: o.completed_at.map(moment),
        })
    }

    fn place(&self) -> &str {
        &self.summary.place
    }
}

impl Row for DisputeRow {
    fn of(item: Item) -> Result<Self, StoreError> {
        let summary = Summary::of(&item, "g3s")?;
        let d: DisputeItem = decode(item)?;
        Ok(Self {
            agent: known(AgentId::parse(&d.agent), "an agent id", &d.agent)?,
            operator: assignee(&summary.id.to_string(), d.operator, d.operator_name)?,
            summary,
        })
    }

    fn place(&self) -> &str {
        &self.summary.place
    }
}
