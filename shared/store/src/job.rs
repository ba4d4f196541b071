//! What is to be done because of a commit. Messages carry ids only: whoever does the work reads the
//! state, so a repeated or late message does no harm.

use crate::deliveries::Delivery;
use domain::TaskId;

/// A message for a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// For the Guardian: look at this task's submission.
    Judge(TaskId),
    /// For the callbacks: send this event.
    Deliver(Delivery),
}
