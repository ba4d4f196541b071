//! Transaction hashes in the one form under which they are credited. Not whether they are on chain.

use contract::agents::deposit::usdc::{self, PLACEHOLDER};
use domain::{AgentId, Mode, TransactionId};
use sha2::{Digest, Sha256};

/// Lower-case, with `0x`: however it was written, a transaction has one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TxHash(String);

impl TxHash {
    /// `0x` and 64 digits; in test mode also the reference's own placeholder, for every newcomer anew: see
    /// [`TxHash::reference`].
    pub(crate) fn parse(text: &str, mode: Mode) -> Option<Self> {
        let canonical = usdc::canonical(text)?;
        let good = match mode {
            Mode::Live => canonical != PLACEHOLDER,
            Mode::Test => true,
        };
        good.then_some(Self(canonical))
    }

    /// Lower-case, with `0x`.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What can be credited once: a hash for everybody, a placeholder for each agent.
    pub(crate) fn reference(&self, agent: AgentId) -> String {
        if self.0 == PLACEHOLDER { format!("{PLACEHOLDER}@{agent}") } else { self.0.clone() }
    }

    /// The same for every attempt to claim the transaction.
    pub(crate) fn transaction(&self, agent: AgentId) -> TransactionId {
        let digest = Sha256::new().chain_update(b"base").chain_update(self.reference(agent)).finalize();
        TransactionId::from_digest(digest.into())
    }
}

/// The text that [`TxHash::reference`] was made of, or the hash in the reference of a deposit on a chain. A hash has
/// neither `@` nor `:`.
pub(crate) fn shown(reference: &str) -> String {
    let text = reference.rsplit_once('@').map_or(reference, |(text, _)| text);
    text.split(':').nth(1).unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests;
