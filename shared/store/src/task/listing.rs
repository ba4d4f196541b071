//! Lists: an agent's tasks, the feed, an operator's tasks, disputes.

mod row;

pub use row::{AgentRow, DisputeRow, OperatorRow, Row};

use crate::engine::item::text;
use crate::engine::schema::{BY_AGENT, BY_OPERATOR, BY_PLACE, Index};
use crate::task::index::{DISPUTED_PARTITION, agent_partition, feed_partition, operator_partition};
use crate::{Store, StoreError, unavailable};
use domain::status::Status;
use domain::task_type::TaskDomain;
use domain::{AgentId, OperatorId};

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
#[derive(Clone, Debug)]
pub struct Listed<R> {
    /// The window, and one entry more if there is one.
    pub rows: Vec<R>,
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
    ) -> Result<Vec<AgentRow>, StoreError> {
        let part = Part { below: window.cursor.as_deref(), limit: reach(window) };
        self.rows(&Partition::new(&BY_AGENT, agent_partition(agent, status)), part, |_| true).await
    }

    /// Open tasks of an agent, newest first, for filters and counts within them: at most as many as
    /// can be paged through.
    pub async fn open_tasks_of_agent(&self, agent: AgentId) -> Result<Vec<AgentRow>, StoreError> {
        let part = Part { below: None, limit: READ_MAX };
        self.rows(&Partition::new(&BY_AGENT, agent_partition(agent, Status::Pending)), part, |_| true).await
    }

    /// The part of the feed in `window`, newest first: pending tasks of these domains that `keep` keeps.
    pub async fn feed(
        &self,
        domains: &[TaskDomain],
        window: &Window,
        keep: impl Fn(&OperatorRow) -> bool,
    ) -> Result<Listed<OperatorRow>, StoreError> {
        let partitions = domains.iter().map(|domain| Partition::new(&BY_OPERATOR, feed_partition(*domain)));
        self.listed(&partitions.collect::<Vec<_>>(), window, &keep).await
    }

    /// Tasks of an operator, latest accepted first.
    pub async fn tasks_of_operator(
        &self,
        operator: &OperatorId,
        window: &Window,
    ) -> Result<Listed<OperatorRow>, StoreError> {
        let partition = Partition::new(&BY_OPERATOR, operator_partition(operator));
        self.listed(&[partition], window, &|_| true).await
    }

    /// The latest accepted tasks of an operator.
    pub async fn latest_of_operator(
        &self,
        operator: &OperatorId,
        limit: usize,
    ) -> Result<Vec<OperatorRow>, StoreError> {
        let partition = Partition::new(&BY_OPERATOR, operator_partition(operator));
        self.rows(&partition, Part { below: None, limit }, |_| true).await
    }

    /// Disputed tasks, latest first.
    pub async fn disputes(&self, window: &Window) -> Result<Listed<DisputeRow>, StoreError> {
        let partition = Partition::new(&BY_PLACE, DISPUTED_PARTITION.to_owned());
        self.listed(&[partition], window, &|_| true).await
    }

    /// The window out of partitions that are merged. Without a cursor the rows that are counted are the
    /// rows that are cut; with one, the counting is a second read beside the first.
    async fn listed<R: Row>(
        &self,
        partitions: &[Partition<'_>],
        window: &Window,
        keep: &impl Fn(&R) -> bool,
    ) -> Result<Listed<R>, StoreError> {
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
        Ok(Listed { rows: window.cut(rows, |row| row.place().to_owned()), total: counted })
    }

    async fn merged<R: Row>(
        &self,
        partitions: &[Partition<'_>],
        part: Part<'_>,
        keep: &impl Fn(&R) -> bool,
    ) -> Result<Vec<R>, StoreError> {
        let Part { below, limit } = part;
        let parts = partitions.iter().map(|partition| self.rows(partition, Part { below, limit }, keep));
        let mut rows = futures::future::try_join_all(parts).await?.concat();
        rows.sort_by(|a, b| b.place().cmp(a.place()));
        Ok(rows)
    }

    /// Rows of a partition, highest sort key first: those that `keep` keeps, out of at most
    /// [`READ_MAX`] that are read.
    async fn rows<R: Row>(
        &self,
        partition: &Partition<'_>,
        part: Part<'_>,
        keep: impl Fn(&R) -> bool,
    ) -> Result<Vec<R>, StoreError> {
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
                let row = R::of(item)?;
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

/// Of nothing.
impl<R> Default for Listed<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), total: 0 }
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
