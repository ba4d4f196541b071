//! What every HTTP function shares: callers, errors as JSON, limits, requests and answers. What the endpoints are is
//! in `contract`.
//!
//! A function's library builds [`Routes`]; [`envelope::wrap`] makes a service of them.

mod answer;
mod caller;
pub mod envelope;
mod error;
pub mod gate;
mod idempotency;
pub mod keys;
mod limit;
pub mod paging;
pub mod people {
    //! What both sides of a task do alike.
    pub mod chat;
    pub mod rating;
}
mod request;
mod routes;

pub use answer::Json;
pub use caller::{AdminCaller, AgentCaller, Anyone, OperatorCaller, SignIn, recognised};
pub use envelope::origins::Origins;
pub use error::ApiError;
pub use gate::Gate;
pub use idempotency::{IdempotencyKey, fingerprint};
pub use request::{PathId, PathText, Payload, Query, TaskPath, finish};
pub use routes::Routes;

/// The result of a handler.
pub type Answer<T> = Result<Json<T>, ApiError>;
