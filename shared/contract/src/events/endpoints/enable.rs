//! `POST /events/endpoints/enable`: callbacks are tried again.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::read::{Fields, Read, pattern};
use schemars::{JsonSchema, json_schema};
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

/// Characters: a scheme, a host's name and a port have fewer.
const ENDPOINT_CHARS: usize = 300;

pub struct Body {
    pub endpoint: String,
}

impl Read for Body {
    const NAME: &'static str = "EnableEndpoint";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let endpoint = pattern(
            "must be an endpoint as `GET /events/endpoints` has it",
            || json_schema!({ "type": "string", "pattern": format!("^[!-~]{{1,{ENDPOINT_CHARS}}}$") }),
            |text| {
                let fits = (1..=ENDPOINT_CHARS).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_graphic());
                fits.then(|| text.to_owned())
            },
        );
        Some(Self { endpoint: fields.required("endpoint", "The origin of URLs, or a task.", endpoint)? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EnabledEndpoint")]
pub struct Reply {
    pub endpoint: String,
    pub enabled: bool,
}
