//! Both back ends against a server that plays their models.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and clippy sees no test in a function beside it")]

mod access;
mod answers;
mod asking;
mod failures;
mod questions;
