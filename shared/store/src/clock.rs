//! The clock. Real time in production; test mode may move it forward, tests may stop it.

use domain::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Shared by everything in a process.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Where the clock stands still, in milliseconds since the epoch; `None` runs with the system.
    frozen: Option<Arc<AtomicI64>>,
    offset_ms: Arc<AtomicI64>,
}

impl Clock {
    /// The system's time, `offset_s` seconds ahead.
    pub fn system(offset_s: i64) -> Self {
        Self { frozen: None, offset_ms: Arc::new(AtomicI64::new(offset_s.saturating_mul(1_000))) }
    }

    /// A clock that stands at `moment` until it is advanced, or time passes outside too.
    pub fn frozen(moment: Timestamp) -> Self {
        Self { frozen: Some(Arc::new(AtomicI64::new(moment.millis()))), offset_ms: Arc::default() }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.unmoved().millis().saturating_add(self.offset_ms.load(Ordering::SeqCst)))
    }

    /// Now, as everybody outside has it: not moved forward. What others compare with their own clocks is stamped by it.
    pub fn unmoved(&self) -> Timestamp {
        Timestamp::from_millis(match &self.frozen {
            Some(moment) => moment.load(Ordering::SeqCst),
            None => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            }
        })
    }

    /// Whole seconds that the clock is ahead of the system's time, or of where it stood.
    pub fn ahead_s(&self) -> i64 {
        self.offset_ms.load(Ordering::SeqCst) / 1_000
    }

    /// Moves the clock forward and says how many seconds it is ahead now.
    pub fn advance(&self, seconds: u32) -> i64 {
        let by = i64::from(seconds) * 1_000;
        (self.offset_ms.fetch_add(by, Ordering::SeqCst) + by) / 1_000
    }

    /// Lets so much time pass outside too, for a clock that stands; the system's passes by itself.
    pub fn wait(&self, seconds: u32) {
        if let Some(moment) = &self.frozen {
            moment.fetch_add(i64::from(seconds) * 1_000, Ordering::SeqCst);
        }
    }

    /// Back to the system's time, or to where it stood.
    pub fn reset(&self) {
        self.offset_ms.store(0, Ordering::SeqCst);
    }
}
