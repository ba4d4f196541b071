//! What a function is told by its environment: a file for each group of functions. Whatever is missing or
//! malformed stops the start by its name, and nothing secret has a default.

pub(crate) mod allowed;
pub(crate) mod api;
pub(crate) mod deployment;
pub(crate) mod proof_bucket;

#[cfg(test)]
mod tests;
