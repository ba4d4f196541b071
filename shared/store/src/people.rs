//! Agents with their API keys, and operators. Their balances are in `ledger`.

mod agents;
pub mod api_keys;
mod operators;
