//! Transaction hashes in the one form under which they are credited. Not whether they are on chain.

use contract::agents::deposit::usdc;
use domain::{AgentId, Mode, TransactionId};
use sha2::{Digest, Sha256};

/// Hexadecimal digits of a hash.
const DIGITS: usize = 64;
/// Lower-case, with `0x`: however it was written, a transaction has one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TxHash(String);

impl TxHash {
    /// In live mode `0x` and 64 digits. In test mode any visible text after `0x`, so that the reference's own
    /// `0xabc...def` works, for every newcomer anew: see [`TxHash::reference`].
    pub(crate) fn parse(text: &str, mode: Mode) -> Option<Self> {
        let canonical = usdc::canonical(text)?;
        let good = match mode {
            Mode::Live => is_hash(&canonical),
            Mode::Test => true,
        };
        good.then_some(Self(canonical))
    }

    /// What can be credited once: a hash for everybody, a placeholder for each agent.
    pub(crate) fn reference(&self, agent: AgentId) -> String {
        if is_hash(&self.0) { self.0.clone() } else { format!("{}@{agent}", self.0) }
    }

    /// The same for every attempt to claim the transaction.
    pub(crate) fn transaction(&self, agent: AgentId) -> TransactionId {
        let digest = Sha256::new().chain_update(b"base").chain_update(self.reference(agent)).finalize();
        TransactionId::from_digest(digest.into())
    }
}

/// The text that [`TxHash::reference`] was made of. A hash has no `@`.
pub(crate) fn shown(reference: &str) -> String {
    reference.rsplit_once('@').map_or(reference, |(text, _)| text).to_owned()
}

fn is_hash(canonical: &str) -> bool {
    let digits = canonical.strip_prefix("0x").unwrap_or_default();
    digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
