//! What AWS does between the functions: reads the stream for the relay, runs the workers on what it
//! asks for, and sweeps.

use crate::stream::{Position, Stream};
use callbacks::Callbacks;
use domain::EventId;
use guardian::Guardian;
use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use store::job::Job;
use store::{Store, StoreError};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{MissedTickBehavior, interval};

/// How often the stream is read.
const TICK: Duration = Duration::from_millis(100);
/// Ticks between sweeps.
const SWEEP_TICKS: u64 = 10;
/// Attempts at a job.
const JOB_ATTEMPTS: u32 = 5;
/// Pause after the first failed attempt; each later one is longer by the same.
const JOB_PAUSE: Duration = Duration::from_millis(50);
/// Submissions that are judged at once.
const JUDGING_MAX: usize = 8;
/// Callbacks that are sent at once.
const DELIVERING_MAX: usize = 32;
/// Batches whose jobs run at once; then the stream waits.
const BATCHES_MAX: usize = 64;
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
    let mut pump = Pump::new(workers, stream);
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
                    let relayed = pump.relay().await;
                    pump.reap();
                    ticked += 1;
                    // After a long pause everything looks late: verdicts that can be had come first.
                    if ticked >= SWEEP_TICKS && relayed == 0 && pump.lanes.no_verdict_is_due() {
                        pump.sweep().await;
                        ticked = 0;
                    }
                }
            }
        }
    });
    Handle(asks)
}

struct Pump {
    workers: Arc<Workers>,
    stream: Stream,
    /// Jobs of the stream's batches, in the stream's order.
    batches: VecDeque<Batch>,
    /// Callbacks that the sweeper brought back. One that is on its way is not sent beside itself.
    retries: JoinSet<EventId>,
    retrying: HashSet<EventId>,
    lanes: Lanes,
}

/// A batch of the stream whose jobs run.
struct Batch {
    jobs: JoinSet<bool>,
    /// Where the stream stands after it.
    position: Position,
    /// A job was given up: the position is not kept, so that the next start does it again.
    failed: bool,
}

/// How many jobs of a kind run at once. A customer's slow server delays nobody's verdict.
#[derive(Clone)]
struct Lanes {
    judging: Arc<Semaphore>,
    delivering: Arc<Semaphore>,
}

impl Lanes {
    fn no_verdict_is_due(&self) -> bool {
        self.judging.available_permits() == JUDGING_MAX
    }
}

impl Pump {
    fn new(workers: Workers, stream: Stream) -> Self {
        Self {
            workers: Arc::new(workers),
            stream,
            batches: VecDeque::new(),
            retries: JoinSet::new(),
            retrying: HashSet::new(),
            lanes: Lanes {
                judging: Arc::new(Semaphore::new(JUDGING_MAX)),
                delivering: Arc::new(Semaphore::new(DELIVERING_MAX)),
            },
        }
    }

    async fn settle(&mut self) {
        for _ in 0..ROUNDS_MAX {
            let relayed = self.relay().await;
            let ran = !self.batches.is_empty() || !self.retries.is_empty();
            // What runs may change tasks, and the sweeper must not take a verdict for late meanwhile.
            self.finish().await;
            if relayed > 0 || ran {
                continue;
            }
            if self.sweep().await == 0 {
                return;
            }
        }
        tracing::error!("the pump does not come to rest");
    }

    /// Relays one batch of the stream and starts what it asks for. Says how many records there were.
    async fn relay(&mut self) -> usize {
        if self.batches.len() >= BATCHES_MAX {
            return 0;
        }
        let records = match self.stream.next().await {
            Ok(Some(records)) => records,
            Ok(None) => return 0,
            Err(error) => {
                tracing::error!(cause = %error, "the stream could not be read");
                return 0;
            }
        };
        let mut jobs = Vec::new();
        for change in records.changes {
            match relay::relay(&self.workers.store, change.before, change.after).await {
                Ok(more) => jobs.extend(more),
                // What can't be read now never can: it must not hold up what comes after it.
                Err(error @ StoreError::Corrupt(_)) => tracing::error!(cause = %error, "a change was passed over"),
                // Not advancing means that the whole batch comes again.
                Err(error @ StoreError::Unavailable { .. }) => {
                    tracing::error!(cause = %error, "an event could not be recorded");
                    return 0;
                }
            }
        }
        self.stream.advance(&records.position);
        let mut batch = Batch { jobs: JoinSet::new(), position: records.position, failed: false };
        for job in jobs {
            batch.jobs.spawn(run(self.workers.clone(), self.lanes.clone(), job));
        }
        self.batches.push_back(batch);
        records.count
    }

    /// Does what is due, and starts the callbacks that are. Says how much there was.
    async fn sweep(&mut self) -> usize {
        let swept = match sweeper::sweep(&self.workers.store).await {
            Ok(swept) => swept,
            Err(error) => {
                tracing::error!(cause = %error, "the sweep failed");
                return 0;
            }
        };
        for job in swept.jobs {
            let Job::Deliver(delivery) = &job else { continue };
            let event = delivery.event;
            if self.retrying.insert(event) {
                let running = run(self.workers.clone(), self.lanes.clone(), job);
                self.retries.spawn(async move {
                    running.await;
                    event
                });
            }
        }
        swept.handled
    }

    /// Takes note of what has finished by now.
    fn reap(&mut self) {
        for batch in &mut self.batches {
            while let Some(done) = batch.jobs.try_join_next() {
                batch.failed |= !done.unwrap_or(false);
            }
        }
        while let Some(done) = self.retries.try_join_next() {
            self.retried(done);
        }
        self.keep();
    }

    /// Waits for everything that runs.
    async fn finish(&mut self) {
        for batch in &mut self.batches {
            while let Some(done) = batch.jobs.join_next().await {
                batch.failed |= !done.unwrap_or(false);
            }
        }
        while let Some(done) = self.retries.join_next().await {
            self.retried(done);
        }
        self.keep();
    }

    /// A retry that panicked stays planned: the next start brings it back.
    fn retried(&mut self, done: Result<EventId, JoinError>) {
        match done {
            Ok(event) => {
                self.retrying.remove(&event);
            }
            Err(error) => tracing::error!(cause = %error, "a callback's retry did not end"),
        }
    }

    /// Keeps the position up to the first batch that is not done.
    fn keep(&mut self) {
        while self.batches.front().is_some_and(|batch| batch.jobs.is_empty()) {
            let Some(batch) = self.batches.pop_front() else { return };
            if batch.failed {
                self.stream.stop_keeping();
            }
            if let Err(error) = self.stream.keep(&batch.position) {
                tracing::error!(cause = %error, "the stream's position could not be kept");
            }
        }
    }
}

/// Does a job, in its lane. `false` when it was given up.
async fn run(workers: Arc<Workers>, lanes: Lanes, job: Job) -> bool {
    let lane = match &job {
        Job::Judge(_) => lanes.judging,
        Job::Deliver(_) => lanes.delivering,
    };
    let _place = lane.acquire().await;
    for attempt in 1..=JOB_ATTEMPTS {
        let done = match &job {
            Job::Judge(task) => workers.guardian.judge(*task).await.map_err(|e| e.to_string()),
            Job::Deliver(delivery) => workers.callbacks.deliver(delivery).await.map_err(|e| e.to_string()),
        };
        match done {
            Ok(()) => return true,
            Err(cause) => tracing::warn!(cause, attempt, "a job failed"),
        }
        tokio::time::sleep(JOB_PAUSE * attempt).await;
    }
    tracing::error!(job = ?job, "a job was given up; the next start does it again");
    false
}
