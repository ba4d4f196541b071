//! What is given to the chain: an authorization's bytes, a try, a transaction that somebody else has signed.

pub(crate) mod authorization;
pub(crate) mod relay;
pub(crate) mod simulation;
