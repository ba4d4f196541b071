//! Money in and out by banks and cards: dLocal takes payments, Payoneer makes payouts. Not a ledger and not a policy of
//! retries: what an answer means for a balance, and when to ask again, is decided by who asked.

mod amount;
pub mod dlocal;
mod mac;
pub mod payoneer;
mod wire;

pub use wire::Unanswered;
