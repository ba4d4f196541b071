//! `/test/clock`: reads the clock, moves it and does what became due, or sets it back. Embedded system only.

use crate::pump::Handle;
use axum::extract::{FromRef, State};
use contract::Code;
use contract::read::Nothing;
use contract::system::clock::{self, Reply, Step};
use contract::wire::Moment;
use domain::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use web::{Answer, Anyone, ApiError, Gate, Json, Payload, Query, Routes};

/// 2200-01-01T00:00:00Z. Moments of thirteen digits sort as texts.
const LATEST: Timestamp = Timestamp::from_millis(7_258_118_400_000);

/// What the endpoint needs.
#[derive(Clone, Debug)]
pub(crate) struct TestClock {
    pub(crate) gate: Gate,
    pub(crate) pump: Handle,
    /// Where the offset is kept, so that a second start does not go back in time.
    pub(crate) file: Option<PathBuf>,
    pub(crate) advancing: Arc<Mutex<()>>,
}

impl FromRef<TestClock> for Gate {
    fn from_ref(clock: &TestClock) -> Gate {
        clock.gate.clone()
    }
}

pub(crate) fn routes(clock: TestClock) -> Routes {
    let routes = Routes::new().on(clock::SHOW.route, show).on(clock::ADVANCE.route, advance);
    routes.on(clock::RESET.route, reset).with_state(clock)
}

async fn show(State(state): State<TestClock>, caller: Anyone, query: Query) -> Answer<Reply> {
    caller.admit().await?;
    query.read::<Nothing>()?;
    Ok(Json::ok(state.reply()))
}

async fn advance(State(state): State<TestClock>, caller: Anyone, payload: Payload) -> Answer<Reply> {
    caller.admit().await?;
    let Step { seconds } = payload.read()?;

    // What has happened by now is handled at its own time.
    state.pump.settle().await;
    state.advance(seconds)?;
    state.pump.settle().await;
    Ok(Json::ok(state.reply()))
}

/// Earnings that have matured lose their date with the next commit, and a hold that is over lets money go: behind
/// an entry of the journal there is no way back.
async fn reset(State(state): State<TestClock>, caller: Anyone, payload: Payload) -> Answer<Reply> {
    caller.admit().await?;
    payload.read::<Nothing>()?;

    state.pump.settle().await;
    let clock = state.gate.store().clock();
    let system_time = clock.now().plus_seconds(-clock.ahead_s());
    if state.gate.store().audit().await?.last_entry_at.is_some_and(|at| system_time < at) {
        return Err(ApiError::of(Code::ClockInUse));
    }
    state.set_back();
    Ok(Json::ok(state.reply()))
}

impl TestClock {
    fn reply(&self) -> Reply {
        let clock = self.gate.store().clock();
        Reply { now: Moment(clock.now()), ahead_seconds: clock.ahead_s() }
    }

    /// One at a time, so that the offset that is kept is the latest.
    fn advance(&self, seconds: u32) -> Result<(), ApiError> {
        let _one_at_a_time = self.advancing.lock().unwrap_or_else(PoisonError::into_inner);
        let clock = self.gate.store().clock();
        if clock.now().plus_seconds(i64::from(seconds)) > LATEST {
            return Err(ApiError::of(Code::ClockTooFar));
        }
        self.keep(clock.advance(seconds));
        Ok(())
    }

    fn set_back(&self) {
        let _one_at_a_time = self.advancing.lock().unwrap_or_else(PoisonError::into_inner);
        self.gate.store().clock().reset();
        self.keep(0);
    }

    fn keep(&self, ahead_seconds: i64) {
        if let Some(file) = &self.file
            && let Err(error) = replace(file, &ahead_seconds.to_string())
        {
            tracing::error!(cause = %error, "the clock's offset could not be kept");
        }
    }
}

/// Replaces the file at once: a crash halfway must not set the clock back.
fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let fresh = file.with_extension("new");
    std::fs::write(&fresh, text)?;
    std::fs::rename(&fresh, file)
}

/// The offset that was kept, in seconds.
pub(crate) fn kept_offset_s(file: Option<&PathBuf>) -> i64 {
    let text = file.and_then(|file| std::fs::read_to_string(file).ok());
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}
