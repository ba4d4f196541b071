//! The rules of HumanOps: money, statuses, fees, escrow, rulings.
//!
//! Pure: no I/O, no clock, no randomness, no async, no float. Every function takes what it needs
//! and returns a decision; `store` makes decisions true.

#![deny(clippy::float_arithmetic)]

pub mod agent;
#[cfg(test)]
mod example;
pub mod geo;
pub mod ids;
pub mod limits;
pub mod mode;
pub mod money;
pub mod operator;
pub mod task;
pub mod time;
pub mod words;

pub use ids::{
    AgentId, EntryId, EventId, KeyId, MessageId, OperatorId, PaymentId, PayoutId, ProofId, PushId, StaffName, TaskId,
    TransactionId, UploadId,
};
pub use mode::Mode;
pub use money::{Usd, ledger, pricing};
pub use task::{chat, decision, event, guardian, moves, next_action, opening, status, submission, task_type, upload};
pub use time::Timestamp;
