//! Deposit addresses, derived from the public half of an account (BIP-32): what is sent to them can be spent with its
//! private half alone, which is on no server.

use coins_bip32::primitives::XKeyInfo;
use coins_bip32::xkeys::{Parent as _, XPub};
use k256::ecdsa::VerifyingKey;
use sha3::{Digest as _, Keccak256};
use std::str::FromStr as _;

/// `m/44'/60'/account'`.
const ACCOUNT_DEPTH: u8 = 3;

/// Where addresses come from.
#[derive(Clone)]
pub struct DepositKeys {
    account: XPub,
    /// 0 is that of addresses that are shown to others (BIP-44).
    branch: u32,
}

/// Why no addresses can be derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeysRefusal {
    #[error("the deposit key must be the xpub of an account, m/44'/60'/n'")]
    NoAccount,
    /// Whoever puts a key of their own in its place gets every deposit.
    #[error("the deposit key does not have the pinned fingerprint")]
    OtherFingerprint,
}

impl DepositKeys {
    /// `xpub` must have the fingerprint that the deployment pins: 8 lower-case digits.
    pub fn parse(xpub: &str, pinned: &str) -> Result<Self, KeysRefusal> {
        let key = XPub::from_str(xpub.trim()).map_err(|_| KeysRefusal::NoAccount)?;
        if AsRef::<XKeyInfo>::as_ref(&key).depth != ACCOUNT_DEPTH {
            return Err(KeysRefusal::NoAccount);
        }
        if base16ct::lower::encode_string(&key.fingerprint().0) != pinned {
            return Err(KeysRefusal::OtherFingerprint);
        }
        Ok(Self { account: key, branch: 0 })
    }

    /// Other addresses of the same account. For who begins anew on a chain that remembers.
    #[must_use]
    pub fn on_branch(self, branch: u32) -> Self {
        Self { branch, ..self }
    }

    /// The address at `branch/index`, as `0x` and 40 lower-case digits. `None` for an index that has none: there is one in 2^127 of them, and those of
    /// 2^31 and up need the private half.
    pub fn address(&self, index: u32) -> Option<String> {
        let child = self.account.derive_child(self.branch).and_then(|branch| branch.derive_child(index)).ok()?;
        let key: &VerifyingKey = child.as_ref();
        let point = key.to_sec1_point(false);
        // Without the tag that says that both coordinates follow.
        let hash = Keccak256::digest(point.as_bytes().get(1..)?);
        Some(format!("0x{}", base16ct::lower::encode_string(hash.get(12..)?)))
    }
}

/// Without the key: whoever has it and one private key of an address has the private half.
impl std::fmt::Debug for DepositKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DepositKeys")
    }
}

#[cfg(test)]
mod tests;
