//! Lists: an agent's tasks, the feed, an operator's tasks, disputes.

pub(crate) mod feed;
mod row;
mod strand;

pub use row::{AgentRow, DisputeRow, OperatorRow, Row, Summary};

use crate::engine::schema::{BY_AGENT, BY_OPERATOR, BY_PLACE};
use crate::task::index::{DISPUTED_PARTITION, agent_partition, operator_partition};
use crate::{Store, StoreError};
use domain::status::Status;
use domain::{AgentId, OperatorId};
use strand::{Partition, READ_MAX, Strand};

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

/// A part of a list, and how many entries the whole has (each partition counted up to [`COUNT_MAX`]).
#[derive(Clone, Debug)]
pub struct Listed<R> {
    /// The window, and one entry more if there is one.
    pub rows: Vec<R>,
    /// Of the whole list.
    pub total: usize,
}

impl Store {
    /// Tasks of an agent in the partition of `status`, newest first: as many as the window reaches.
    pub async fn tasks_of_agent(
        &self,
        agent: AgentId,
        status: Status,
        window: &Window,
    ) -> Result<Vec<AgentRow>, StoreError> {
        let partition = Partition::new(&BY_AGENT, agent_partition(agent, status));
        self.first(partition.below(window.cursor.as_deref()), reach(window)).await
    }

    /// Open tasks of an agent, newest first, for filters and counts within them: at most as many as
    /// can be paged through.
    pub async fn open_tasks_of_agent(&self, agent: AgentId) -> Result<Vec<AgentRow>, StoreError> {
        self.first(Partition::new(&BY_AGENT, agent_partition(agent, Status::Pending)), READ_MAX).await
    }

    /// Tasks of an operator, latest accepted first.
    pub async fn tasks_of_operator(
        &self,
        operator: &OperatorId,
        window: &Window,
    ) -> Result<Listed<OperatorRow>, StoreError> {
        self.listed(&Partition::new(&BY_OPERATOR, operator_partition(operator)), window).await
    }

    /// The latest accepted tasks of an operator.
    pub async fn latest_of_operator(
        &self,
        operator: &OperatorId,
        limit: usize,
    ) -> Result<Vec<OperatorRow>, StoreError> {
        self.first(Partition::new(&BY_OPERATOR, operator_partition(operator)), limit).await
    }

    /// Disputed tasks, latest first.
    pub async fn disputes(&self, window: &Window) -> Result<Listed<DisputeRow>, StoreError> {
        self.listed(&Partition::new(&BY_PLACE, DISPUTED_PARTITION.to_owned()), window).await
    }

    /// The window out of a partition. Without a cursor the rows that are counted are the rows that are
    /// cut; with one, the counting is a second read beside the first.
    async fn listed<R: Row>(&self, partition: &Partition, window: &Window) -> Result<Listed<R>, StoreError> {
        let counted = self.first(partition.clone(), reach(window).max(COUNT_MAX));
        let (total, rows) = match window.cursor.as_deref() {
            None => {
                let rows = counted.await?;
                (rows.len(), rows)
            }
            cursor @ Some(_) => {
                let rows = self.first(partition.clone().below(cursor), reach(window));
                let (counted, rows) = futures::try_join!(counted, rows)?;
                (counted.len(), rows)
            }
        };
        Ok(Listed { rows: window.cut(rows, |row| row.place().to_owned()), total })
    }

    /// The first `limit` rows of a partition.
    async fn first<R: Row>(&self, partition: Partition, limit: usize) -> Result<Vec<R>, StoreError> {
        let mut strand = Strand::new(partition, limit);
        self.read_on(&mut strand, &|_| true).await?;
        strand.rows.truncate(limit);
        Ok(strand.rows)
    }
}

/// Of nothing.
impl<R> Default for Listed<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), total: 0 }
    }
}

fn reach(window: &Window) -> usize {
    usize::try_from(window.reach()).unwrap_or(READ_MAX)
}
