//! What the API is, as data: every endpoint with who may call it, what goes in, what comes out and which errors. Not
//! how any of it is done: that is in `functions`.
//!
//! The URL is the folder: `POST /agents/keys` is described in `agents/keys/create.rs`, by its `ENDPOINT`, the `Body`
//! that reads the request, and the `Reply`. Routers, tests, the OpenAPI document and the list of errors are derived
//! from here (docs/CONTRIBUTING.md, "Add an endpoint").

pub mod admin;
pub mod agents;
pub mod endpoint;
pub mod events;
pub mod openapi;
pub mod operator;
pub mod read;
pub mod system;
pub mod tasks;
pub mod webhooks;
pub mod wire;

pub use endpoint::{BASE, Code, Endpoint, Route};

/// Every endpoint, in the order in which the documents show them.
pub fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    [
        agents::ENDPOINTS,
        tasks::ENDPOINTS,
        events::ENDPOINTS,
        operator::ENDPOINTS,
        admin::ENDPOINTS,
        webhooks::ENDPOINTS,
        system::ENDPOINTS,
    ]
    .into_iter()
    .flatten()
}

/// The documents in `docs` that are derived from the description: name and text.
pub fn documents() -> [(&'static str, String); 2] {
    let openapi = serde_json::to_string_pretty(&openapi::document()).expect("a JSON value is JSON");
    [("openapi.json", format!("{openapi}\n")), ("ERRORS.md", endpoint::errors_page())]
}
