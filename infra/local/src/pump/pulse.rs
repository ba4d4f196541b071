//! Whether the pump works: when it last read the stream, and when it last swept.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Many times longer than any of the two takes.
const SILENCE_MAX: Duration = Duration::from_secs(30);

#[derive(Clone, Debug)]
pub(crate) struct Pulse(Arc<Mutex<Beats>>);

#[derive(Debug)]
struct Beats {
    read_at: Instant,
    swept_at: Instant,
}

impl Default for Pulse {
    fn default() -> Self {
        let now = Instant::now();
        Self(Arc::new(Mutex::new(Beats { read_at: now, swept_at: now })))
    }
}

impl Pulse {
    pub(super) fn read(&self) {
        self.note(|beats| beats.read_at = Instant::now());
    }

    pub(super) fn swept(&self) {
        self.note(|beats| beats.swept_at = Instant::now());
    }

    pub(super) fn beats(&self) -> Result<(), String> {
        let beats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (what, at) in [("the stream was not read", beats.read_at), ("nothing was swept", beats.swept_at)] {
            if at.elapsed() > SILENCE_MAX {
                return Err(format!("{what} for {} s", at.elapsed().as_secs()));
            }
        }
        Ok(())
    }

    fn note(&self, note: impl FnOnce(&mut Beats)) {
        note(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
