//! `/test/clock`: the clock of a local system in test mode. No deployment has it.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Nothing, Read, integer};
use crate::wire::Moment;
use schemars::JsonSchema;
use serde::Serialize;

/// Seconds of one step at most: a year.
const STEP_MAX_S: u64 = 366 * 24 * 60 * 60;

pub const SHOW: Endpoint =
    Endpoint::new::<Reply>("getTestClock", Route::get("/test/clock", Caller::Anyone), "Read the test clock")
        .about(ONLY)
        .example("", REPLY);

pub const ADVANCE: Endpoint = Endpoint::new::<Reply>(
    "advanceTestClock",
    Route::post("/test/clock/advance", Caller::Anyone),
    "Move the test clock forward, and do what becomes due",
)
.about(MOVES)
.body::<Step>()
.once()
.errors(&[Code::ClockTooFar, Code::AdminKeyRequired])
.example(r#"{"seconds": 604800}"#, REPLY);

pub const RESET: Endpoint = Endpoint::new::<Reply>(
    "resetTestClock",
    Route::post("/test/clock/reset", Caller::Anyone),
    "Set the test clock back to the system's time",
)
.about("A local system in test mode has this; no deployment does. Where it listens on other than loopback addresses, it takes the admin key. Only while no money has moved at a later time.")
.body::<Nothing>()
.errors(&[Code::ClockInUse, Code::AdminKeyRequired])
.example("{}", r#"{"now": "2026-02-05T12:00:00.000Z", "ahead_seconds": 0}"#);

const ONLY: &str = "A local system in test mode has this; no deployment does.";
const MOVES: &str = "A local system in test mode has this; no deployment does. Where it listens on other than loopback \
    addresses, it takes the admin key. The answer comes when what became due is done; a customer's server that does not \
    answer for three seconds is not waited for, and nothing is for more than fifteen.";
const REPLY: &str = r#"{"now": "2026-02-12T12:00:00.000Z", "ahead_seconds": 604800}"#;

pub struct Step {
    pub seconds: u32,
}

impl Read for Step {
    const NAME: &'static str = "AdvanceTestClock";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let seconds = fields.required("seconds", "By how much.", integer(0..=STEP_MAX_S));
        Some(Self { seconds: seconds.and_then(|seconds| u32::try_from(seconds).ok())? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TestClock")]
pub struct Reply {
    pub now: Moment,
    /// How far the clock is ahead of the system's time.
    pub ahead_seconds: i64,
}
