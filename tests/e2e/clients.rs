//! What agents hold in their hands, and what is shown by the clients of others.

pub(crate) mod mcp;
mod models;
mod rust;
pub(crate) mod typescript;
pub(crate) mod web;
