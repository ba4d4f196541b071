//! `DELETE /agents/keys/{id}`: the key is dead at once.

use crate::Code;
use crate::endpoint::{Caller, Endpoint, PathId, Route};
use domain::KeyId;
use domain::ids::Id;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "revokeApiKey",
    Route::delete("/agents/keys/{id}", Caller::Agent),
    "Permanently revoke an API key",
)
.about("It is dead at once, and cannot be brought back. A key may revoke itself, but not the last one.")
.errors(&[Code::LastKey])
.id(PathId {
    about: "The key's `id` in the list, not the key.",
    pattern: KeyId::PATTERN,
    example: "key_01kh3w5v8g3w2f7d5r6n8p9q0s",
})
.example("", r#"{"revoked": true}"#);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RevokedApiKey")]
pub struct Reply {
    pub revoked: bool,
}
