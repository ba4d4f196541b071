//! What the chain shows: heads, payments, balances, and what became of an authorization.

pub(crate) mod account;
pub(crate) mod head;
pub(crate) mod outcome;
pub(crate) mod payment;
pub(crate) mod scan;
