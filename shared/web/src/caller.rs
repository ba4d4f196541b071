//! Callers. A handler names who may call it by its parameter, and gets their identity only by authenticating them:
//! that counts the request, checks the credential and reads what the handler asked for, all in one round trip.

mod admin;
mod agent;
mod anyone;
mod operator;
mod sign_in;

pub use admin::AdminCaller;
pub use agent::{AgentCaller, recognised};
pub use anyone::Anyone;
pub use operator::OperatorCaller;
pub use sign_in::SignIn;

use axum::http::HeaderMap;

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
