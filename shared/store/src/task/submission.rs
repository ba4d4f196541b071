//! A submission: proof and credential beside the task, then the move of the task that points to them.

use crate::engine::item::text;
use crate::task::credentials::{self, Credential};
use crate::task::photos::{Claim, claim_item};
use crate::task::{AdvanceError, Beside};
use crate::{Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use domain::moves::{Advance, Refusal};
use domain::submission::Proof;
use domain::task::Task;
use domain::{OperatorId, ProofId, TaskId};

/// What an operator hands in.
#[derive(Clone, Debug)]
pub struct Submission {
    pub operator: OperatorId,
    pub proof: Proof,
    /// What makes each photo the photo that it is.
    pub identities: Vec<[u8; 32]>,
    pub credential: Option<Credential>,
}

impl Store {
    /// Moves a task on by `decide`, to what was submitted. Proof and credential are put first, so that whoever sees the
    /// move finds them, and are taken back when the move is refused. Each photo that nobody has handed in before is
    /// claimed in the same transaction: until then nobody else sees it, so that nobody else can be first. Doing it again
    /// is harmless.
    pub async fn submit(
        &self,
        task: Task,
        submission: &Submission,
        decide: impl Fn(&Task) -> Result<Advance, Refusal>,
    ) -> Result<Task, AdvanceError> {
        let (id, proof) = (task.id, submission.proof.id);
        self.put_submission(id, submission).await.map_err(AdvanceError::Store)?;
        let claim = Claim { task: id, operator: submission.operator.clone() };
        let claims = submission.identities.iter().map(|identity| claim_item(identity, &claim)).collect();
        let moved = self.advance_with(task, Beside { claims, remark: None }, decide).await;
        if let Err(AdvanceError::Refused(_)) = &moved {
            self.drop_submission(id, proof).await.map_err(AdvanceError::Store)?;
        }
        moved
    }

    async fn put_submission(&self, task: TaskId, submission: &Submission) -> Result<(), StoreError> {
        if let Some(credential) = &submission.credential {
            self.put_credential(task, submission.proof.id, credential).await?;
        }
        self.put_proof(task, &submission.proof).await
    }

    async fn drop_submission(&self, task: TaskId, proof: ProofId) -> Result<(), StoreError> {
        for sort in [proof.to_string(), credentials::sort_key(proof)] {
            let delete = DeleteItemInput::builder().table_name(&self.tables.core);
            let delete = delete.key("pk", text(task)).key("sk", text(sort));
            self.database.send(delete).await.map_err(unavailable("drop a submission"))?;
        }
        Ok(())
    }
}
