//! What goes wrong while a function runs. Each run has its own dice, so that the same run meets the same faults, whatever
//! else is left out of a story.

use crate::dice::Dice;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

tokio::task_local! {
    /// The run that a request to the database belongs to. Outside of any nothing goes wrong.
    pub static RUN: Arc<Run>;
}

/// What befalls a request to the database, or the function that sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not done; the table lacks capacity.
    Throttled,
    /// Not done; status 500.
    Failed,
    /// Done; answered with status 500.
    AnswerLost,
    /// A transaction is not done: another one holds an item of it.
    Conflict,
    /// A transaction is not done: another one holds an item, and the condition of a second write failed.
    MixedConflict,
    /// Some keys of a batch come back unread.
    Unprocessed,
    /// An index answers as it was some writes ago.
    IndexLags,
    /// The function is killed before this is done.
    KilledBefore,
    /// The function is killed when this is done.
    KilledAfter,
    /// A caller's request never arrives.
    RequestLost,
    /// A caller never hears the answer.
    ReplyLost,
    /// A caller's request arrives twice at once.
    RequestTwice,
    /// A caller's request arrives much later.
    RequestLate,
    /// A batch of the stream comes again.
    StreamAgain,
    /// A partition of the stream waits while others go on.
    StreamLate,
    /// A message of a queue comes again.
    MessageAgain,
    /// A message could not be sent.
    MessageRefused,
    /// A function's clock is ahead of the others, or behind.
    ClockDiffers,
}

impl Fault {
    pub const ALL: [Self; 18] = [
        Self::Throttled,
        Self::Failed,
        Self::AnswerLost,
        Self::Conflict,
        Self::MixedConflict,
        Self::Unprocessed,
        Self::IndexLags,
        Self::KilledBefore,
        Self::KilledAfter,
        Self::RequestLost,
        Self::ReplyLost,
        Self::RequestTwice,
        Self::RequestLate,
        Self::StreamAgain,
        Self::StreamLate,
        Self::MessageAgain,
        Self::MessageRefused,
        Self::ClockDiffers,
    ];
}

/// How often each fault was met, by all worlds.
#[derive(Debug, Default)]
pub struct Tally([AtomicU64; Fault::ALL.len()]);

impl Tally {
    pub fn note(&self, fault: Fault) {
        let at = Fault::ALL.iter().position(|one| *one == fault);
        if let Some(count) = at.and_then(|at| self.0.get(at)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Those that were never met.
    pub fn unmet(&self) -> Vec<Fault> {
        let met = Fault::ALL.iter().zip(&self.0);
        met.filter(|(_, count)| count.load(Ordering::Relaxed) == 0).map(|(fault, _)| *fault).collect()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (fault, count) in Fault::ALL.iter().zip(&self.0) {
            writeln!(f, "  {:<14} {:>10}", format!("{fault:?}"), count.load(Ordering::Relaxed))?;
        }
        Ok(())
    }
}

/// How much goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    Calm,
    /// One request in twelve.
    Rough,
    /// One in four.
    Storm,
}

impl Weather {
    pub fn roll(dice: &mut Dice) -> Self {
        dice.weighed(&[(55, Self::Calm), (35, Self::Rough), (10, Self::Storm)]).unwrap_or(Self::Calm)
    }

    fn permille(self) -> u32 {
        match self {
            Self::Calm => 0,
            Self::Rough => 83,
            Self::Storm => 250,
        }
    }
}

/// One call of a function.
#[derive(Debug)]
pub struct Run {
    dice: Mutex<Dice>,
    weather: Weather,
    killed: Notify,
    tally: Arc<Tally>,
}

impl Run {
    pub fn new(seed: u64, weather: Weather, tally: &Arc<Tally>) -> Arc<Self> {
        let dice = Mutex::new(Dice::new(seed));
        Arc::new(Self { dice, weather, killed: Notify::new(), tally: Arc::clone(tally) })
    }

    pub fn dice<T>(&self, roll: impl FnOnce(&mut Dice) -> T) -> T {
        roll(&mut self.dice.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What befalls a request: one of `possible`, if anything.
    pub fn fault(&self, possible: &[Fault]) -> Option<Fault> {
        let fault =
            self.dice(|dice| if dice.permille(self.weather.permille()) { dice.pick(possible).copied() } else { None });
        fault.inspect(|fault| self.tally.note(*fault))
    }

    /// Ends the run: who awaits this is never heard of again.
    pub async fn kill(&self) -> ! {
        self.killed.notify_one();
        std::future::pending().await
    }

    /// Runs a function to its end, or until it is killed: then there is no answer.
    pub async fn through<T>(self: Arc<Self>, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            done = RUN.scope(Arc::clone(&self), work) => Some(done),
            () = self.killed.notified() => None,
        }
    }
}
