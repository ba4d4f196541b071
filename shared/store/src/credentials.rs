//! Encrypted credentials. Kept apart from the task, and read by one route only.

use crate::item::{Item, decode, encode, moment};
use crate::read::Table;
use crate::{Found, Key, Store, StoreError};
use domain::{TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Sort key of the credential.
pub(crate) const CREDENTIAL: &str = "C";

/// A sealed envelope. Nothing in this system can open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Base64.
    pub ciphertext: String,
    /// Base64 of 12 bytes.
    pub iv: String,
    /// Base64 of a P-256 point.
    pub ephemeral_public_key: String,
    /// When it was delivered.
    pub created_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct CredentialItem {
    pk: String,
    sk: String,
    ct: String,
    iv: String,
    ek: String,
    ca: i64,
}

impl Key {
    /// The credential delivered for a task.
    pub fn credential(id: TaskId) -> Self {
        Self::new(Table::Core, id, CREDENTIAL)
    }
}

impl Found {
    /// A task's credential, if it was asked for and exists.
    pub fn credential(&mut self, id: TaskId) -> Result<Option<Credential>, StoreError> {
        self.take(&Key::credential(id), credential_of)
    }
}

impl Store {
    /// Keeps a credential beside its task. Only the task's operator gets here, and only before the
    /// submission that makes it readable.
    pub async fn put_credential(&self, task: TaskId, credential: &Credential) -> Result<(), StoreError> {
        let item = encode(&CredentialItem {
            pk: task.to_string(),
            sk: CREDENTIAL.to_owned(),
            ct: credential.ciphertext.clone(),
            iv: credential.iv.clone(),
            ek: credential.ephemeral_public_key.clone(),
            ca: credential.created_at.millis(),
        });
        self.put_beside(item, "put a credential").await
    }
}

fn credential_of(item: Item) -> Result<Credential, StoreError> {
    let c: CredentialItem = decode(item)?;
    Ok(Credential { ciphertext: c.ct, iv: c.iv, ephemeral_public_key: c.ek, created_at: moment(c.ca) })
}
