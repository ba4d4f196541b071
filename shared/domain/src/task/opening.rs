//! Opening a task: everything that is checked and fixed before money is held.

use crate::agent::Agent;
use crate::geo::Point;
use crate::ids::TaskId;
use crate::ledger::{Account, Entry, EntryKind};
use crate::limits::{DEADLINE_MAX_S, DEADLINE_MIN_S};
use crate::money::Usd;
use crate::pricing::{self, Tier};
use crate::status::Status;
use crate::task::{Brief, Callback, Task};
use crate::task_type::{ProofType, Restriction, TaskDomain, TaskType};
use crate::time::Timestamp;

/// A request for a task, each field valid for itself.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What kind of work.
    pub task_type: TaskType,
    /// As given.
    pub proof_type: Option<ProofType>,
    /// Short title.
    pub title: String,
    /// Instructions.
    pub description: String,
    /// Proof requirements.
    pub requirements: Vec<String>,
    /// Where, if somewhere.
    pub point: Option<Point>,
    /// Where, in words.
    pub address: Option<String>,
    /// What the operator earns.
    pub reward: Usd,
    /// Accept and submit must happen before.
    pub deadline: Timestamp,
    /// Seconds from acceptance in which to submit.
    pub work_window_s: i64,
    /// Where events go.
    pub callback: Option<Callback>,
    /// The rest; `description` and `requirements` are not used here.
    pub brief: Brief,
}

/// A task that may be created, with its money.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The task, PENDING.
    pub task: Task,
    /// Its long texts.
    pub brief: Brief,
    /// Where its events go.
    pub callback: Option<Callback>,
    /// deposit → escrow.
    pub entry: Entry,
}

/// Why a restricted type is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restricted {
    /// This deployment does not offer it.
    Disabled,
    /// The request must carry `authorization`.
    AttestationRequired,
}

/// The deposit does not cover reward and fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InsufficientFunds {
    /// Reward and fee.
    pub required: Usd,
    /// What the agent can spend.
    pub available: Usd,
}

/// What a request asks for, as far as its fields could be read: for the rules between them.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub reward: Option<Usd>,
    pub task_domain: Option<TaskDomain>,
    pub proof_type: Option<ProofType>,
    /// Says where the work is.
    pub located: bool,
    /// Names a key that a credential is sealed to.
    pub has_public_key: bool,
}

impl Asked {
    /// What does not go with `kind`: `(field, what to do)`, all of it at once.
    pub fn problems(&self, kind: TaskType) -> Vec<(&'static str, String)> {
        let mut problems = Vec::new();
        let (min, max) = (kind.reward_min(), kind.reward_max());
        if self.reward.is_some_and(|reward| reward < min || reward > max) {
            problems.push(("reward_usd", format!("must be between {min} and {max} for {kind}")));
        }
        if kind.domain() == TaskDomain::Physical && !self.located {
            problems.push(("location", format!("is required for {kind}: {{lat, lng, address}}")));
        }
        if self.task_domain.is_some_and(|domain| domain != kind.domain()) {
            problems.push(("task_domain", format!("must be {} for {kind}, or be left out", kind.domain())));
        }
        if kind.is_credential() {
            if !self.has_public_key {
                problems.push(("agent_public_key", format!("is required for {kind}: a P-256 public key in base64")));
            }
            if self.proof_type.is_some_and(|proof| proof != ProofType::Artifact) {
                problems.push(("proof_type", format!("must be ARTIFACT for {kind}, or be left out")));
            }
        }
        problems
    }
}

/// Whether a deadline is neither too near nor too far; the error follows the field's name.
pub fn deadline_fits(deadline: Timestamp, now: Timestamp) -> Result<(), String> {
    if deadline < now.plus_seconds(DEADLINE_MIN_S) || deadline > now.plus_seconds(DEADLINE_MAX_S) {
        return Err(format!("must be between 5 minutes and 90 days from now; here it is {now}"));
    }
    Ok(())
}

impl Draft {
    /// Whether this deployment's policy lets the task through.
    pub fn permitted(&self, policy: Restriction) -> Result<(), Restricted> {
        match policy {
            Restriction::Disabled if self.task_type.is_restricted() => Err(Restricted::Disabled),
            Restriction::Attested if self.task_type.is_restricted() && self.brief.authorization.is_none() => {
                Err(Restricted::AttestationRequired)
            }
            Restriction::Open | Restriction::Attested | Restriction::Disabled => Ok(()),
        }
    }
}

/// What an earlier request has to do with this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prior {
    New,
    /// The same request was answered with this task.
    Same(Box<Task>),
    /// The Idempotency-Key was used for another request.
    Reused,
    /// Another request, without this key, asked for the same.
    Twin(TaskId),
}

/// What is known of a request with this `fingerprint`: the task that its key may have made, and the recent tasks among
/// which a twin counts. A replay wins over everything, also over what is wrong with the request by now.
pub fn prior(
    earlier: Option<Task>,
    fingerprint: [u8; 16],
    recent: impl IntoIterator<Item = (TaskId, [u8; 16])>,
) -> Prior {
    match earlier {
        Some(task) if task.fingerprint == fingerprint => Prior::Same(Box::new(task)),
        Some(_) => Prior::Reused,
        None => {
            let twin = recent.into_iter().find(|(_, print)| *print == fingerprint);
            twin.map_or(Prior::New, |(task, _)| Prior::Twin(task))
        }
    }
}

/// Opens a task for `agent`: fixes the fee by its tier and holds reward and fee in escrow.
pub fn open(
    draft: Draft,
    id: TaskId,
    fingerprint: [u8; 16],
    agent: &Agent,
    now: Timestamp,
) -> Result<Opening, InsufficientFunds> {
    let rate_bps = Tier::of(agent.spend(now)).rate_bps();
    let fee = pricing::fee(draft.reward, rate_bps);
    let total = draft.reward.checked_add(fee).expect("the highest reward and its fee fit an i64");
    if agent.spendable() < total {
        return Err(InsufficientFunds { required: total, available: agent.spendable() });
    }

    let task = Task {
        id,
        agent: agent.id,
        version: 1,
        status: Status::Pending,
        task_type: draft.task_type,
        proof_type: draft.proof_type.unwrap_or(draft.task_type.default_proof()),
        title: draft.title,
        description: draft.description,
        requirements: draft.requirements,
        abridged: false,
        point: draft.point,
        address: draft.address.unwrap_or_else(|| "Remote/Digital".to_owned()),
        reward: draft.reward,
        fee,
        rate_bps,
        deadline: draft.deadline,
        work_window_s: draft.work_window_s,
        created_at: now,
        moved_at: now,
        fingerprint,
        called_back: draft.callback.as_ref().map(|callback| callback.events.clone()).unwrap_or_default(),
        operator: None,
        accepted_at: None,
        started_at: None,
        submitted_at: None,
        proof: None,
        verdict: None,
        manual: None,
        revision: None,
        verified_at: None,
        completed_at: None,
        hold_until: None,
        dispute: None,
        resolution: None,
        cancellation: None,
    };
    let entry = task.entry(EntryKind::Escrow, now).transfer(Account::Deposit(agent.id), Account::Escrow(id), total);
    Ok(Opening { task, brief: draft.brief, callback: draft.callback, entry })
}

#[cfg(test)]
mod tests;
