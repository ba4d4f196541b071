//! What lies beside a task's state and is too long for it: each in an item of its own.

pub mod brief;
pub mod callback;
pub mod credentials;
pub mod proofs;
pub mod said;

use crate::{Key, Store, StoreError};
use domain::guardian::Verdict;
use domain::submission::Proof;
use domain::task::{Brief, Said, Task};

/// What whoever looks into a task gets to see beside its state. Not its callback.
#[derive(Debug, Default)]
pub struct Papers {
    pub brief: Brief,
    /// The proof that was submitted last.
    pub proof: Option<Proof>,
    /// The Guardian's result on it in full.
    pub verdict: Option<Verdict>,
    pub said: Said,
}

impl Store {
    /// What lies beside a task, in one round trip.
    pub async fn papers(&self, task: &Task) -> Result<Papers, StoreError> {
        let of_proof = task.proof.map(|proof| [Key::proof(task.id, proof), Key::verdict(task.id, proof)]);
        let keys = of_proof.into_iter().flatten().chain([Key::brief(task.id)]).chain(said::keys(task));
        let mut found = self.read(keys).await?;
        let (mut proof, mut verdict) = (None, None);
        if let Some(id) = task.proof {
            (proof, verdict) = (found.proof(task.id, id)?, found.verdict(task.id, id)?);
        }
        Ok(Papers { brief: found.brief(task.id)?, proof, verdict, said: found.said(task)? })
    }
}
