//! What every HTTP function shares: callers, errors as JSON, limits, reading requests, writing money.
//!
//! A function's library builds a `Router` of full paths; [`envelope::wrap`] makes it a service.

pub mod admin_key;
pub mod api_key;
pub mod caller;
pub mod envelope;
pub mod error;
pub mod fields;
pub mod gate;
pub mod idempotency;
pub mod json;
mod limit;
pub mod location;
pub mod next_action;
pub mod paging;

pub use caller::{AdminCaller, AgentCaller, Anyone, OperatorCaller};
pub use error::ApiError;
pub use fields::{Fields, Query};
pub use gate::{Gate, Mode};
pub use json::{Json, Money, Number, Payload};

/// The result of a handler.
pub type Answer<T> = Result<Json<T>, ApiError>;
