//! What most agents begin with: a task is posted, and waited for.

use crate::types::{CreatedTask, Party, Task, TaskStatus, TaskType, TaskTypeLimits};
use crate::{Client, Draft, Error};
use std::time::Duration;
use tokio::time::Instant;

/// How long to wait, and how often to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// In all; an hour unless said otherwise.
    pub limit: Duration,
    /// Between two looks; 5 seconds unless said otherwise.
    pub every: Duration,
}

impl Default for Wait {
    fn default() -> Self {
        Self { limit: Duration::from_secs(3_600), every: Duration::from_secs(5) }
    }
}

impl Client {
    /// Creates a task, and pays it into escrow.
    ///
    /// # Errors
    /// [`Error`] says which there are; `insufficient_balance` has the shortfall in its details.
    pub async fn post_task(&self, draft: Draft) -> Result<CreatedTask, Error> {
        let Draft { mut task, idempotency_key } = draft;
        if task.proof_requirements.is_empty() {
            task.proof_requirements = self.usual_proof(&task.task_type).await?;
        }
        let request = self.create_task(&task);
        match idempotency_key {
            Some(key) => request.idempotency_key(key).await,
            None => request.await,
        }
    }

    /// What a type asks for as proof where nothing else is said; nothing of a type that there is not.
    ///
    /// # Errors
    /// [`Error`] says which there are.
    pub async fn usual_proof(&self, task_type: &TaskType) -> Result<Vec<String>, Error> {
        let limits = self.list_task_types().await?.data.into_iter().find(|limits| limits.task_type == *task_type);
        Ok(limits.map(|limits| limits.default_proof_requirements).unwrap_or_default())
    }

    /// The types of task that are done anywhere, with their limits.
    ///
    /// # Errors
    /// [`Error`] says which there are.
    pub async fn list_digital_categories(&self) -> Result<Vec<TaskTypeLimits>, Error> {
        let all = self.list_task_types().await?.data;
        Ok(all.into_iter().filter(|limits| limits.task_domain.word() == "DIGITAL").collect())
    }

    /// Waits until a task is completed, cancelled or disputed, or waits for its agent.
    ///
    /// # Errors
    /// [`Error::StillOpen`] after `wait.limit`, and what asking for the task answers.
    pub async fn wait_for_completion(&self, task_id: &str, wait: Wait) -> Result<Task, Error> {
        let begun = Instant::now();
        loop {
            let task = self.get_task(task_id).await?;
            if is_settled(&task) {
                return Ok(task);
            }
            if begun.elapsed() + wait.every > wait.limit {
                let (task_id, status) = (task_id.to_owned(), task.status.word().to_owned());
                return Err(Error::StillOpen { task_id, status, waited: begun.elapsed() });
            }
            tokio::time::sleep(wait.every).await;
        }
    }
}

/// Whether nothing happens before the agent has decided. A task that can be cancelled waits for nobody.
fn is_settled(task: &Task) -> bool {
    let is_for_agent = || task.next_action.as_ref().is_some_and(|next| next.by == Party::Agent);
    match task.status {
        TaskStatus::Completed | TaskStatus::Cancelled | TaskStatus::Disputed => true,
        TaskStatus::Submitted => is_for_agent(),
        TaskStatus::Pending | TaskStatus::Accepted | TaskStatus::InProgress | TaskStatus::Verified => false,
        TaskStatus::Other(_) => false,
    }
}
