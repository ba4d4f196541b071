//! Keys of the four indexes. A task is in an index only while its keys are on its state item.

use crate::engine::schema::DUE_SHARDS;
use domain::next_action::{Due, DueKind};
use domain::status::Status;
use domain::task::Task;
use domain::task_type::TaskType;
use domain::{AgentId, OperatorId, PayoutId, TaskId, Timestamp};

/// The index keys of a task as it stands.
pub(super) fn keys(task: &Task) -> Vec<(&'static str, String)> {
    let created = sort_key(task.created_at, task.id);
    let mut keys = vec![("g1p", agent_partition(task.agent, task.status)), ("g1s", created.clone())];
    match (&task.operator, task.accepted_at) {
        (Some(operator), Some(at)) => {
            keys.extend([("g2p", operator_partition(&operator.id)), ("g2s", sort_key(at, task.id))]);
        }
        _ if task.status == Status::Pending => {
            keys.extend([("g2p", feed_partition(task.task_type)), ("g2s", created)]);
        }
        _ => {}
    }
    if let (Status::Disputed, Some(dispute)) = (task.status, &task.dispute) {
        keys.extend([("g3p", DISPUTED_PARTITION.to_owned()), ("g3s", sort_key(dispute.at, task.id))]);
    }
    if let Some(due) = task.due() {
        keys.extend(task_due_keys(due, task.id));
    }
    keys
}

/// Partition of `g3` with all disputed tasks.
pub const DISPUTED_PARTITION: &str = "DISPUTED";

/// Partition of `g1`: open, completed and cancelled tasks of an agent apart, so that totals are counters.
pub fn agent_partition(agent: AgentId, status: Status) -> String {
    let part = match status {
        Status::Completed => 'C',
        Status::Cancelled => 'X',
        Status::Pending
        | Status::Accepted
        | Status::InProgress
        | Status::Submitted
        | Status::Verified
        | Status::Disputed => 'O',
    };
    format!("{agent}#{part}")
}

/// Partition of `g2` with the tasks of an operator.
pub fn operator_partition(operator: &OperatorId) -> String {
    format!("O#{operator}")
}

/// Partition of `g2` with the pending tasks of a type.
pub fn feed_partition(kind: TaskType) -> String {
    format!("V#{kind}")
}

/// Sorts by moment, then id: 13 digits of milliseconds last until the year 2286.
pub fn sort_key(at: Timestamp, id: TaskId) -> String {
    format!("{:013}#{id}", at.millis())
}

/// Keys of `g4` for a task's own date. The shard is a function of its id alone.
fn task_due_keys(due: Due, id: TaskId) -> [(&'static str, String); 2] {
    let [.., last] = id.bytes();
    [("g4p", due_partition(due.kind, last % DUE_SHARDS)), ("g4s", due_moment(due.at))]
}

/// Keys of `g4` for a callback of `agent`. The shard is a function of the agent's id: its backlog is in nobody else's
/// way, and an entry says whose it is.
pub(crate) fn callback_due_keys(at: Timestamp, agent: AgentId) -> [(&'static str, String); 2] {
    let [.., last] = agent.bytes();
    [("g4p", due_partition(DueKind::Callback, last % DUE_SHARDS)), ("g4s", format!("{}#{agent}", due_moment(at)))]
}

/// Keys of `g4` for a payout.
pub(crate) fn payout_due_keys(at: Timestamp, id: PayoutId) -> [(&'static str, String); 2] {
    let [.., last] = id.bytes();
    [("g4p", due_partition(DueKind::Payout, last % DUE_SHARDS)), ("g4s", due_moment(at))]
}

/// Partition of `g4`.
pub(crate) fn due_partition(kind: DueKind, shard: u8) -> String {
    format!("X#{kind}#{shard}")
}

/// The beginning of a sort key of `g4`.
pub(crate) fn due_moment(at: Timestamp) -> String {
    format!("{:013}", at.millis())
}
