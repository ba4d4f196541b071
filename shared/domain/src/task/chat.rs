//! What agent and operator write to each other about a task, and until when.

use crate::ids::{MessageId, OperatorId, TaskId};
use crate::status::Status;
use crate::task::{Side, Task};
use crate::time::Timestamp;

/// A message. It is of the operator who had the task then: whoever has it next does not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub task: TaskId,
    pub operator: OperatorId,
    pub sender: Side,
    pub body: String,
    pub at: Timestamp,
}

impl Task {
    /// Whether its two sides can write to each other at `now`: from the acceptance until the hold or the dispute is over.
    pub fn is_chat_open(&self, now: Timestamp) -> bool {
        match self.status {
            Status::Accepted | Status::InProgress | Status::Submitted | Status::Verified | Status::Disputed => true,
            Status::Completed => self.hold_until.is_some_and(|until| now < until),
            Status::Pending | Status::Cancelled => false,
        }
    }
}
