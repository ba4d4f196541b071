//! What agents hold in their hands.

pub(crate) mod mcp;
mod rust;
pub(crate) mod typescript;
