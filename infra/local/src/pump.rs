//! What AWS does between the functions: reads the stream for the relay, has done what it asks for, and
//! sweeps. The jobs themselves are done in `lanes`.

mod batches;
mod lanes;

pub(crate) use lanes::Lanes;

use crate::stream::Stream;
use batches::Batches;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use store::events::job::Job;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

/// How often the stream is read.
const TICK: Duration = Duration::from_millis(100);
/// How often is swept, whatever the stream does.
const SWEEP: Duration = Duration::from_secs(1);
/// What a sweep may take.
const SWEEP_BUDGET: Duration = Duration::from_secs(10);
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
    sweeper: Sweeper,
    /// What the sweeper asked for and nobody has begun.
    due: mpsc::UnboundedReceiver<Vec<Job>>,
    /// What was begun of it.
    swept: JoinSet<bool>,
}

/// Sweeps beside the stream, one sweep at a time.
#[derive(Clone)]
struct Sweeper {
    store: Store,
    due: mpsc::UnboundedSender<Vec<Job>>,
    turn: Arc<Mutex<()>>,
}

impl Sweeper {
    /// Does what is due, and hands over what that asks for. Says how much there was.
    async fn sweep(&self) -> usize {
        let _turn = self.turn.lock().await;
        let carry = |jobs| {
            let due = self.due.clone();
            async move { due.send(jobs) }
        };
        sweeper::sweep(&self.store, SWEEP_BUDGET, carry)
            .await
            .inspect_err(|error| tracing::error!(cause = %error, "the sweep failed"))
            .unwrap_or(0)
    }

    /// By the clock from now on.
    async fn keep_sweeping(self) {
        let mut ticks = interval(SWEEP);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.sweep().await;
        }
    }
}

impl Pump {
    pub(crate) fn new(store: Store, stream: Stream, lanes: Lanes) -> Self {
        let (asks, due) = mpsc::unbounded_channel();
        let sweeper = Sweeper { store: store.clone(), due: asks, turn: Arc::default() };
        Self { store, stream, lanes, batches: Batches::default(), sweeper, due, swept: JoinSet::new() }
    }

    /// Works in the background from now on; `by_hand` only when asked to settle.
    pub(crate) fn start(mut self, by_hand: bool) -> Handle {
        let (asks, mut asked) = mpsc::channel::<oneshot::Sender<()>>(16);
        tokio::spawn(async move {
            let mut sweeping = JoinSet::new();
            if !by_hand {
                sweeping.spawn(self.sweeper.clone().keep_sweeping());
            }
            let mut ticks = interval(TICK);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
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
                        self.relay().await;
                        self.begin();
                        self.reap();
                    }
                }
            }
        });
        Handle(asks)
    }

    async fn settle(&mut self) {
        for _ in 0..ROUNDS_MAX {
            let relayed = self.relay().await;
            self.begin();
            let ran = !self.batches.are_done() || !self.swept.is_empty();
            // What runs may change tasks, and the sweeper need not take a verdict for late meanwhile.
            self.finish().await;
            if relayed > 0 || ran {
                continue;
            }
            if self.sweeper.sweep().await == 0 && self.due.is_empty() {
                return;
            }
        }
        tracing::error!("the pump does not come to rest");
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
                // What lasts must not hold up what comes after it.
                Err(error) if error.is_lasting() => tracing::error!(cause = %error, "a change was passed over"),
                // Not advancing means that the whole batch comes again.
                Err(error) => {
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

    /// Begins what the sweeper has asked for by now.
    fn begin(&mut self) {
        while let Ok(jobs) = self.due.try_recv() {
            for job in jobs {
                let lanes = self.lanes.clone();
                self.swept.spawn(async move { lanes.run(&job).await });
            }
        }
    }

    /// Takes note of what has finished by now. What was due and failed is due again when its lease is over.
    fn reap(&mut self) {
        self.batches.reap(&mut self.stream);
        while self.swept.try_join_next().is_some() {}
    }

    /// Waits for everything that runs.
    async fn finish(&mut self) {
        self.batches.finish(&mut self.stream).await;
        while self.swept.join_next().await.is_some() {}
    }
}
