//! `POST /test/clock/advance`: moves the clock and does what became due. Embedded system only.

use crate::pump::Handle;
use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use domain::Timestamp;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use web::fields::Fields;
use web::{Answer, Anyone, ApiError, Gate, Json, Payload};

/// Seconds of one step at most: a year.
const STEP_MAX_S: u32 = 366 * 24 * 60 * 60;

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

#[derive(Serialize)]
pub(crate) struct Reply {
    now: String,
    ahead_seconds: i64,
}

pub(crate) fn router(clock: TestClock) -> Router {
    Router::new().route("/api/v1/test/clock/advance", post(handle)).with_state(clock)
}

async fn handle(State(state): State<TestClock>, caller: Anyone, payload: Payload) -> Answer<Reply> {
    caller.enter().await?;
    let mut fields = Fields::parse(&payload.0)?;
    let seconds = fields.integer("seconds", 0..=u64::from(STEP_MAX_S));
    fields.finish()?;

    // What has happened by now is handled at its own time.
    state.pump.settle().await;
    let clock = state.gate.store().clock();
    let ahead_seconds = state.advance(u32::try_from(seconds).unwrap_or(STEP_MAX_S))?;
    state.pump.settle().await;
    Ok(Json::ok(Reply { now: clock.now().to_string(), ahead_seconds }))
}

impl TestClock {
    /// One at a time, so that the offset that is kept is the latest.
    fn advance(&self, seconds: u32) -> Result<i64, ApiError> {
        let _one_at_a_time = self.advancing.lock().unwrap_or_else(PoisonError::into_inner);
        let clock = self.gate.store().clock();
        if clock.now().plus_seconds(i64::from(seconds)) > LATEST {
            return Err(ApiError::bad_request("clock_too_far", "The clock does not go beyond the year 2200."));
        }
        let ahead_seconds = clock.advance(seconds);
        if let Some(file) = &self.file
            && let Err(error) = keep(file, ahead_seconds)
        {
            tracing::error!(cause = %error, "the clock's offset could not be kept");
        }
        Ok(ahead_seconds)
    }
}

/// Replaces the file at once: a crash halfway must not set the clock back.
fn keep(file: &Path, ahead_seconds: i64) -> std::io::Result<()> {
    let fresh = file.with_extension("new");
    std::fs::write(&fresh, ahead_seconds.to_string())?;
    std::fs::rename(&fresh, file)
}

/// The offset that was kept, in seconds.
pub(crate) fn kept_offset_s(file: Option<&PathBuf>) -> i64 {
    let text = file.and_then(|file| std::fs::read_to_string(file).ok());
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}
