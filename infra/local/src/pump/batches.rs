//! The batches of the stream whose jobs run, and how far all of them are done. Starts no job.

use super::stream::{Position, Stream};
use std::collections::VecDeque;
use tokio::task::JoinSet;

/// Batches whose jobs run at once; then the stream waits.
const BATCHES_MAX: usize = 64;

/// In the stream's order.
#[derive(Default)]
pub(crate) struct Batches(VecDeque<Batch>);

struct Batch {
    /// Each says whether it was done.
    jobs: JoinSet<bool>,
    /// Where the stream stands after it.
    position: Position,
    /// A job was given up: the position is not kept, so that the next start does it again.
    failed: bool,
}

impl Batches {
    pub(crate) fn are_too_many(&self) -> bool {
        self.0.len() >= BATCHES_MAX
    }

    pub(crate) fn are_done(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn push(&mut self, jobs: JoinSet<bool>, position: Position) {
        self.0.push_back(Batch { jobs, position, failed: false });
    }

    /// Takes note of what has finished by now, and says how many jobs there were.
    pub(crate) async fn reap(&mut self, stream: &mut Stream) -> usize {
        let mut finished = 0;
        for batch in &mut self.0 {
            while let Some(done) = batch.jobs.try_join_next() {
                batch.failed |= !done.unwrap_or(false);
                finished += 1;
            }
        }
        self.keep(stream).await;
        finished
    }

    /// Keeps the position up to the first batch that is not done.
    async fn keep(&mut self, stream: &mut Stream) {
        while let Some(batch) = self.0.pop_front_if(|batch| batch.jobs.is_empty()) {
            if batch.failed {
                stream.stop_keeping();
            }
            if let Err(error) = stream.keep(&batch.position).await {
                tracing::error!(cause = %error, "the stream's position could not be kept");
            }
        }
    }
}
