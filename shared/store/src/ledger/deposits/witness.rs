//! Who can say what a transaction of a chain has for an agent. Some functions have a chain to look at; the rest leave it
//! to the watcher, who looks at every block.

use crate::{Once, Store, StoreError};
use domain::money::deposit::Deposit;
use domain::{AgentId, Usd};
use futures::future::{BoxFuture, FutureExt as _, ready};
use std::fmt;

/// What an agent says of a transaction.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub agent: AgentId,
    /// The agent's own address: `0x` and 40 lower-case digits.
    pub address: String,
    /// `0x` and 64 lower-case digits.
    pub tx_hash: String,
    pub amount: Usd,
}

/// What is known of it.
#[derive(Debug)]
pub enum Seen {
    Booked(Box<Once<Deposit>>),
    /// It is not there yet, or not final enough: it is booked without being claimed again.
    Waits,
    /// It has nothing for the agent.
    Nothing,
    /// It has something for the agent, but not as much, or more.
    OtherAmount(Usd),
}

pub trait Witness: fmt::Debug + Send + Sync {
    /// Looks at a transaction, and books it if it is what the agent says.
    fn look<'a>(&'a self, store: &'a Store, claimed: Claimed) -> BoxFuture<'a, Result<Seen, StoreError>>;
}

/// Has no chain, and leaves it to the watcher.
#[derive(Clone, Copy, Debug)]
pub struct Later;

impl Witness for Later {
    fn look<'a>(&'a self, _: &'a Store, _: Claimed) -> BoxFuture<'a, Result<Seen, StoreError>> {
        ready(Ok(Seen::Waits)).boxed()
    }
}
