//! `/test/clock`: reads the clock, moves it and does what became due, or sets it back. Embedded system only.

use crate::engine::{Engine, Failure, Kept};
use crate::pump::Handle;
use axum::extract::{FromRef, State};
use contract::Code;
use contract::read::Nothing;
use contract::system::clock::{self, Reply, Step};
use contract::wire::Moment;
use domain::time::DAY_S;
use std::sync::Arc;
use tokio::sync::Mutex;
use web::{Answer, Anyone, ApiError, Gate, Json, Payload, Query, Routes};

/// Seconds that the clock is ahead at most: ten years, longer than anything is due. Moments of thirteen digits sort as texts.
const AHEAD_MAX_S: i64 = 10 * 366 * DAY_S;

/// What the endpoint needs.
#[derive(Clone, Debug)]
pub(crate) struct TestClock {
    pub(crate) gate: Gate,
    pub(crate) pump: Handle,
    /// Where the offset is kept, so that a second start does not go back in time.
    pub(crate) engine: Engine,
    /// Others than this machine's processes reach it: the admin alone may move it.
    pub(crate) from_afar: bool,
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
    state.admit(caller).await?;
    let Step { seconds } = payload.read()?;

    // What has happened by now is handled at its own time.
    state.pump.settle().await;
    state.advance(seconds).await?;
    state.pump.settle().await;
    Ok(Json::ok(state.reply()))
}

/// Earnings that have matured lose their date with the next commit, and a hold that is over lets money go: behind
/// an entry of the journal there is no way back.
async fn reset(State(state): State<TestClock>, caller: Anyone, payload: Payload) -> Answer<Reply> {
    state.admit(caller).await?;
    payload.read::<Nothing>()?;

    state.pump.settle().await;
    let clock = state.gate.store().clock();
    let system_time = clock.now().plus_seconds(-clock.ahead_s());
    if state.gate.store().audit().await?.last_entry_at.is_some_and(|at| system_time < at) {
        return Err(ApiError::of(Code::ClockInUse));
    }
    state.set_back().await?;
    Ok(Json::ok(state.reply()))
}

impl TestClock {
    async fn admit(&self, caller: Anyone) -> Result<(), ApiError> {
        if self.from_afar { caller.authenticate_admin().await } else { caller.admit().await }
    }

    fn reply(&self) -> Reply {
        let clock = self.gate.store().clock();
        Reply { now: Moment(clock.now()), ahead_seconds: clock.ahead_s() }
    }

    /// One at a time, so that the offset that is kept is the latest. It is kept first: a clock that goes back at the next
    /// start would contradict what was written meanwhile.
    async fn advance(&self, seconds: u32) -> Result<(), ApiError> {
        let _one_at_a_time = self.advancing.lock().await;
        let clock = self.gate.store().clock();
        let ahead_s = clock.ahead_s() + i64::from(seconds);
        if ahead_s > AHEAD_MAX_S {
            return Err(ApiError::of(Code::ClockTooFar));
        }
        self.keep(ahead_s).await?;
        clock.advance(seconds);
        Ok(())
    }

    async fn set_back(&self) -> Result<(), ApiError> {
        let _one_at_a_time = self.advancing.lock().await;
        self.keep(0).await?;
        self.gate.store().clock().reset();
        Ok(())
    }

    async fn keep(&self, ahead_s: i64) -> Result<(), ApiError> {
        self.engine
            .keep(Kept::ClockAhead, &ahead_s.to_string())
            .await
            .map_err(|error| ApiError::internal(format!("the clock's offset could not be kept: {error}")))
    }
}

/// Seconds that the clock of an earlier process was ahead.
pub(crate) async fn kept_ahead_s(engine: &Engine) -> Result<i64, Failure> {
    Ok(engine.kept(Kept::ClockAhead).await?.map_or(Ok(0), |text| text.parse())?)
}
