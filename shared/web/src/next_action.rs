//! `next_action`, which every answer about a task carries.

use domain::Timestamp;
use domain::task::Task;
use serde::Serialize;

/// Who moves next, until when, and what happens if they do not.
#[derive(Debug, Serialize)]
pub struct NextAction {
    by: &'static str,
    action: &'static str,
    due_at: String,
    on_due: &'static str,
}

impl NextAction {
    /// Of a task at `now`; none once its money is where it stays.
    pub fn of(task: &Task, now: Timestamp) -> Option<Self> {
        let next = task.next_action(now)?;
        let due_at = next.due_at.to_string();
        Some(Self { by: next.by.word(), action: next.action, due_at, on_due: next.on_due })
    }
}
