//! A sorted partition of an index, read piece by piece, highest sort key first; and several of them as one list.

use crate::engine::item::{Item, text};
use crate::engine::schema::Index;
use crate::task::listing::Row;
use crate::{Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;

/// Rows of a partition that one request reads at the most: as far as an offset reaches.
pub(super) const READ_MAX: usize = 10_101;

/// A partition of an index, or what of it sorts below a place.
#[derive(Clone)]
pub(super) struct Partition {
    index: &'static Index,
    name: String,
    below: Option<String>,
}

/// A partition, and what was read of it.
pub(super) struct Strand<R> {
    partition: Partition,
    /// Rows that each reading-on adds, if there are so many.
    step: usize,
    /// Those that were wanted.
    pub(super) rows: Vec<R>,
    /// Rows that were read, wanted or not.
    read: usize,
    /// Place of the last of them.
    last: Option<String>,
    next: Option<Item>,
    /// There is nothing more, or nothing more is read.
    pub(super) ended: bool,
}

impl Partition {
    pub(super) fn new(index: &'static Index, name: String) -> Self {
        Self { index, name, below: None }
    }

    pub(super) fn below(self, place: Option<&str>) -> Self {
        Self { below: place.map(str::to_owned), ..self }
    }
}

impl<R: Row> Strand<R> {
    pub(super) fn new(partition: Partition, step: usize) -> Self {
        Self { partition, step, rows: Vec::new(), read: 0, last: None, next: None, ended: false }
    }

    /// What was not read yet may sort above `edge`.
    fn may_pass(&self, edge: Option<&str>) -> bool {
        !self.ended && self.last.as_deref().is_none_or(|last| edge.is_none_or(|edge| last > edge))
    }
}

impl Store {
    /// Reads strands on until the first `reach` rows of all of them together are known. What is read in vain is
    /// at most a step of each.
    pub(super) async fn read_merged<R: Row>(
        &self,
        strands: &mut [Strand<R>],
        reach: usize,
        keep: &impl Fn(&R) -> bool,
    ) -> Result<(), StoreError> {
        loop {
            let edge = edge(strands, reach);
            let short = strands.iter_mut().filter(|strand| strand.may_pass(edge.as_deref()));
            let reads: Vec<_> = short.map(|strand| self.read_on(strand, keep)).collect();
            if reads.is_empty() {
                return Ok(());
            }
            futures::future::try_join_all(reads).await?;
        }
    }

    /// Reads on by a step of rows that `keep` keeps, however many pages of the store that takes.
    pub(super) async fn read_on<R: Row>(
        &self,
        strand: &mut Strand<R>,
        keep: &impl Fn(&R) -> bool,
    ) -> Result<(), StoreError> {
        let wanted = strand.rows.len() + strand.step;
        while !strand.ended && strand.rows.len() < wanted {
            let Partition { index, name, below } = &strand.partition;
            let (p, s) = (format!("{}p", index.stem), format!("{}s", index.stem));
            let condition = match below {
                Some(_) => format!("{p} = :p AND {s} < :s"),
                None => format!("{p} = :p"),
            };
            let query = QueryInput::builder()
                .table_name(&self.tables.core)
                .index_name(index.name)
                .key_condition_expression(condition)
                .expression_attribute_values(":p", text(name))
                .scan_index_forward(false)
                .set_exclusive_start_key(strand.next.take())
                .set_limit(i32::try_from(strand.step.min(READ_MAX - strand.read)).ok());
            let query = match below {
                Some(below) => query.expression_attribute_values(":s", text(below)),
                None => query,
            };
            let answer = self.database.send(query).await.map_err(unavailable("list tasks"))?;
            for item in answer.items.unwrap_or_default() {
                let row = R::of(item)?;
                strand.read += 1;
                strand.last = Some(row.place().to_owned());
                if keep(&row) {
                    strand.rows.push(row);
                }
            }
            strand.next = answer.last_evaluated_key;
            strand.ended = strand.next.is_none() || strand.read >= READ_MAX;
        }
        Ok(())
    }
}

/// Place of the last of the first `reach` rows, once so many were read.
fn edge<R: Row>(strands: &[Strand<R>], reach: usize) -> Option<String> {
    let mut places: Vec<&str> = strands.iter().flat_map(|strand| strand.rows.iter().map(Row::place)).collect();
    places.sort_unstable_by(|a, b| b.cmp(a));
    reach.checked_sub(1).and_then(|at| places.get(at)).map(|place| (*place).to_owned())
}
