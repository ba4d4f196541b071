//! `GET`, `PUT` and `DELETE /operator/push`: the browsers in which the caller is notified, by Web Push (RFC 8030).

use crate::endpoint::{Caller, Code, Endpoint, PathId, Route};
use crate::read::{Fields, Read, checked, degrees, measure, nested, pattern, web_url};
use crate::wire::{Id, Moment, Number};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::PushId;
use domain::geo::Point;
use domain::ids::Id as _;
use domain::limits::NEAR_KM_MAX;
use domain::operator::push::{self, Keys};
use schemars::{JsonSchema, json_schema};
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getPush",
    Route::get("/operator/push", Caller::Operator),
    "Show in which browsers the operator is notified, and how one subscribes",
)
.example(
    "",
    r#"{"public_key": "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
        "browsers": [{"id": "push_01kh3w5v8g3w2f7d5r6n8p9q0s",
            "near": {"lat": 40.71, "lng": -74.0004399, "radius_km": 10}, "until": "2026-04-06T12:00:00.000Z"}]}"#,
);

pub const SUBSCRIBE: Endpoint = Endpoint::new::<Browser>(
    "subscribeToPush",
    Route::put("/operator/push", Caller::Operator),
    "Notify the operator in this browser",
)
.about(
    "The fields are those of the browser's `PushSubscription`. Sent again it is renewed, for 60 days, and says anew whether \
     new tasks are told of: those within `near`, at most one in 15 minutes. Of five browsers the one that was renewed longest \
     ago makes room for a sixth. A message says the event, the task's id and its title, and nothing else.",
)
.body::<Body>()
.errors(&[Code::NotFound, Code::PushUnavailable])
.example(
    r#"{"endpoint": "https://push.example.com/p/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg"}, "near": {"lat": 40.7128, "lng": -74.006, "radius_km": 10}}"#,
    r#"{"id": "push_01kh3w5v8g3w2f7d5r6n8p9q0s", "near": {"lat": 40.71, "lng": -74.0004399, "radius_km": 10},
        "until": "2026-04-06T12:00:00.000Z"}"#,
);

pub const UNSUBSCRIBE: Endpoint = Endpoint::new::<Removed>(
    "unsubscribeFromPush",
    Route::delete("/operator/push/{id}", Caller::Operator),
    "Notify the operator in this browser no longer",
)
.id(PathId { about: "The browser's `id`.", pattern: PushId::PATTERN, example: "push_01kh3w5v8g3w2f7d5r6n8p9q0s" })
.example("", r#"{"removed": true}"#);

pub struct Body {
    pub endpoint: String,
    pub keys: Keys,
    pub near: Option<push::Near>,
}

impl Read for Body {
    const NAME: &'static str = "Subscription";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let about = "Where the browser's push service takes messages: a public https URL.";
        let endpoint = fields.required("endpoint", about, web_url());
        let keys = fields.required("keys", "What messages to the browser are sealed with.", nested::<Keys>());
        let about = "Tell of new tasks around this place too. Only the cell of two kilometres that it is in is kept.";
        let near = fields.optional("near", about, nested::<push::Near>());
        Some(Self { endpoint: endpoint?, keys: keys?, near })
    }
}

impl Read for Keys {
    const NAME: &'static str = "SubscriptionKeys";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let key = checked(
            || json_schema!({ "type": "string", "minLength": 87, "maxLength": 124, "pattern": "^[A-Za-z0-9+/_-]+=*$" }),
            |text| sealed::PublicKey::parse(text).map(|key| key.bytes()).map_err(|refusal| refusal.to_string()),
        );
        let p256dh = fields.required("p256dh", "The browser's public key, base64url of 65 bytes.", key);
        let secret = pattern(
            "must be base64url of 16 bytes",
            || json_schema!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{21}[AQgw](==)?$" }),
            |text| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?.try_into().ok(),
        );
        let auth = fields.required("auth", "The secret that the browser made for this, base64url of 16 bytes.", secret);
        Some(Self { p256dh: p256dh?, auth: auth? })
    }
}

impl Read for push::Near {
    const NAME: &'static str = "SubscriptionArea";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let lat = fields.required("lat", "Degrees north.", degrees(90));
        let lng = fields.required("lng", "Degrees east.", degrees(180));
        let about = "How far away at the most, rounded up to a multiple of five.";
        let radius_km = fields.required("radius_km", about, measure(1..=NEAR_KM_MAX));
        Some(Self::new(Point { lat: lat?, lng: lng? }, radius_km?))
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Push")]
pub struct Reply {
    /// `applicationServerKey` for the browser; null where no notifications are sent.
    pub public_key: Option<String>,
    /// Those that were renewed in the last 60 days.
    pub browsers: Vec<Browser>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SubscribedBrowser")]
pub struct Browser {
    pub id: Id<PushId>,
    /// Where it is told of new tasks; null if it is not.
    pub near: Option<Near>,
    /// Renew it before.
    pub until: Moment,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Near")]
pub struct Near {
    /// The centre of a cell of two kilometres.
    pub lat: Number,
    pub lng: Number,
    pub radius_km: u64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RemovedBrowser")]
pub struct Removed {
    pub removed: bool,
}

impl Browser {
    pub fn of(browser: &push::Browser) -> Self {
        let near =
            |push::Near { centre, radius_km }| Near { lat: Number(centre.lat), lng: Number(centre.lng), radius_km };
        Self { id: Id(browser.id), near: browser.near.map(near), until: Moment(browser.until) }
    }
}
