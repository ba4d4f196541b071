//! Money: balances, the journal beside them, deposits, payouts, and the audit of all of it.

pub mod account;
pub mod addresses;
pub mod audit;
pub(crate) mod booking;
pub mod capital;
pub mod deposits;
pub mod journal;
pub mod payouts;
pub(crate) mod ratings;
pub mod reconciliation;
pub mod wallets;
pub mod watched;
