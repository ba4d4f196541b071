//! Creating a task, moving it on, and reading all of it.

pub mod brief;
pub mod change;
pub mod credentials;
pub mod due;
pub mod index;
pub mod listing;
pub mod proofs;
pub mod state;
pub mod submission;

use crate::engine::commit::CommitError;
use crate::engine::commit::Role;
use crate::engine::item::Item;
use crate::ledger::booking::Booking;
use crate::task::brief::{BRIEF, brief_item, brief_of, split};
use crate::task::proofs::{Proof, proof_of, verdict_of};
use crate::task::state::{STATE, state_item, task_of};
use crate::{Once, Store, StoreError, unavailable};
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use domain::agent::Agent;
use domain::guardian::Verdict;
use domain::moves::{Advance, Refusal};
use domain::opening::{InsufficientFunds, Opening};
use domain::status::Status;
use domain::task::{Brief, Task};
use domain::{AgentId, TaskId, Timestamp};

/// A decision that lost a race is made anew, at most this often.
const DECISIONS_MAX: usize = 20;

/// How a request for a task ended otherwise.
#[derive(Debug)]
pub enum CreateError {
    /// The deposit does not cover it.
    Funds(InsufficientFunds),
    /// The key was used for another request.
    KeyReused,
    /// An identical task was created a short time ago.
    Duplicate(TaskId),
    /// The agent's account is gone.
    NoAccount,
    Store(StoreError),
}

/// Why a task was not moved.
#[derive(Debug)]
pub enum AdvanceError {
    /// The rules forbid it.
    Refused(Refusal),
    Store(StoreError),
}

/// Refuse a task like one created after `since`.
#[derive(Clone, Copy, Debug)]
pub struct DuplicateGuard {
    /// Earliest creation that counts.
    pub since: Timestamp,
}

/// Everything about a task.
#[derive(Debug)]
pub struct Dossier {
    /// Its state.
    pub task: Task,
    /// Its long texts.
    pub brief: Brief,
    /// The proof that was submitted.
    pub proof: Option<Proof>,
    /// The Guardian's result in full.
    pub verdict: Option<Verdict>,
    /// An encrypted credential was delivered.
    pub has_credential: bool,
}

impl Store {
    /// Opens a task by `decide`, which sees the account; decides anew when the account has changed
    /// under it. Task, brief, money and idempotency record are one transaction.
    pub async fn open(
        &self,
        mut agent: Agent,
        guard: Option<DuplicateGuard>,
        decide: impl Fn(&Agent) -> Result<Opening, InsufficientFunds>,
    ) -> Result<Once<Task>, CreateError> {
        let mut cancelled = None;
        for _ in 0..DECISIONS_MAX {
            let opening = decide(&agent).map_err(CreateError::Funds)?;
            let (entry, fingerprint) = (opening.entry, opening.task.fingerprint);
            let (task, brief) = split(opening.task, opening.brief);
            let spend = agent.spend(entry.at);
            let mut writes = vec![(Role::State, self.put_once(&self.tables.core, state_item(&task)))];
            writes.extend(self.entry_writes(&entry, &Booking::Opened { task: &task, spend: &spend }));
            let brief = brief_item(task.id, &brief);
            writes.extend(brief.map(|item| (Role::Brief, self.put_always(&self.tables.core, item))));
            writes.extend(guard.map(|guard| (Role::Marker, self.put_marker(&task, guard, cancelled))));

            let (role, found) = match self.transact(writes).await {
                Ok(()) => return Ok(Once::New(task)),
                Err(CommitError::Store(error)) => return Err(CreateError::Store(error)),
                Err(CommitError::Condition { role, found }) => (role, found),
            };
            match role {
                Role::State => return replay(found, fingerprint),
                Role::Marker => cancelled = Some(self.cancelled_twin(found).await?),
                Role::Agent | Role::Earnings | Role::Journal | Role::Brief | Role::KeyUse => {
                    agent = self.agent(agent.id).await?;
                }
            }
        }
        Err(CreateError::Store(busy("open a task")))
    }

    async fn agent(&self, id: AgentId) -> Result<Agent, CreateError> {
        let mut found = self.read([crate::Key::agent(id)]).await.map_err(CreateError::Store)?;
        found.agent(id).map_err(CreateError::Store)?.ok_or(CreateError::NoAccount)
    }

    /// The marker by which identical tasks know of each other; conditional on none being recent, or on
    /// the recent one being of a task that was cancelled.
    fn put_marker(&self, task: &Task, guard: DuplicateGuard, cancelled: Option<TaskId>) -> TransactWriteItem {
        let item = Item::from([
            ("pk".to_owned(), crate::engine::item::text(task.agent)),
            ("sk".to_owned(), crate::engine::item::text(format!("F#{}", crate::engine::item::hex(&task.fingerprint)))),
            ("tk".to_owned(), crate::engine::item::text(task.id)),
            ("ca".to_owned(), crate::engine::item::number(task.created_at.millis())),
        ]);
        let put = Put::builder()
            .table_name(&self.tables.core)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR ca < :since OR tk = :cancelled")
            .expression_attribute_values(":since", crate::engine::item::number(guard.since.millis()))
            .expression_attribute_values(
                ":cancelled",
                cancelled.map_or(crate::engine::item::text(""), crate::engine::item::text),
            )
            .return_values_on_condition_check_failure("ALL_OLD".into());
        TransactWriteItem::builder().put(put.build().expect("every required member is set")).build()
    }

    /// The task of a marker, if it was cancelled: then it is nobody's duplicate.
    async fn cancelled_twin(&self, marker: Item) -> Result<TaskId, CreateError> {
        let id = marker.get("tk").and_then(|v| v.as_s().ok()).and_then(|text| TaskId::parse(text));
        let Some(id) = id else {
            let cause = "a duplicate marker without its task".to_owned();
            return Err(CreateError::Store(StoreError::Corrupt(cause)));
        };
        let found = self.read([crate::Key::task(id)]).await.and_then(|mut found| found.task(id));
        match found.map_err(CreateError::Store)? {
            Some(task) if task.status == Status::Cancelled => Ok(id),
            Some(_) | None => Err(CreateError::Duplicate(id)),
        }
    }

    /// Moves a task on by `decide`; when somebody else moved it meanwhile, decides anew on what is
    /// there. Returns the task as it is then.
    pub async fn advance(
        &self,
        task: Task,
        decide: impl Fn(&Task) -> Result<Advance, Refusal>,
    ) -> Result<Task, AdvanceError> {
        self.advance_and_prune(task, &[], decide).await
    }

    /// Like [`Store::advance`]; also drops the `matured` lines of the earnings that it writes to.
    pub async fn advance_and_prune(
        &self,
        mut task: Task,
        matured: &[Timestamp],
        decide: impl Fn(&Task) -> Result<Advance, Refusal>,
    ) -> Result<Task, AdvanceError> {
        for _ in 0..DECISIONS_MAX {
            let change = decide(&task).map_err(AdvanceError::Refused)?;
            if change.after.version == task.version {
                return Ok(change.after);
            }
            match self.commit(&task, &change, matured).await {
                Ok(()) => return Ok(change.after),
                Err(CommitError::Store(error)) => return Err(AdvanceError::Store(error)),
                Err(CommitError::Condition { role: Role::State, found }) if !found.is_empty() => {
                    let there = task_of(found).map_err(AdvanceError::Store)?;
                    // The answer to our own write may have been lost on the way.
                    if there == change.after {
                        return Ok(there);
                    }
                    task = there;
                }
                Err(CommitError::Condition { role, .. }) => {
                    metrics::counter!("LedgerImbalance").increment(1);
                    let cause = format!("the ledger refused ({role:?}) what the task allows");
                    return Err(AdvanceError::Store(StoreError::Corrupt(cause)));
                }
            }
        }
        Err(AdvanceError::Store(busy("move a task")))
    }

    async fn commit(&self, before: &Task, change: &Advance, matured: &[Timestamp]) -> Result<(), CommitError> {
        let item = state_item(&change.after);
        let Some(entry) = &change.entry else {
            return self.put_state(item, before.version).await;
        };
        let booking = Booking::Moved { before, after: &change.after, matured };
        let mut writes = vec![(Role::State, self.put_version(item, before.version))];
        writes.extend(self.entry_writes(entry, &booking));
        self.transact(writes).await
    }

    /// Everything about a task.
    pub async fn dossier(&self, id: TaskId) -> Result<Option<Dossier>, StoreError> {
        dossier_of(self.beside(id, "").await?)
    }

    /// The items of a task whose sort keys begin with `prefix`, all pages of them.
    pub(crate) async fn beside(&self, id: TaskId, prefix: &str) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let mut query = self
                .client
                .query()
                .table_name(&self.tables.core)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", AttributeValue::S(id.to_string()))
                .consistent_read(true)
                .set_exclusive_start_key(start);
            if !prefix.is_empty() {
                query = query
                    .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                    .expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()));
            }
            let answer = query.send().await.map_err(unavailable("read a task"))?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(items);
            }
        }
    }
}

fn dossier_of(items: Vec<Item>) -> Result<Option<Dossier>, StoreError> {
    let mut by_name: std::collections::BTreeMap<String, Item> = items
        .into_iter()
        .map(|item| (item.get("sk").and_then(|v| v.as_s().ok()).cloned().unwrap_or_default(), item))
        .collect();
    let Some(state) = by_name.remove(STATE) else {
        return Ok(None);
    };
    let task = task_of(state)?;
    let proof = task.proof.and_then(|id| by_name.remove(&id.to_string()));
    Ok(Some(Dossier {
        brief: by_name.remove(BRIEF).map(brief_of).transpose()?.unwrap_or_default(),
        proof: proof.map(proof_of).transpose()?,
        verdict: by_name.remove(crate::task::proofs::VERDICT).map(verdict_of).transpose()?,
        has_credential: task.proof.is_some_and(|id| by_name.contains_key(&crate::task::credentials::sort_key(id))),
        task,
    }))
}

fn replay(found: Item, fingerprint: [u8; 16]) -> Result<Once<Task>, CreateError> {
    let task = task_of(found).map_err(CreateError::Store)?;
    if task.fingerprint == fingerprint { Ok(Once::Replay(task)) } else { Err(CreateError::KeyReused) }
}

fn busy(operation: &'static str) -> StoreError {
    StoreError::Unavailable { operation, cause: "lost the race too often".to_owned() }
}
