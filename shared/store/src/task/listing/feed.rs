//! The feed: pending tasks, those of each type in a partition of their own. Its pages are read anew each time; only
//! the count of a long partition is kept for a while.

use crate::engine::item::{number, text};
use crate::engine::schema::BY_OPERATOR;
use crate::task::index::feed_partition;
use crate::task::listing::strand::{Partition, Strand};
use crate::task::listing::{COUNT_MAX, Listed, OperatorRow, Row, Window, reach};
use crate::{Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::types::Select;
use domain::Timestamp;
use domain::task_type::TaskType;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The total of a type with at most so many tasks is exact.
const EXACT_MAX: usize = 50;
/// A larger count is kept for so long.
const COUNT_KEPT_S: i64 = 60;

/// What this process has counted: when, and how many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts(Arc<Mutex<BTreeMap<TaskType, (Timestamp, usize)>>>);

impl Counts {
    /// A count that is young enough. Who goes on from a page needs no better one; who begins gets a small count exactly.
    fn kept(&self, kind: TaskType, now: Timestamp, goes_on: bool) -> Option<usize> {
        let counts = self.0.lock().expect("nothing panics while it has the counts");
        let (at, count) = *counts.get(&kind)?;
        let young = at <= now && now < at.plus_seconds(COUNT_KEPT_S);
        (young && (goes_on || count > EXACT_MAX)).then_some(count)
    }

    fn keep(&self, kind: TaskType, now: Timestamp, count: usize) {
        self.0.lock().expect("nothing panics while it has the counts").insert(kind, (now, count));
    }
}

impl Store {
    /// The part of the feed in `window`, newest first: pending tasks of the type, or of all, whose deadline has not
    /// passed; the sweeper may be behind.
    pub async fn feed(&self, kind: Option<TaskType>, window: &Window) -> Result<Listed<OperatorRow>, StoreError> {
        let (now, goes_on) = (self.now(), window.cursor.is_some());
        let kinds = kind.as_ref().map_or(TaskType::ALL, std::slice::from_ref);
        let kept: Vec<_> = kinds.iter().map(|kind| self.feed_counts.kept(*kind, now, goes_on)).collect();

        // Of each type a page, and its share of what is skipped.
        let share = reach(window).div_ceil(kinds.len()).max(window.limit + 1);
        let strand = |(kind, kept): (&TaskType, &Option<usize>)| {
            let partition = Partition::new(&BY_OPERATOR, feed_partition(*kind)).below(window.cursor.as_deref());
            Strand::new(partition, if goes_on || kept.is_some() { share } else { share.max(EXACT_MAX + 1) })
        };
        let mut strands: Vec<Strand<OperatorRow>> = kinds.iter().zip(&kept).map(strand).collect();
        let keep = |row: &OperatorRow| row.summary.deadline > now;
        self.read_merged(&mut strands, reach(window), &keep).await?;

        let counts = kinds.iter().zip(kept).zip(&strands).map(async |((kind, kept), strand)| {
            let read = strand.rows.len();
            let count = match kept {
                _ if strand.ended && !goes_on => read,
                Some(count) => return Ok(count.max(read)),
                None => self.count_feed(*kind, now).await?.max(read),
            };
            self.feed_counts.keep(*kind, now, count);
            Ok(count)
        });
        let total = futures::future::try_join_all(counts).await?.into_iter().sum();

        let mut rows: Vec<_> = strands.into_iter().flat_map(|strand| strand.rows).collect();
        rows.sort_by(|a, b| b.place().cmp(a.place()));
        Ok(Listed { rows: window.cut(rows, |row| row.place().to_owned()), total })
    }

    /// Tasks of a type whose deadline has not passed, among the newest [`COUNT_MAX`].
    async fn count_feed(&self, kind: TaskType, now: Timestamp) -> Result<usize, StoreError> {
        let (mut count, mut read, mut next) = (0, 0, None);
        loop {
            let query = QueryInput::builder()
                .table_name(&self.tables.core)
                .index_name(BY_OPERATOR.name)
                .select(Select::Count)
                .key_condition_expression("g2p = :p")
                .filter_expression("dl > :now")
                .expression_attribute_values(":p", text(feed_partition(kind)))
                .expression_attribute_values(":now", number(now.millis()))
                .scan_index_forward(false)
                .set_exclusive_start_key(next)
                .set_limit(i32::try_from(COUNT_MAX - read).ok());
            let answer = self.database.send(query).await.map_err(unavailable("count tasks"))?;
            count += usize::try_from(answer.count).unwrap_or_default();
            read += usize::try_from(answer.scanned_count).unwrap_or_default();
            next = answer.last_evaluated_key;
            if next.is_none() || read >= COUNT_MAX {
                return Ok(count);
            }
        }
    }
}
