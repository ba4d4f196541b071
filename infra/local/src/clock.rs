//! `POST /test/clock/advance`: moves the clock and does what became due. Embedded system only.

use crate::pump::Handle;
use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use serde::Serialize;
use std::path::{Path, PathBuf};
use web::fields::Fields;
use web::{Answer, Anyone, Gate, Json, Payload};

/// Seconds of one step at most: a year.
const STEP_MAX_S: u32 = 366 * 24 * 60 * 60;

/// What the endpoint needs.
#[derive(Clone, Debug)]
pub(crate) struct TestClock {
    pub(crate) gate: Gate,
    pub(crate) pump: Handle,
    /// Where the offset is kept, so that a second start does not go back in time.
    pub(crate) file: Option<PathBuf>,
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

    let clock = state.gate.store().clock();
    let ahead_seconds = clock.advance(u32::try_from(seconds).unwrap_or(STEP_MAX_S));
    if let Some(file) = &state.file
        && let Err(error) = keep(file, ahead_seconds)
    {
        tracing::error!(cause = %error, "the clock's offset could not be kept");
    }
    state.pump.settle().await;
    Ok(Json::ok(Reply { now: clock.now().to_string(), ahead_seconds }))
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
