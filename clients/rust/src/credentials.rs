//! Sealed credentials, profile v1 (docs/CREDENTIALS.md): P-256, HKDF-SHA256, AES-256-GCM.

use crate::types::{EncryptedCredential, SubmittedCredential};
use crate::{Client, Error};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hkdf::Hkdf;
use p256::ecdh::diffie_hellman;
use p256::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use p256::{PublicKey, SecretKey};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// An agent's pair. Who loses the private half loses what was sealed to it; nobody else has it.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyPair {
    /// Base64 of the 65 bytes of the point: `agent_public_key`.
    pub public_key: String,
    /// Base64 of its PKCS#8 DER, as WebCrypto reads and writes it.
    pub private_key: String,
}

/// Why nothing was opened, sealed or made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    #[error("this is no P-256 key in base64")]
    NoKey,
    #[error("this key does not open the credential of this task")]
    NotOpened,
    #[error("the system gives no random numbers")]
    NoRandom,
}

/// Both that it was not there, and that it was not opened.
#[derive(Debug, thiserror::Error)]
pub enum RetrieveError {
    #[error(transparent)]
    Api(#[from] Error),
    #[error(transparent)]
    Credential(#[from] CredentialError),
}

const PROFILE: &str = "humanops/cred/v1";
const ALGORITHM: &str = "ECDH-P256-AES-256-GCM";
const KEY_BYTES: usize = 32;
const IV_BYTES: usize = 12;
/// Of a fingerprint: as many as a person compares.
const FINGERPRINT_BYTES: usize = 8;

impl KeyPair {
    /// # Errors
    /// [`CredentialError::NoRandom`].
    pub fn generate() -> Result<Self, CredentialError> {
        let secret = new_secret()?;
        let der = secret.to_pkcs8_der().map_err(|_| CredentialError::NoKey)?;
        Ok(Self {
            public_key: BASE64_STANDARD.encode(point(&secret.public_key())),
            private_key: BASE64_STANDARD.encode(der.as_bytes()),
        })
    }
}

impl fmt::Debug for KeyPair {
    /// Without the private half.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("public_key", &self.public_key).finish_non_exhaustive()
    }
}

/// What names a public key among others: the first 16 hexadecimal digits of its SHA-256.
///
/// # Errors
/// [`CredentialError::NoKey`].
pub fn fingerprint(public_key: &str) -> Result<String, CredentialError> {
    let key = BASE64_STANDARD.decode(public_key).map_err(|_| CredentialError::NoKey)?;
    Ok(base16ct::lower::encode_string(&Sha256::digest(key)[..FINGERPRINT_BYTES]))
}

/// Opens the envelope of a task. The plaintext is a JSON object by custom, and a text where it is none.
///
/// # Errors
/// The key is none, or opens nothing: another's, another task's, or a changed envelope.
pub fn open(task_id: &str, envelope: &EncryptedCredential, private_key: &str) -> Result<Value, CredentialError> {
    let der = BASE64_STANDARD.decode(private_key).map_err(|_| CredentialError::NoKey)?;
    let mine = SecretKey::from_pkcs8_der(&der).map_err(|_| CredentialError::NoKey)?;
    let [theirs, iv, ciphertext] = [&envelope.ephemeral_public_key, &envelope.iv, &envelope.ciphertext]
        .map(|part| BASE64_STANDARD.decode(part).map_err(|_| CredentialError::NotOpened));
    let (theirs, iv) = (read_point(&theirs?).ok_or(CredentialError::NotOpened)?, iv?);
    let nonce: [u8; IV_BYTES] = iv.try_into().map_err(|_| CredentialError::NotOpened)?;
    let cipher = content_cipher(task_id, &theirs, &mine.public_key(), &mine, &theirs);
    let aad = associated(task_id);
    let opened = cipher.decrypt(&Nonce::from(nonce), Payload { msg: &ciphertext?, aad: aad.as_bytes() });
    let text = String::from_utf8_lossy(&opened.map_err(|_| CredentialError::NotOpened)?).into_owned();
    Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// Seals a credential to an agent's key, as its operator does.
///
/// # Errors
/// The public key is none.
pub fn seal(task_id: &str, agent_public_key: &str, credential: &Value) -> Result<SubmittedCredential, CredentialError> {
    let agent = BASE64_STANDARD.decode(agent_public_key).map_err(|_| CredentialError::NoKey)?;
    let agent = read_point(&agent).ok_or(CredentialError::NoKey)?;
    let mine = new_secret()?;
    let ephemeral = mine.public_key();
    let mut iv = [0; IV_BYTES];
    getrandom::fill(&mut iv).map_err(|_| CredentialError::NoRandom)?;
    let text = credential.as_str().map_or_else(|| credential.to_string(), ToOwned::to_owned);
    let cipher = content_cipher(task_id, &ephemeral, &agent, &mine, &agent);
    let (aad, nonce) = (associated(task_id), Nonce::from(iv));
    let sealed = cipher.encrypt(&nonce, Payload { msg: text.as_bytes(), aad: aad.as_bytes() });
    let sealed = sealed.map_err(|_| CredentialError::NotOpened)?;
    let [sealed, iv, ephemeral] = [&sealed[..], &iv, &point(&ephemeral)].map(|bytes| BASE64_STANDARD.encode(bytes));
    Ok(SubmittedCredential::new(sealed, iv, ephemeral, ALGORITHM))
}

impl Client {
    /// The credential of a task, opened here.
    ///
    /// # Errors
    /// `credential_not_ready` before there is one, and what [`open`] says.
    pub async fn open_credential(&self, task_id: &str, private_key: &str) -> Result<Value, RetrieveError> {
        let envelope = self.retrieve_credential(task_id).await?.encrypted_credential;
        Ok(open(task_id, &envelope, private_key)?)
    }
}

fn new_secret() -> Result<SecretKey, CredentialError> {
    let mut bytes = [0; KEY_BYTES];
    loop {
        getrandom::fill(&mut bytes).map_err(|_| CredentialError::NoRandom)?;
        // Of 2^32 draws less than one is no scalar.
        if let Ok(secret) = SecretKey::from_slice(&bytes) {
            return Ok(secret);
        }
    }
}

/// The 65 bytes of an uncompressed point.
fn point(key: &PublicKey) -> Vec<u8> {
    use p256::elliptic_curve::sec1::ToSec1Point as _;
    key.to_sec1_point(false).as_bytes().to_vec()
}

/// Uncompressed points only: the format has no others.
fn read_point(bytes: &[u8]) -> Option<PublicKey> {
    let is_uncompressed = bytes.len() == 65 && bytes.first() == Some(&0x04);
    is_uncompressed.then(|| PublicKey::from_sec1_bytes(bytes).ok()).flatten()
}

fn associated(task_id: &str) -> String {
    format!("{PROFILE}|{task_id}")
}

fn content_cipher(
    task_id: &str,
    ephemeral: &PublicKey,
    agent: &PublicKey,
    mine: &SecretKey,
    theirs: &PublicKey,
) -> Aes256Gcm {
    let shared = diffie_hellman(mine.to_nonzero_scalar(), theirs.as_affine());
    let mut info = format!("{PROFILE}\0{task_id}\0").into_bytes();
    info.extend(point(ephemeral));
    info.extend(point(agent));
    let mut key = [0; KEY_BYTES];
    let hkdf = Hkdf::<Sha256>::new(None, shared.raw_secret_bytes());
    // 32 bytes are within what SHA-256 gives.
    let _ = hkdf.expand(&info, &mut key);
    Aes256Gcm::new(&key.into())
}

#[cfg(test)]
mod tests;
