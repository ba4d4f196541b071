//! What AWS does between the functions: reads the stream for the relay, has done what it asks for, and
//! sweeps. The jobs themselves are done in `lanes`.

mod batches;
mod lanes;

pub(crate) use lanes::Lanes;

use crate::stream::Stream;
use batches::Batches;
use std::time::Duration;
use store::events::job::Job;
use store::{Store, StoreError};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{MissedTickBehavior, interval};

/// How often the stream is read.
const TICK: Duration = Duration::from_millis(100);
/// Ticks between sweeps.
const SWEEP_TICKS: u64 = 10;
/// Rounds of reading and sweeping until nothing is left; more would mean that something goes in circles.
const ROUNDS_MAX: usize = 1_000;

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

pub(crate) struct Pump {
    store: Store,
    stream: Stream,
    lanes: Lanes,
    /// What the stream asked for.
    batches: Batches,
    /// What the sweeper asked for.
    swept: JoinSet<Job>,
    /// The same: what is on its way is not started again beside itself.
    on_their_way: Vec<Job>,
}

impl Pump {
    pub(crate) fn new(store: Store, stream: Stream, lanes: Lanes) -> Self {
        Self { store, stream, lanes, batches: Batches::default(), swept: JoinSet::new(), on_their_way: Vec::new() }
    }

    /// Works in the background from now on; `by_hand` only when asked to settle.
    pub(crate) fn start(mut self, by_hand: bool) -> Handle {
        let (asks, mut asked) = mpsc::channel::<oneshot::Sender<()>>(16);
        tokio::spawn(async move {
            let mut ticks = interval(TICK);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let mut since_sweep: u64 = 0;
            loop {
                tokio::select! {
                    ask = asked.recv() => match ask {
                        Some(done) => {
                            self.settle().await;
                            let _ = done.send(());
                        }
                        None => return,
                    },
                    _ = ticks.tick(), if !by_hand => {
                        since_sweep += 1;
                        if self.tick(since_sweep >= SWEEP_TICKS).await {
                            since_sweep = 0;
                        }
                    }
                }
            }
        });
        Handle(asks)
    }

    async fn settle(&mut self) {
        for _ in 0..ROUNDS_MAX {
            let relayed = self.relay().await;
            let ran = !self.batches.are_done() || !self.swept.is_empty();
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

    /// Says whether it swept.
    async fn tick(&mut self, sweep_is_due: bool) -> bool {
        let relayed = self.relay().await;
        self.reap();
        // After a long pause everything looks late: verdicts that can be had come first.
        let sweeps = sweep_is_due && relayed == 0 && self.lanes.no_verdict_is_due();
        if sweeps {
            self.sweep().await;
        }
        sweeps
    }

    /// Relays one batch of the stream and starts what it asks for. Says how many records there were.
    async fn relay(&mut self) -> usize {
        if self.batches.are_too_many() {
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
            match relay::relay(&self.store, change.before, change.after).await {
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
        let mut running = JoinSet::new();
        for job in jobs {
            let lanes = self.lanes.clone();
            running.spawn(async move { lanes.run(&job).await });
        }
        self.batches.push(running, records.position);
        records.count
    }

    /// Does what is due, and starts what that asks for. Says how much there was.
    async fn sweep(&mut self) -> usize {
        let swept = match sweeper::sweep(&self.store).await {
            Ok(swept) => swept,
            Err(error) => {
                tracing::error!(cause = %error, "the sweep failed");
                return 0;
            }
        };
        for job in swept.jobs {
            if !self.on_their_way.contains(&job) {
                self.on_their_way.push(job.clone());
                let lanes = self.lanes.clone();
                self.swept.spawn(async move {
                    lanes.run(&job).await;
                    job
                });
            }
        }
        swept.handled
    }

    /// Takes note of what has finished by now.
    fn reap(&mut self) {
        self.batches.reap(&mut self.stream);
        while let Some(done) = self.swept.try_join_next() {
            self.arrived(done);
        }
    }

    /// Waits for everything that runs.
    async fn finish(&mut self) {
        self.batches.finish(&mut self.stream).await;
        while let Some(done) = self.swept.join_next().await {
            self.arrived(done);
        }
    }

    /// A job that panicked stays due: the next start brings it back.
    fn arrived(&mut self, done: Result<Job, JoinError>) {
        match done {
            Ok(job) => self.on_their_way.retain(|other| *other != job),
            Err(error) => tracing::error!(cause = %error, "what was due did not end"),
        }
    }
}
