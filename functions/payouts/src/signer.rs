//! Who signs: a key of ours in memory, or one that never leaves KMS. Not what may be signed: either signs whatever
//! 32 bytes it is given, so its caller is the policy.

mod kms;
mod local;

use alloy::primitives::{Address, B256};
use thiserror::Error;

pub use kms::Kms;
pub use local::Local;

/// A signature as Ethereum takes it: `r`, `s` in the lower half of the order, `v` as 27 or 28.
pub type Signature = [u8; 65];

/// One account of the chain. Two signatures of one digest may differ, and both are valid: what must happen once is
/// told apart by a nonce, never by its signature.
#[derive(Debug)]
pub enum Signer {
    Local(Local),
    Kms(Kms),
}

/// Why what was configured names no key.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum KeyRefusal {
    #[error("a private key is 0x and 64 hexadecimal digits")]
    NotHexadecimal,
    #[error("a private key lies between zero and the order of secp256k1")]
    OutOfRange,
    #[error("a key of KMS is named by its id or ARN: an alias can be pointed at another key")]
    Alias,
    #[error("a key of KMS is named by its id or ARN")]
    NotAKeyId,
}

/// Why there is no signature. Signing changes nothing, so it may always be tried again; where that is of use,
/// `is_lasting` says.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SignError {
    #[error("KMS did not answer in time")]
    TimedOut,
    /// Throttled, failing, or out of reach; the code is AWS's.
    #[error("KMS cannot answer now: {0}")]
    Unavailable(String),
    /// By a code of AWS's. What it says beside that names accounts and roles, and is dropped.
    #[error("KMS refuses: {0}")]
    Refused(String),
    #[error("the key in KMS is not one of secp256k1")]
    OtherCurve,
    #[error("the key in KMS is not there to sign with")]
    OtherUsage,
    /// Neither half of the curve leads from the signature back to the key's address.
    #[error("what KMS answered is no signature by its key")]
    Foreign,
}

impl SignError {
    /// Whether it stays so until somebody changes the key or who may use it.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::TimedOut | Self::Unavailable(_) => false,
            Self::Refused(_) | Self::OtherCurve | Self::OtherUsage | Self::Foreign => true,
        }
    }
}

impl Signer {
    /// The account that the signatures are of.
    ///
    /// # Errors
    /// KMS does not tell, or has a key of another kind.
    pub async fn address(&self) -> Result<Address, SignError> {
        match self {
            Self::Local(key) => Ok(key.address()),
            Self::Kms(key) => key.address().await,
        }
    }

    /// Signs the 32 bytes as they are: they are not hashed again.
    ///
    /// # Errors
    /// KMS does not sign, or not with the key whose address it told.
    pub async fn sign(&self, digest: B256) -> Result<Signature, SignError> {
        match self {
            Self::Local(key) => Ok(key.sign(digest)),
            Self::Kms(key) => key.sign(digest).await,
        }
    }
}
