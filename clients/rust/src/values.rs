//! Values that JSON has no type for.

mod secret;
mod usd;

pub use secret::Secret;
pub use usd::{NotAnAmount, Usd};
