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

/// The files that are derived from the description: their path in the repository, and their text.
pub fn files() -> Vec<(String, String)> {
    let document = openapi::document();
    let json = serde_json::to_string_pretty(&document).expect("a JSON value is JSON");
    let documents = [("openapi.json", format!("{json}\n")), ("ERRORS.md", endpoint::errors_page())];
    let documents = documents.map(|(name, text)| (format!("docs/{name}"), text));
    let client =
        openapi::rust::client(&document).map(|(name, text)| (format!("clients/rust/src/generated/{name}"), text));
    documents.into_iter().chain(client).collect()
}
