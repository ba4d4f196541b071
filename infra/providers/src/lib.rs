//! Small servers on the loopback that play dLocal and Payoneer in tests: they check what they are sent in earnest, and
//! have the providers' quirks. They share no line with the clients, so that a mistake in one is seen by the other. What
//! a card or a bank would do is told to them.

pub mod dlocal;
mod fault;
pub mod payoneer;
mod sign;
mod stage;

pub use fault::Fault;
pub use stage::{Seen, Server};
