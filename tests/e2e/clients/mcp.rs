//! The MCP server: by the clients that others have written, and by an assistant of our own that counts every byte.

pub(crate) mod assistant;
mod clients;
mod credentials;
mod hostile;
mod http;
mod job;
mod local;
mod stdio;
