//! The rules of HumanOps: money, statuses, fees, escrow, rulings.
//!
//! Pure: no I/O, no clock, no randomness, no async, no float. Every function takes what it needs
//! and returns a decision; `store` makes decisions true.

#![deny(clippy::float_arithmetic)]

pub mod agent;
pub mod event;
#[cfg(test)]
mod example;
pub mod geo;
pub mod guardian;
pub mod ids;
pub mod ledger;
pub mod limits;
pub mod money;
pub mod moves;
pub mod next_action;
pub mod opening;
pub mod operator;
pub mod pricing;
pub mod status;
pub mod submission;
pub mod task;
pub mod task_type;
pub mod time;
pub mod upload;
mod words;

pub use ids::{
    AgentId, EntryId, EventId, KeyId, OperatorId, PaymentId, PayoutId, ProofId, TaskId, TransactionId, UploadId,
};
pub use money::Usd;
pub use time::Timestamp;
