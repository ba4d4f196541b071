//! `POST /events/endpoints/enable`: callbacks are tried again.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::read::{Fields, Read, line};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "enableEndpoint",
    Route::post("/events/endpoints/enable", Caller::Agent),
    "Have callbacks to an endpoint tried again",
)
.about(
    "From the next event on. What was not sent meanwhile is in `GET /events`; `POST /events/{id}/redeliver` sends it. \
     Safe to repeat, also for an endpoint that was never disabled.",
)
.body::<Body>()
.example(r#"{"endpoint": "https://your-app.com"}"#, r#"{"endpoint": "https://your-app.com", "enabled": true}"#);

/// A URL has no more characters.
const ENDPOINT_CHARS: usize = 2_048;

pub struct Body {
    pub endpoint: String,
}

impl Read for Body {
    const NAME: &'static str = "EnableEndpoint";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let about = "`endpoint` as `GET /events/endpoints` has it.";
        Some(Self { endpoint: fields.required("endpoint", about, line(1..=ENDPOINT_CHARS))? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EnabledEndpoint")]
pub struct Reply {
    pub endpoint: String,
    pub enabled: bool,
}
