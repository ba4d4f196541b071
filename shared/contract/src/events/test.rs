//! `POST /events/test`: something to receive, without a task.

use crate::endpoint::{Caller, Endpoint, Rate, Route};
use crate::read::{Fields, Read, text, web_url};
use crate::tasks::create::SECRET_CHARS;
use crate::wire::{Id, Moment};
use domain::EventId;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "sendTestEvent",
    Route::post("/events/test", Caller::Agent).rated(Rate::Costly),
    "Send a signed `test.ping` to a URL",
)
.about(
    "Once, within a minute or so, signed like a callback where there is a secret. The event is in `GET /events`, with \
     what the URL answered.",
)
.body::<Body>()
.once()
.accepted()
.example(
    r#"{"url": "https://your-app.com/webhook", "secret": "your-random-secret"}"#,
    r#"{"id": "evt_01kh3w5v8g3w2f7d5r6n8p9q0s", "sequence": 8, "next_at": "2026-02-05T12:00:00.000Z"}"#,
);

pub struct Body {
    pub url: String,
    pub secret: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "SendTestEvent";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let url = fields.required("url", "As a `callback_url`.", web_url());
        let secret = fields.optional("secret", "As a `callback_secret`.", text(1..=SECRET_CHARS));
        Some(Self { url: url?, secret })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TestEvent")]
pub struct Reply {
    pub id: Id<EventId>,
    /// Its place in the stream.
    pub sequence: u64,
    pub next_at: Moment,
}
