//! What AWS does between the functions: reads the stream for the relay, has done what it asks for, sweeps, and watches the
//! chain. The jobs themselves are done in `lanes`.

mod batches;
mod lanes;
mod pulse;
mod stream;

pub use lanes::Lanes;
pub use stream::{Position, Records, Stream};

use batches::Batches;
use pulse::Pulse;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use store::change::work_through;
use store::events::job::Job;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use watcher::Watcher;

/// How often the stream is read.
const TICK: Duration = Duration::from_millis(100);
/// How often is swept, whatever the stream does.
const SWEEP: Duration = Duration::from_secs(1);
/// What a sweep may take.
const SWEEP_BUDGET: Duration = Duration::from_secs(10);
/// How long whoever asks waits: others may keep the stream busy for ever, and customers' servers need not answer.
const ASKED: Patience = Patience { all: Duration::from_secs(15), customers: Duration::from_secs(3) };
/// By hand everything is waited for, as far as it has an end.
const BY_HAND: Patience = Patience { all: Duration::from_secs(600), customers: Duration::from_secs(60) };
/// A look at what has come and what has finished, while somebody waits for it.
const ROUND: Duration = Duration::from_millis(5);

/// Drives the pump from outside.
#[derive(Clone, Debug)]
pub struct Handle {
    asks: mpsc::Sender<oneshot::Sender<()>>,
    pulse: Pulse,
}

impl Handle {
    /// Returns when all that has happened was relayed and all that is due was done, as far as it is up to us.
    pub async fn settle(&self) {
        let (done, finished) = oneshot::channel();
        if self.asks.send(done).await.is_ok() {
            let _ = finished.await;
        }
    }

    /// Whether the stream is read and what is due is done.
    ///
    /// # Errors
    /// A sentence: which of the two is not, and for how long.
    pub(crate) fn beats(&self) -> Result<(), String> {
        self.pulse.beats()
    }
}

#[derive(Clone, Copy)]
struct Patience {
    /// Until the answer, whatever is still to be done.
    all: Duration,
    /// While nothing comes and nothing finishes, and no verdict is waited for.
    customers: Duration,
}

/// What came of a look.
#[derive(Default, PartialEq, Eq)]
struct GoneOn {
    /// Records of the stream.
    relayed: usize,
    /// Jobs that were begun, and those that have finished.
    jobs: usize,
}

/// Somebody who waits until all is done.
struct Ask {
    done: oneshot::Sender<()>,
    since: Instant,
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
    asks: Vec<Ask>,
    /// When something last came or finished.
    moved_at: Instant,
    patience: Patience,
    pulse: Pulse,
}

/// Sweeps beside the stream, one sweep at a time.
#[derive(Clone)]
struct Sweeper {
    store: Store,
    watcher: Watcher,
    due: mpsc::UnboundedSender<Vec<Job>>,
    turn: Arc<Mutex<()>>,
    pulse: Pulse,
}

impl Sweeper {
    /// Does what is due, and hands over what that asks for. Says how much there was.
    async fn sweep(&self) -> usize {
        let _turn = self.turn.lock().await;
        let carry = |jobs| {
            let due = self.due.clone();
            async move { due.send(jobs) }
        };
        let watched = match self.watcher.look().await {
            Ok(booked) => booked,
            Err(trouble) => {
                tracing::error!(cause = %trouble, "not everything was watched");
                0
            }
        };
        match sweeper::sweep(&self.store, SWEEP_BUDGET, carry).await {
            Ok(handled) => {
                self.pulse.swept();
                handled + watched
            }
            Err(error) => {
                tracing::error!(cause = %error, "the sweep failed");
                0
            }
        }
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
    pub(crate) fn new(watcher: Watcher, stream: Stream, lanes: Lanes) -> Self {
        let store = watcher.store.clone();
        let (asked, due) = mpsc::unbounded_channel();
        let pulse = Pulse::default();
        let sweeper = Sweeper { store: store.clone(), watcher, due: asked, turn: Arc::default(), pulse: pulse.clone() };
        let (batches, swept, asks, moved_at) = (Batches::default(), JoinSet::new(), Vec::new(), Instant::now());
        Self { store, stream, lanes, batches, sweeper, due, swept, asks, moved_at, patience: ASKED, pulse }
    }

    /// Works in the background from now on; `by_hand` only while somebody waits for it.
    pub(crate) fn start(mut self, by_hand: bool) -> Handle {
        let (asks, mut asked) = mpsc::channel::<oneshot::Sender<()>>(16);
        let handle = Handle { asks, pulse: self.pulse.clone() };
        if by_hand {
            self.patience = BY_HAND;
        }
        tokio::spawn(async move {
            let mut sweeping = JoinSet::new();
            if !by_hand {
                sweeping.spawn(self.sweeper.clone().keep_sweeping());
                sweeping.spawn(self.stream.engine().clone().keep_expiring());
            }
            let (mut ticks, mut rounds) = (interval(TICK), interval(ROUND));
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    ask = asked.recv() => match ask {
                        Some(done) => self.asks.push(Ask { done, since: Instant::now() }),
                        None => return,
                    },
                    _ = rounds.tick(), if !self.asks.is_empty() => self.round().await,
                    _ = ticks.tick(), if !by_hand && self.asks.is_empty() => {
                        if self.go_on().await.relayed >= stream::BATCH {
                            ticks.reset_immediately();
                        }
                    }
                }
            }
        });
        handle
    }

    /// Takes on what has come, notes what has finished, and lets go those who have waited for it, or long enough.
    async fn round(&mut self) {
        // What finished after the stream was read may have left something there.
        let idle = self.go_on().await == GoneOn::default();
        let mut at_rest = idle && self.lanes.judging() == 0 && self.is_still();
        if at_rest {
            at_rest = self.sweeper.sweep().await == 0 && self.due.is_empty();
        }
        let waits = |ask: &Ask| !at_rest && ask.since.elapsed() < self.patience.all;
        for ask in self.asks.extract_if(.., |ask| !waits(ask)) {
            let _ = ask.done.send(());
        }
    }

    /// Nothing runs, or nothing but what waits for customers' servers.
    fn is_still(&self) -> bool {
        let runs = !self.batches.are_done() || !self.swept.is_empty();
        !runs || self.moved_at.elapsed() >= self.patience.customers
    }

    /// Relays a batch, begins what is asked for, and notes what has finished.
    async fn go_on(&mut self) -> GoneOn {
        let relayed = self.relay().await;
        let gone_on = GoneOn { relayed, jobs: self.begin() + self.reap().await };
        if gone_on != GoneOn::default() {
            self.moved_at = Instant::now();
        }
        gone_on
    }

    /// Relays one batch of the stream and starts what it asks for. Says how many records there were.
    async fn relay(&mut self) -> usize {
        if self.batches.are_too_many() {
            return 0;
        }
        let read = self.stream.next().await;
        if read.is_ok() {
            self.pulse.read();
        }
        let records = match read {
            Ok(Some(records)) => records,
            Ok(None) => return 0,
            Err(error) => {
                tracing::error!(cause = %error, "the stream could not be read");
                return 0;
            }
        };
        let (more, mut asked) = mpsc::unbounded_channel();
        let relay = async |(), change| {
            match relay::relay(&self.store, change).await {
                Ok(jobs) => drop(more.send(jobs)),
                // What lasts must not hold up what comes after it.
                Err(error) if error.is_lasting() => tracing::error!(cause = %error, "a change was passed over"),
                Err(error) => return Err(error),
            }
            Ok(())
        };
        let changes = records.changes.into_iter().map(|change| ((), change)).collect();
        // Not advancing means that the whole batch comes again.
        if let Some(error) = work_through(changes, relay).await.first() {
            tracing::error!(cause = %error, "an event could not be recorded");
            return 0;
        }
        self.stream.advance(&records.position);
        let mut running = JoinSet::new();
        while let Ok(jobs) = asked.try_recv() {
            for job in jobs {
                running.spawn(self.lanes.clone().run(job));
            }
        }
        self.batches.push(running, records.position);
        records.count
    }

    /// Begins what the sweeper has asked for by now. Says how many jobs there were.
    fn begin(&mut self) -> usize {
        let mut begun = 0;
        while let Ok(jobs) = self.due.try_recv() {
            begun += jobs.len();
            for job in jobs {
                self.swept.spawn(self.lanes.clone().run(job));
            }
        }
        begun
    }

    /// Takes note of what has finished by now. What was due and failed is due again when its lease is over. Says how
    /// many jobs there were.
    async fn reap(&mut self) -> usize {
        let mut finished = self.batches.reap(&mut self.stream).await;
        while self.swept.try_join_next().is_some() {
            finished += 1;
        }
        finished
    }
}
