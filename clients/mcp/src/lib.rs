//! HumanOps for assistants, by the Model Context Protocol: one table of tools, for the server on one's own machine
//! ([`stdio`]) and for the one that the API has at `/mcp` (`functions/mcp`).
//!
//! A tool calls the API as any client does: what an agent may do is decided there.

mod arguments;
#[cfg(feature = "stdio")]
mod keys;
mod limits;
mod refusal;
mod schema;
mod server;
mod session;
#[cfg(feature = "stdio")]
pub mod stdio;
mod stranger;
mod tools;

pub use limits::Limits;
pub use server::Server;
pub use session::{Home, Session};
pub use tools::TOOLS;
