//! Encrypted credentials. Kept apart from the task, and read by one route only.

use crate::engine::item::{Item, decode, encode, known, moment};
use crate::{Store, StoreError};
use domain::{ProofId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Prefix of the sort key of a credential.
pub(crate) const CREDENTIAL: &str = "C#";

/// A credential belongs to one submission; only that of the submission that counts is shown.
pub(crate) fn sort_key(proof: ProofId) -> String {
    format!("{CREDENTIAL}{proof}")
}

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
    #[serde(rename = "ct")]
    ciphertext: String,
    iv: String,
    #[serde(rename = "ek")]
    ephemeral_public_key: String,
    #[serde(rename = "ca")]
    created_at: i64,
}

impl Store {
    /// Keeps a credential beside its proof. Only the task's operator gets here.
    pub async fn put_credential(
        &self,
        task: TaskId,
        proof: ProofId,
        credential: &Credential,
    ) -> Result<(), StoreError> {
        let item = encode(&CredentialItem {
            pk: task.to_string(),
            sk: sort_key(proof),
            ciphertext: credential.ciphertext.clone(),
            iv: credential.iv.clone(),
            ephemeral_public_key: credential.ephemeral_public_key.clone(),
            created_at: credential.created_at.millis(),
        });
        self.put_beside(item, "put a credential").await
    }

    /// The credentials that were handed in for a task, by the proof that they came with: usually one.
    pub async fn credentials(&self, task: TaskId) -> Result<BTreeMap<ProofId, Credential>, StoreError> {
        let items = self.beside(task, CREDENTIAL).await?;
        items.into_iter().map(credential_of).collect()
    }
}

fn credential_of(item: Item) -> Result<(ProofId, Credential), StoreError> {
    let c: CredentialItem = decode(item)?;
    let proof = known(c.sk.strip_prefix(CREDENTIAL).and_then(ProofId::parse), "a credential's proof", &c.sk)?;
    let credential = Credential {
        ciphertext: c.ciphertext,
        iv: c.iv,
        ephemeral_public_key: c.ephemeral_public_key,
        created_at: moment(c.created_at),
    };
    Ok((proof, credential))
}
