//! `GET /agents/keys`: all active keys, newest first. Never a key itself.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::{Id, Moment};
use domain::KeyId;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("listApiKeys", Route::get("/agents/keys", Caller::Agent), "List active API keys").example(
        "",
        r#"{"data": [{"id": "key_01kh3w5v8g3w2f7d5r6n8p9q0s", "keyPrefix": "ho_test_EXAMPLE..", "name": "default",
            "lastUsed": "2026-02-05T10:00:00.000Z", "createdAt": "2026-02-04T08:00:00.000Z"}]}"#,
    );

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ApiKeys")]
pub struct Reply {
    pub data: Vec<ApiKey>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    pub id: Id<KeyId>,
    /// The beginning of the key, to recognise it by.
    pub key_prefix: String,
    pub name: String,
    /// Noted at most every ten minutes.
    pub last_used: Option<Moment>,
    pub created_at: Moment,
}
