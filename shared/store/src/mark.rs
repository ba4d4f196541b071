//! The mark of a deployment's tables: whose money is in them, and how it is stored. The first start puts it there,
//! and every later one that does not fit ends before it has read anything else.

use crate::engine::item::{Item, decode, encode, known};
use crate::engine::read::Table;
use crate::{Key, Store, StoreError};
use domain::Mode;
use serde::{Deserialize, Serialize};

/// Which form of what is stored this code reads; to be raised by whoever changes it so that the form before cannot be
/// read. 2: what is due lies in other partitions than before. 3: a verdict belongs to its proof, accounts count ratings, and
/// the feed knows whose a task is. 4: events are numbered, and secrets of callbacks are sealed. 5: deposits and
/// payouts have steps, and accounts what is suspended, owed and on its way.
pub const LAYOUT: u32 = 6;

/// Why nothing may run on these tables.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// Test money must not turn up in live books, nor the other way round.
    #[error(
        "these tables were made in {marked} mode, not {mode}: start it in {marked} mode, or with tables of its own"
    )]
    Mode {
        /// The mode of the tables.
        marked: Mode,
        /// The mode that was asked for.
        mode: Mode,
    },
    #[error("these tables have layout {0}, not {LAYOUT}: start the version that made them, or this with its own")]
    Layout(u32),
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    pk: String,
    sk: String,
    #[serde(rename = "md")]
    mode: String,
    #[serde(rename = "ly")]
    layout: u32,
}

/// The partition in `core`, the only one that some functions may write to.
pub const PARTITION: &str = "deployment";
const MARK: &str = "mark";

impl Store {
    /// Sees that the tables are of this mode and layout; marks them if they are new.
    pub async fn claim(&self, mode: Mode) -> Result<(), Unfit> {
        let key = Key::new(Table::Core, PARTITION, MARK);
        let found = match self.read([key.clone()]).await?.take(&key, Ok)? {
            Some(found) => Some(found),
            None => self.put_new(&self.tables.core, mark(mode), "mark the tables").await?,
        };
        found.map_or(Ok(()), |found| compare(found, mode))
    }
}

fn mark(mode: Mode) -> Item {
    encode(&Mark { pk: PARTITION.to_owned(), sk: MARK.to_owned(), mode: mode.to_string(), layout: LAYOUT })
}

fn compare(found: Item, mode: Mode) -> Result<(), Unfit> {
    let Mark { mode: word, layout, .. } = decode(found)?;
    let marked = known(Mode::parse(&word), "a mode", &word)?;
    if marked != mode {
        return Err(Unfit::Mode { marked, mode });
    }
    if layout != LAYOUT {
        return Err(Unfit::Layout(layout));
    }
    Ok(())
}
