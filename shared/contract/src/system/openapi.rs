//! `GET /openapi.json`: this description, as OpenAPI 3.1.

use crate::endpoint::{Caller, Endpoint, Rate, Route};

pub const ENDPOINT: Endpoint = Endpoint::new::<serde_json::Map<String, serde_json::Value>>(
    "getOpenApi",
    Route::get("/openapi.json", Caller::Anyone).rated(Rate::Unlimited),
    "Get the API's description as OpenAPI 3.1",
)
.example("", r#"{"openapi": "3.1.0"}"#);
