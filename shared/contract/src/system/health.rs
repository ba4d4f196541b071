//! `GET /health`: answers while the process lives.

use crate::endpoint::{Caller, Endpoint, Rate, Route};
use crate::wire::Word;
use domain::Mode;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getHealth",
    Route::get("/health", Caller::Anyone).rated(Rate::Unlimited),
    "Say that it lives",
)
.example("", r#"{"status": "ok", "mode": "test"}"#);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Health")]
pub struct Reply {
    pub status: &'static str,
    pub mode: Word<Mode>,
}
