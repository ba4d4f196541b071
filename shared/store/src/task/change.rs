//! A task before and after a commit, as the table's stream tells it.

use crate::StoreError;
use crate::engine::item::Item;
use crate::task::state::{STATE, task_of};
use domain::task::Task;

/// Two consecutive versions of a task.
#[derive(Clone, Debug)]
pub struct TaskChange {
    /// Absent for a new task.
    pub before: Option<Task>,
    /// The version that was committed.
    pub after: Task,
}

/// The change of a task's state item. Other items, and items that went, are no changes of a task.
///
/// # Errors
/// An image does not have the form in which it was written.
pub fn change_of(old: Option<Item>, new: Option<Item>) -> Result<Option<TaskChange>, StoreError> {
    let is_state = |item: &Item| item.get("sk").and_then(|sk| sk.as_s().ok()).is_some_and(|sk| sk == STATE);
    let Some(new) = new.filter(is_state) else {
        return Ok(None);
    };
    Ok(Some(TaskChange { before: old.map(task_of).transpose()?, after: task_of(new)? }))
}
