//! What `cargo xtask openapi` makes of the API's description.

#[rustfmt::skip]
pub mod operations;
#[rustfmt::skip]
pub mod types;
