//! DynamoDB: the one place where state is kept. No rule lives here; `domain` decides, this commits.
//!
//! `engine` has tables, items, reads and commits; beside it a folder for each kind of thing that is kept, with its keys,
//! its stored form and its writes side by side.

pub mod change;
pub mod clock;
pub mod cursor;
pub mod engine;
pub mod events;
pub mod ledger;
pub mod mark;
pub mod people;
pub mod rate;
pub mod task;

pub use clock::Clock;
pub use engine::direct::Database;
pub use engine::once::Once;
pub use engine::read::{Found, Key};
pub use engine::schema;

use aws::in_words;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use schema::Tables;
use std::sync::Arc;
use std::time::Duration;
use task::listing::feed::Counts;

/// Why the store could not answer. Neither is the caller's fault.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// DynamoDB did not answer, or refused for lack of capacity, or a conflict outlasted the retries.
    #[error("{operation} failed: {cause}")]
    Unavailable {
        /// What was tried.
        operation: &'static str,
        /// What the SDK said; for logs only.
        cause: String,
    },
    /// DynamoDB understood what was asked for and will never do it.
    #[error("{operation} was refused: {cause}")]
    Refused {
        /// What was tried.
        operation: &'static str,
        /// What the SDK said; for logs only.
        cause: String,
    },
    /// An item does not have the form in which it was written.
    #[error("corrupt item: {0}")]
    Corrupt(String),
}

impl StoreError {
    /// Whether it will be the same tomorrow. Who may do what, and whether a table is there, is no such thing: that ends
    /// for all items together.
    pub const fn is_lasting(&self) -> bool {
        match self {
            Self::Refused { .. } | Self::Corrupt(_) => true,
            Self::Unavailable { .. } => false,
        }
    }

    /// What DynamoDB said with this code.
    fn said(operation: &'static str, code: Option<&str>, cause: String) -> Self {
        match code {
            Some("ValidationException" | "ValidationError") => Self::Refused { operation, cause },
            Some(_) | None => Self::Unavailable { operation, cause },
        }
    }
}

/// Access to the three tables, and the clock that stamps what is written to them.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    tables: Arc<Tables>,
    clock: Clock,
    feed_counts: Counts,
}

impl Store {
    /// A store in `database`. The tables must exist.
    pub fn new(database: Database, tables: Tables, clock: Clock) -> Self {
        Self { database, tables: Arc::new(tables), clock, feed_counts: Counts::default() }
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Now, by the clock.
    pub fn now(&self) -> domain::Timestamp {
        self.clock.now()
    }
}

/// Eighty random bits for an id.
pub fn random_bits() -> [u8; 10] {
    let mut bits = [0; 10];
    getrandom::fill(&mut bits).expect("the operating system gives random bytes");
    bits
}

/// Gives up after `limit`.
async fn within<T>(limit: Duration, operation: &'static str, work: impl Future<Output = T>) -> Result<T, StoreError> {
    let late = |_| StoreError::Unavailable { operation, cause: format!("no answer in {limit:?}") };
    tokio::time::timeout(limit, work).await.map_err(late)
}

fn unavailable<E, R>(operation: &'static str) -> impl FnOnce(SdkError<E, R>) -> StoreError
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
    R: std::fmt::Debug,
{
    move |error| StoreError::said(operation, error.code(), in_words(&error))
}

/// The answer to a conditional write; `None` when its condition does not hold.
fn if_held<T, E, R>(sent: Result<T, SdkError<E, R>>, operation: &'static str) -> Result<Option<T>, StoreError>
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
    R: std::fmt::Debug,
{
    match sent {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(None),
        Err(error) => Err(unavailable(operation)(error)),
    }
}
