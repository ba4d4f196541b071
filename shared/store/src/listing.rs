//! Lists: an agent's tasks, the feed, an operator's tasks, disputes.

use crate::item::index::{DISPUTED_PARTITION, agent_partition, feed_partition, operator_partition};
use crate::item::task::{point, unhex, word};
use crate::item::{Item, decode, known, moment, text, usd};
use crate::schema::{BY_AGENT, BY_OPERATOR, BY_PLACE, Index};
use crate::{Store, StoreError, unavailable};
use domain::geo::Point;
use domain::guardian::Decision;
use domain::status::Status;
use domain::task::Assignee;
use domain::task_type::{TaskDomain, TaskType};
use domain::{AgentId, OperatorId, TaskId, Timestamp, Usd};
use serde::Deserialize;

/// Which part of a list is wanted. The cursor wins over the offset.
#[derive(Clone, Debug)]
pub struct Window {
    /// Entries to return, 1 to 100.
    pub limit: usize,
    /// Entries to skip, at most 10,000.
    pub offset: usize,
    /// Place of the last entry that the caller has.
    pub cursor: Option<String>,
}

/// Entries that are read at the most to count a list that has no counter.
pub const COUNT_MAX: usize = 1_000;

/// Entries of a partition that one request reads at the most: as far as an offset reaches.
const READ_MAX: usize = 10_101;

/// A task in a list. What the index does not copy is empty.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub id: TaskId,
    /// Where it stands.
    pub status: Status,
    /// What kind of work.
    pub task_type: TaskType,
    /// Short title.
    pub title: String,
    /// What the operator earns.
    pub reward: Usd,
    /// Accept and submit must happen before.
    pub deadline: Timestamp,
    /// When created.
    pub created_at: Timestamp,
    /// Whose.
    pub agent: Option<AgentId>,
    /// Who does it.
    pub operator: Option<Assignee>,
    /// Digest of the canonical request.
    pub fingerprint: [u8; 16],
    /// Waits for the agent's `verify`.
    pub in_manual_review: bool,
    /// Instructions, or their beginning when `abridged`.
    pub description: String,
    /// Proof requirements, or none when `abridged`.
    pub requirements: Vec<String>,
    /// The full texts are in the brief.
    pub abridged: bool,
    /// Where, in words.
    pub address: String,
    /// Where.
    pub point: Option<Point>,
    /// When accepted.
    pub accepted_at: Option<Timestamp>,
    /// When completed.
    pub completed_at: Option<Timestamp>,
    /// Place in the list.
    pub cursor: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RowItem {
    pk: String,
    st: String,
    ty: String,
    ti: String,
    rw: i64,
    dl: i64,
    ca: i64,
    ag: Option<String>,
    op: Option<String>,
    on: Option<String>,
    fp: String,
    gd: Option<String>,
    ds: String,
    pr: Vec<String>,
    ab: bool,
    ad: String,
    la: Option<i32>,
    lo: Option<i32>,
    ac: Option<i64>,
    co: Option<i64>,
    g1s: Option<String>,
    g2s: Option<String>,
    g3s: Option<String>,
}

impl Window {
    /// Entries to read, so that the window and one more are among them.
    pub fn reach(&self) -> i32 {
        let skipped = if self.cursor.is_some() { 0 } else { self.offset };
        i32::try_from(skipped + self.limit + 1).unwrap_or(i32::MAX)
    }

    /// The window out of entries in descending order, of which those not below the cursor are dropped.
    pub fn cut<T>(&self, entries: Vec<T>, place: impl Fn(&T) -> String) -> Vec<T> {
        match &self.cursor {
            Some(cursor) => entries.into_iter().filter(|e| place(e) < *cursor).take(self.limit + 1).collect(),
            None => entries.into_iter().skip(self.offset).take(self.limit + 1).collect(),
        }
    }
}

/// A part of a list, and how many entries the whole has (counted up to [`COUNT_MAX`]).
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The window, and one entry more if there is one.
    pub rows: Vec<Row>,
    /// Of the whole list.
    pub total: usize,
}

/// A sorted partition of an index.
struct Partition<'a> {
    index: &'a Index,
    name: String,
}

/// What is wanted of a partition.
struct Part<'a> {
    /// Only what sorts below this.
    below: Option<&'a str>,
    /// At most so many rows.
    limit: usize,
}

impl Store {
    /// Tasks of an agent in the partition of `status`, newest first: as many as the window reaches.
    pub async fn tasks_of_agent(
        &self,
        agent: AgentId,
        status: Status,
        window: &Window,
    ) -> Result<Vec<Row>, StoreError> {
        let part = Part { below: window.cursor.as_deref(), limit: reach(window) };
        self.rows(&Partition::new(&BY_AGENT, agent_partition(agent, status)), part, |_| true).await
    }

    /// Open tasks of an agent, newest first, for filters and counts within them: at most as many as
    /// can be paged through.
    pub async fn open_tasks_of_agent(&self, agent: AgentId) -> Result<Vec<Row>, StoreError> {
        let part = Part { below: None, limit: READ_MAX };
        self.rows(&Partition::new(&BY_AGENT, agent_partition(agent, Status::Pending)), part, |_| true).await
    }

    /// The part of the feed in `window`, newest first: pending tasks of these domains that `keep` keeps.
    pub async fn feed(
        &self,
        domains: &[TaskDomain],
        window: &Window,
        keep: impl Fn(&Row) -> bool,
    ) -> Result<Listed, StoreError> {
        let partitions = domains.iter().map(|domain| Partition::new(&BY_OPERATOR, feed_partition(*domain)));
        self.listed(&partitions.collect::<Vec<_>>(), window, &keep).await
    }

    /// Tasks of an operator, latest accepted first.
    pub async fn tasks_of_operator(&self, operator: &OperatorId, window: &Window) -> Result<Listed, StoreError> {
        let partition = Partition::new(&BY_OPERATOR, operator_partition(operator));
        self.listed(&[partition], window, &|_| true).await
    }

    /// The latest accepted tasks of an operator.
    pub async fn latest_of_operator(&self, operator: &OperatorId, limit: usize) -> Result<Vec<Row>, StoreError> {
        let partition = Partition::new(&BY_OPERATOR, operator_partition(operator));
        self.rows(&partition, Part { below: None, limit }, |_| true).await
    }

    /// Disputed tasks, latest first.
    pub async fn disputes(&self, window: &Window) -> Result<Listed, StoreError> {
        let partition = Partition::new(&BY_PLACE, DISPUTED_PARTITION.to_owned());
        self.listed(&[partition], window, &|_| true).await
    }

    /// The window out of partitions that are merged. Without a cursor the rows that are counted are the
    /// rows that are cut; with one, the counting is a second read beside the first.
    async fn listed(
        &self,
        partitions: &[Partition<'_>],
        window: &Window,
        keep: &impl Fn(&Row) -> bool,
    ) -> Result<Listed, StoreError> {
        let first = Part { below: None, limit: reach(window).max(COUNT_MAX) };
        let counted = self.merged(partitions, first, keep);
        let (counted, rows) = match &window.cursor {
            None => {
                let rows = counted.await?;
                (rows.len(), rows)
            }
            Some(cursor) => {
                let below = Part { below: Some(cursor), limit: reach(window) };
                let (counted, rows) = futures::try_join!(counted, self.merged(partitions, below, keep))?;
                (counted.len(), rows)
            }
        };
        Ok(Listed { rows: window.cut(rows, |row| row.cursor.clone()), total: counted })
    }

    async fn merged(
        &self,
        partitions: &[Partition<'_>],
        part: Part<'_>,
        keep: &impl Fn(&Row) -> bool,
    ) -> Result<Vec<Row>, StoreError> {
        let Part { below, limit } = part;
        let parts = partitions.iter().map(|partition| self.rows(partition, Part { below, limit }, keep));
        let mut rows = futures::future::try_join_all(parts).await?.concat();
        rows.sort_by(|a, b| b.cursor.cmp(&a.cursor));
        Ok(rows)
    }

    /// Rows of a partition, highest sort key first: those that `keep` keeps, out of at most
    /// [`READ_MAX`] that are read.
    async fn rows(
        &self,
        partition: &Partition<'_>,
        part: Part<'_>,
        keep: impl Fn(&Row) -> bool,
    ) -> Result<Vec<Row>, StoreError> {
        let (p, s) = (format!("{}p", partition.index.stem), format!("{}s", partition.index.stem));
        let condition = match part.below {
            Some(_) => format!("{p} = :p AND {s} < :s"),
            None => format!("{p} = :p"),
        };
        let (mut rows, mut read, mut start) = (Vec::new(), 0, None);
        loop {
            let mut query = self
                .client
                .query()
                .table_name(&self.tables.core)
                .index_name(partition.index.name)
                .key_condition_expression(&condition)
                .expression_attribute_values(":p", text(&partition.name))
                .scan_index_forward(false)
                .set_exclusive_start_key(start)
                .set_limit(i32::try_from(part.limit.min(READ_MAX - read)).ok());
            if let Some(below) = part.below {
                query = query.expression_attribute_values(":s", text(below));
            }
            let answer = query.send().await.map_err(unavailable("list tasks"))?;
            for item in answer.items.unwrap_or_default() {
                read += 1;
                let row = row_of(item)?;
                if rows.len() < part.limit && keep(&row) {
                    rows.push(row);
                }
            }
            start = answer.last_evaluated_key;
            if start.is_none() || rows.len() >= part.limit || read >= READ_MAX {
                return Ok(rows);
            }
        }
    }
}

impl<'a> Partition<'a> {
    fn new(index: &'a Index, name: String) -> Self {
        Self { index, name }
    }
}

fn reach(window: &Window) -> usize {
    usize::try_from(window.reach()).unwrap_or(READ_MAX)
}

fn row_of(item: Item) -> Result<Row, StoreError> {
    let r: RowItem = decode(item)?;
    let operator = word(r.op, "an operator id", OperatorId::parse)?;
    let manual = word(r.gd, "a decision", Decision::parse)? == Some(Decision::ManualReview);
    let status = known(Status::parse(&r.st), "a status", &r.st)?;
    Ok(Row {
        id: known(TaskId::parse(&r.pk), "a task id", &r.pk)?,
        status,
        task_type: known(TaskType::parse(&r.ty), "a task type", &r.ty)?,
        title: r.ti,
        reward: usd(r.rw)?,
        deadline: moment(r.dl),
        created_at: moment(r.ca),
        agent: word(r.ag, "an agent id", AgentId::parse)?,
        operator: operator.map(|id| Assignee { id, public_name: r.on.unwrap_or_default() }),
        fingerprint: unhex(&r.fp).unwrap_or_default(),
        in_manual_review: manual && status == Status::Submitted,
        description: r.ds,
        requirements: r.pr,
        abridged: r.ab,
        address: r.ad,
        point: point(r.la, r.lo),
        accepted_at: r.ac.map(moment),
        completed_at: r.co.map(moment),
        cursor: r.g1s.or(r.g2s).or(r.g3s).unwrap_or_default(),
    })
}
