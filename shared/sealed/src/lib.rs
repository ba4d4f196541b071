//! End-to-end encrypted credentials: checks of public keys and envelopes. Never opens one: there is
//! no private key, no key agreement and no cipher in this crate or its dependencies' features.

mod encoding;
mod envelope;
mod key;

pub use envelope::{ALGORITHM, Envelope};
pub use key::{KeyRefusal, PublicKey};
