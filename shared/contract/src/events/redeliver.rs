//! `POST /events/{id}/redeliver`: an event is sent once more.

use crate::endpoint::{Caller, Code, Endpoint, PathId, Route};
use crate::read::Nothing;
use crate::wire::{Id, Moment};
use domain::EventId;
use domain::ids::Id as _;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "redeliverEvent",
    Route::post("/events/{id}/redeliver", Caller::Agent),
    "Send an event to its callback once more",
)
.about(
    "Within a minute or so, with the same bytes and id, whether it has arrived before or was given up. `GET /events` shows \
     the attempt. Asking twice at once sends it once.",
)
.id(PathId {
    about: "The event's `id`, as in `webhook-id`.",
    pattern: EventId::PATTERN,
    example: "evt_01kh3w5v8g3w2f7d5r6n8p9q0s",
})
.body::<Nothing>().once()
.accepted()
.errors(&[Code::NoCallback, Code::EndpointDisabled])
.example(
    "{}",
    r#"{"id": "evt_01kh3w5v8g3w2f7d5r6n8p9q0s", "attempt": 2, "next_at": "2026-02-05T12:00:00.000Z"}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Redelivery")]
pub struct Reply {
    pub id: Id<EventId>,
    /// Which attempt it will be.
    pub attempt: u32,
    pub next_at: Moment,
}
