//! `/agents/keys`: the API keys of an agent.

pub mod create;
pub mod list;
pub mod revoke;
