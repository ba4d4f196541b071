//! Does jobs, each kind in a lane of its own, so that a customer's slow server delays nobody's verdict. Does
//! not know where they come from.

use callbacks::Callbacks;
use guardian::Guardian;
use std::sync::Arc;
use std::time::Duration;
use store::events::job::Job;
use tokio::sync::Semaphore;

/// Submissions that are judged at once.
const JUDGING_MAX: usize = 8;
/// Callbacks that are sent at once.
const DELIVERING_MAX: usize = 32;
/// Attempts at a job.
const ATTEMPTS: u32 = 5;
/// Pause after the first failed attempt; each later one is longer by the same.
const PAUSE: Duration = Duration::from_millis(50);

/// The workers, and how many jobs each may have at once.
#[derive(Clone)]
pub(crate) struct Lanes(Arc<Workers>);

struct Workers {
    guardian: Guardian,
    judging: Semaphore,
    callbacks: Callbacks,
    delivering: Semaphore,
}

impl Lanes {
    pub(crate) fn new(guardian: Guardian, callbacks: Callbacks) -> Self {
        Self(Arc::new(Workers {
            guardian,
            judging: Semaphore::new(JUDGING_MAX),
            callbacks,
            delivering: Semaphore::new(DELIVERING_MAX),
        }))
    }

    pub(crate) fn no_verdict_is_due(&self) -> bool {
        self.0.judging.available_permits() == JUDGING_MAX
    }

    /// Does a job when its lane has room. `false` when it was given up.
    pub(crate) async fn run(self, job: &Job) -> bool {
        let _room = self.lane(job).acquire().await;
        for attempt in 1..=ATTEMPTS {
            match self.attempt(job).await {
                Ok(()) => return true,
                Err(cause) => tracing::warn!(cause, attempt, "a job failed"),
            }
            tokio::time::sleep(PAUSE * attempt).await;
        }
        tracing::error!(?job, "a job was given up; the next start does it again");
        false
    }

    fn lane(&self, job: &Job) -> &Semaphore {
        match job {
            Job::Judge(_) => &self.0.judging,
            Job::Deliver(_) => &self.0.delivering,
        }
    }

    async fn attempt(&self, job: &Job) -> Result<(), String> {
        match job {
            Job::Judge(task) => self.0.guardian.judge(*task).await.map_err(|error| error.to_string()),
            Job::Deliver(delivery) => self.0.callbacks.deliver(delivery).await.map_err(|error| error.to_string()),
        }
    }
}
