//! Loading a task that is the caller's. Somebody else's answers like none at all.

use domain::task::Task;
use domain::{AgentId, TaskId};
use store::Found;
use web::ApiError;

/// The task of the path, if it was found and is the agent's.
pub(crate) fn task(found: &mut Found, id: Option<TaskId>, agent: AgentId) -> Result<Task, ApiError> {
    let task = match id {
        Some(id) => found.task(id)?,
        None => None,
    };
    task.filter(|task| task.agent == agent).ok_or_else(|| ApiError::not_found("Task"))
}
