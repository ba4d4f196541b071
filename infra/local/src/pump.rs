//! What AWS does between the functions: reads the stream for the relay, runs the workers on what it
//! asks for, and sweeps.

use crate::stream::Stream;
use callbacks::Callbacks;
use domain::task::Task;
use futures::StreamExt;
use guardian::Guardian;
use std::time::Duration;
use store::Store;
use store::job::Job;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};

/// How often the stream is read.
const TICK: Duration = Duration::from_millis(100);
/// Ticks between sweeps.
const SWEEP_TICKS: u64 = 10;
/// Attempts at a job, as a queue with a dead-letter queue would make.
const JOB_ATTEMPTS: u32 = 5;
/// Jobs at once.
const JOBS_AT_ONCE: usize = 16;
/// Rounds of reading and sweeping until nothing is left; more would mean that something goes in circles.
const ROUNDS_MAX: usize = 1_000;

/// The workers that jobs go to.
pub struct Workers {
    /// For the relay and the sweeper.
    pub store: Store,
    /// Judges submissions.
    pub guardian: Guardian,
    /// Sends events.
    pub callbacks: Callbacks,
}

/// Drives the pump from outside.
#[derive(Clone, Debug)]
pub struct Handle(mpsc::Sender<oneshot::Sender<()>>);

impl Handle {
    /// Returns when all that has happened was relayed and all that is due was done.
    pub async fn settle(&self) {
        let (done, finished) = oneshot::channel();
        if self.0.send(done).await.is_ok() {
            let _ = finished.await;
        }
    }
}

/// Starts the pump. By itself it works in the background; `by_hand` it works only when asked to settle.
pub(crate) fn start(workers: Workers, stream: Stream, by_hand: bool) -> Handle {
    let (asks, mut asked) = mpsc::channel::<oneshot::Sender<()>>(16);
    let mut pump = Pump { workers, stream };
    tokio::spawn(async move {
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut ticked: u64 = 0;
        loop {
            tokio::select! {
                ask = asked.recv() => match ask {
                    Some(done) => {
                        pump.settle().await;
                        let _ = done.send(());
                    }
                    None => return,
                },
                _ = ticks.tick(), if !by_hand => {
                    pump.relay().await;
                    if ticked.is_multiple_of(SWEEP_TICKS) {
                        pump.sweep().await;
                    }
                    ticked += 1;
                }
            }
        }
    });
    Handle(asks)
}

struct Pump {
    workers: Workers,
    stream: Stream,
}

impl Pump {
    async fn settle(&mut self) {
        for _ in 0..ROUNDS_MAX {
            let relayed = self.relay().await;
            let swept = self.sweep().await;
            if relayed == 0 && swept == 0 {
                return;
            }
        }
        tracing::error!("the pump does not come to rest");
    }

    /// Relays one batch of the stream and does what it asks for. Says how many changes there were.
    async fn relay(&mut self) -> usize {
        let batch = match self.stream.next().await {
            Ok(Some(batch)) => batch,
            Ok(None) => return 0,
            Err(error) => {
                tracing::error!(cause = %error, "the stream could not be read");
                return 0;
            }
        };
        let mut jobs = Vec::new();
        for change in &batch.changes {
            match self.derive(change.before.clone(), change.after.clone()).await {
                Ok(more) => jobs.extend(more),
                // Not advancing means that the whole batch comes again.
                Err(()) => return 0,
            }
        }
        let count = batch.changes.len().max(1);
        self.run(jobs).await;
        if let Err(error) = self.stream.advance(batch) {
            tracing::error!(cause = %error, "the stream's position could not be kept");
        }
        count
    }

    async fn derive(&self, before: Option<Task>, after: Task) -> Result<Vec<Job>, ()> {
        relay::relay(&self.workers.store, before, after)
            .await
            .map_err(|error| tracing::error!(cause = %error, "an event could not be recorded"))
    }

    /// Does one round of what is due. Says how much was found.
    async fn sweep(&mut self) -> usize {
        match sweeper::sweep(&self.workers.store).await {
            Ok(swept) => {
                self.run(swept.jobs).await;
                swept.found
            }
            Err(error) => {
                tracing::error!(cause = %error, "the sweep failed");
                0
            }
        }
    }

    async fn run(&self, jobs: Vec<Job>) {
        futures::stream::iter(jobs).for_each_concurrent(JOBS_AT_ONCE, |job| self.run_one(job)).await;
    }

    async fn run_one(&self, job: Job) {
        for attempt in 1..=JOB_ATTEMPTS {
            let done = match &job {
                Job::Judge(task) => self.workers.guardian.judge(*task).await.map_err(|e| e.to_string()),
                Job::Deliver(delivery) => self.workers.callbacks.deliver(delivery).await.map_err(|e| e.to_string()),
            };
            match done {
                Ok(()) => return,
                Err(cause) if attempt == JOB_ATTEMPTS => tracing::error!(cause, "a job was given up"),
                Err(cause) => tracing::warn!(cause, attempt, "a job is tried again"),
            }
        }
    }
}
