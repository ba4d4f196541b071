//! Money: balances, the journal beside them, deposits, payouts, and the audit of all of it.

pub mod account;
pub mod audit;
pub(crate) mod booking;
pub mod deposits;
pub mod journal;
pub mod payouts;
pub(crate) mod ratings;
