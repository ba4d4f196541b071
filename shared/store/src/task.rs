//! Creating a task, moving it on, and reading all of it.

pub mod due;
pub mod index;
pub mod likeness;
pub mod listing;
pub mod marker;
pub mod papers;
pub mod photos;
pub mod state;
pub mod submission;

pub use papers::{brief, callback, credentials, proofs, said};

use crate::engine::commit::{CommitError, Role, back_off};
use crate::engine::item::Item;
use crate::engine::item::text;
use crate::ledger::booking::Booking;
use crate::task::brief::{BRIEF, brief_item, brief_of, split};
use crate::task::callback::{CALLBACK, callback_item, callback_of};
use crate::task::marker::DuplicateGuard;
use crate::task::papers::said::remark_item;
use crate::task::photos::unclaimed;
use crate::task::proofs::{proof_of, verdict_key, verdict_of};
use crate::task::state::{STATE, state_item, task_of};
use crate::{Key, Once, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use domain::agent::Agent;
use domain::guardian::Verdict;
use domain::ledger::Entry;
use domain::moves::{Advance, Refusal};
use domain::opening::{InsufficientFunds, Opening};
use domain::status::Status;
use domain::submission::Proof;
use domain::task::{Brief, Callback, Said, Task};
use domain::{AgentId, TaskId, Timestamp};

/// A decision that lost a race is made anew, at most this often.
const DECISIONS_MAX: usize = 20;

/// The ledger refuses what the rules allow so often before it is believed to be wrong: the clocks of two machines are
/// less apart than the pauses between.
const REFUSALS_MAX: u32 = 5;

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

/// Everything about a task.
#[derive(Debug)]
pub struct Dossier {
    /// Its state.
    pub task: Task,
    /// Its long texts.
    pub brief: Brief,
    /// Where its events go.
    pub callback: Option<Callback>,
    /// The proof that was submitted.
    pub proof: Option<Proof>,
    /// The Guardian's result in full.
    pub verdict: Option<Verdict>,
    /// What was said about it.
    pub said: Said,
    /// An encrypted credential was delivered.
    pub has_credential: bool,
}

/// What is put in the same transaction as a move.
#[derive(Default)]
pub(crate) struct Beside<'a> {
    /// What the agent says with it.
    pub(crate) remark: Option<&'a str>,
    /// Claims on photos: what can be had of them.
    pub(crate) claims: Vec<Item>,
}

impl Store {
    /// Opens a task by `decide`, which sees the account; decides anew when the account has changed
    /// under it. Task, brief, callback, money and idempotency record are one transaction.
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
            let outdated = agent.outdated(entry.at);
            let mut writes = vec![(Role::State, self.put_once(&self.tables.core, state_item(&task)))];
            writes.extend(self.entry_writes(&entry, &Booking::Opened { task: &task, outdated: &outdated }));
            let callback = opening.callback.as_ref().map(|callback| callback_item(task.id, callback));
            let beside = brief_item(task.id, &brief).into_iter().chain(callback);
            writes.extend(beside.map(|item| (Role::Beside, self.put_always(&self.tables.core, item))));
            writes.extend(guard.map(|guard| (Role::Marker, self.put_marker(&task, guard, cancelled))));

            let (role, found) = match self.transact(writes).await {
                Ok(()) => return Ok(Once::New(task)),
                Err(CommitError::Store(error)) => return Err(CreateError::Store(error)),
                Err(CommitError::Condition { role, found }) => (role, found),
            };
            match role {
                Role::State => return replay(found, fingerprint),
                Role::Marker => cancelled = Some(self.cancelled_twin(found).await?),
                Role::Agent
                | Role::Earnings
                | Role::Journal
                | Role::Beside
                | Role::KeyUse
                | Role::OtherKey
                | Role::Photo
                | Role::Transfer
                | Role::Count => {
                    let there = self.account(agent.id).await.map_err(CreateError::Store)?;
                    agent = there.ok_or(CreateError::NoAccount)?;
                }
            }
        }
        Err(CreateError::Store(busy("open a task")))
    }

    /// The account of an agent, if there is one.
    pub(crate) async fn account(&self, id: AgentId) -> Result<Option<Agent>, StoreError> {
        self.read([Key::agent(id)]).await?.agent(id)
    }

    /// Moves a task on by `decide`; when somebody else moved it meanwhile, decides anew on what is
    /// there. Returns the task as it is then.
    pub async fn advance(
        &self,
        task: Task,
        decide: impl Fn(&Task) -> Result<Advance, Refusal>,
    ) -> Result<Task, AdvanceError> {
        self.advance_with(task, Beside::default(), decide).await
    }

    /// The same; what the agent says with it is put in the same transaction.
    pub async fn advance_saying(
        &self,
        task: Task,
        remark: Option<&str>,
        decide: impl Fn(&Task) -> Result<Advance, Refusal>,
    ) -> Result<Task, AdvanceError> {
        self.advance_with(task, Beside { remark, claims: Vec::new() }, decide).await
    }

    pub(crate) async fn advance_with(
        &self,
        mut task: Task,
        mut beside: Beside<'_>,
        decide: impl Fn(&Task) -> Result<Advance, Refusal>,
    ) -> Result<Task, AdvanceError> {
        let mut refusals = 0;
        for _ in 0..DECISIONS_MAX {
            let change = decide(&task).map_err(AdvanceError::Refused)?;
            if change.after.version == task.version {
                return Ok(change.after);
            }
            match self.commit(&task, &change, &beside).await {
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
                // Somebody else has it, and keeps it: what that means is for the Guardian to say.
                Err(CommitError::Condition { role: Role::Photo, found }) => {
                    beside.claims.retain(|claim| claim.get("pk") != found.get("pk"));
                }
                Err(CommitError::Condition { role: Role::Earnings, .. }) if change.after.status == Status::Accepted => {
                    return Err(AdvanceError::Refused(Refusal::TooManyAtWork));
                }
                // Somebody whose clock is ahead may have been where this one is too late: that is for the rules to
                // say, once it is so here too.
                Err(CommitError::Condition { .. }) if refusals < REFUSALS_MAX => {
                    refusals += 1;
                    back_off(refusals).await;
                    task = self.again(task.id).await.map_err(AdvanceError::Store)?;
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

    async fn again(&self, id: TaskId) -> Result<Task, StoreError> {
        let there = self.read([crate::Key::task(id)]).await?.task(id)?;
        there.ok_or_else(|| StoreError::Corrupt(format!("{id} is gone")))
    }

    async fn commit(&self, before: &Task, change: &Advance, beside: &Beside<'_>) -> Result<(), CommitError> {
        let item = state_item(&change.after);
        let matured = match &change.entry {
            Some(entry) => self.matured(entry).await.map_err(CommitError::Store)?,
            None => Vec::new(),
        };
        let booking = Booking::Moved { before, after: &change.after, matured: &matured };
        let mut writes = match &change.entry {
            Some(entry) => self.entry_writes(entry, &booking),
            None => self.earnings_write(None, &booking).into_iter().collect(),
        };
        let claims = beside.claims.iter().map(|item| (Role::Photo, self.put_on(item.clone(), unclaimed(item))));
        writes.extend(claims);
        let remark = beside.remark.map(|words| remark_item(&change.after, words));
        writes.extend(remark.map(|item| (Role::Beside, self.put_always(&self.tables.core, item))));
        if writes.is_empty() {
            return self.put_state(item, before.version).await;
        }
        let state = (Role::State, self.put_version(item, before.version));
        self.transact(std::iter::once(state).chain(writes).collect()).await
    }

    /// Lines that have matured of the earnings that an entry writes to. Who settles drops them, or nobody would.
    async fn matured(&self, entry: &Entry) -> Result<Vec<Timestamp>, StoreError> {
        let Some(operator) = entry.earner() else {
            return Ok(Vec::new());
        };
        let earnings = self.read([crate::Key::earnings(operator)]).await?.earnings(operator)?;
        Ok(earnings.map(|earnings| earnings.matured(entry.at)).unwrap_or_default())
    }

    /// Everything about a task.
    pub async fn dossier(&self, id: TaskId) -> Result<Option<Dossier>, StoreError> {
        dossier_of(self.beside(id, "").await?)
    }

    /// The items of a task, or of an operator, whose sort keys begin with `prefix`, all pages of them.
    pub(crate) async fn beside(&self, id: impl ToString, prefix: &str) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let mut query = QueryInput::builder()
                .table_name(&self.tables.core)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", text(id.to_string()))
                .consistent_read(true)
                .set_exclusive_start_key(start);
            if !prefix.is_empty() {
                query = query
                    .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                    .expression_attribute_values(":prefix", text(prefix));
            }
            let answer = self.database.send(query).await.map_err(unavailable("read a task"))?;
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
    let verdict = task.proof.and_then(|id| by_name.remove(&verdict_key(id)));
    Ok(Some(Dossier {
        said: said::among(&task, &mut by_name)?,
        brief: by_name.remove(BRIEF).map(brief_of).transpose()?.unwrap_or_default(),
        callback: by_name.remove(CALLBACK).map(callback_of).transpose()?,
        proof: proof.map(proof_of).transpose()?,
        verdict: verdict.map(verdict_of).transpose()?,
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
