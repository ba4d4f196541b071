//! `GET /events/endpoints`: where callbacks do not arrive.

pub mod enable;

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::Moment;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "listEndpoints",
    Route::get("/events/endpoints", Caller::Agent),
    "List where callbacks do not arrive",
)
.about(
    "An endpoint is the origin of your URLs (scheme, host, port). Where nothing arrived for five days it is disabled: \
     nobody tries any more. A task whose URL answered 410 is disabled at once, by itself. What works is not listed; a \
     hundred are at most.",
)
.example(
    "",
    r#"{"data": [{"endpoint": "https://your-app.com", "failing_since": "2026-02-05T12:00:00.000Z",
        "disabled_at": "2026-02-10T12:00:00.000Z", "reason": "failing"}]}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Endpoints")]
pub struct Reply {
    pub data: Vec<Line>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FailingEndpoint")]
pub struct Line {
    /// An origin, or the id of a task whose URL is gone.
    pub endpoint: String,
    /// Nothing has arrived since.
    pub failing_since: Moment,
    /// Null while it is still tried.
    pub disabled_at: Option<Moment>,
    /// `failing` for five days, or `gone`: 410. Null while it is still tried.
    pub reason: Option<&'static str>,
}
