//! A chain of one's own, for tests and for `cargo run -- --chain`: the node anvil, a double of USDC on it, and what one
//! can do to both. Not the client of the product: that is `chain`, which knows nothing of this.

pub mod accounts;
mod actions;
mod contracts;
mod doubles;
mod process;
mod rpc;
mod token;

pub use doubles::{Batcher, FakeToken, SanctionsOracle};
pub use process::{Anvil, Options, StartError, binary};
pub use rpc::{Error, Rpc};
pub use token::Token;

#[cfg(test)]
mod tests;
