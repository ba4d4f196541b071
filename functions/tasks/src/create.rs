//! `POST /tasks`: holds reward and fee in escrow and puts the task into the feed.

use crate::Tasks;
use crate::draft::{self, Request};
use axum::extract::State;
use contract::tasks::create::Reply;
use contract::wire::{Id, Moment, Money, NextAction, Word};
use domain::opening::{self, Draft, Prior};
use domain::status::Status;
use domain::task::{Callback, Sealed, Task};
use domain::{AgentId, TaskId, Timestamp};
use secrets::SealingKey;
use store::task::CreateError;
use store::task::listing::{AgentRow, Window};
use store::task::marker::DuplicateGuard;
use store::{Key, Once, Store, StoreError};
use web::{AgentCaller, Answer, ApiError, IdempotencyKey, Json, Payload};

pub(crate) async fn handle(
    State(state): State<Tasks>,
    caller: AgentCaller,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Reply> {
    let store = state.gate.store();
    let now = store.now();
    let request = draft::read(&payload, &key, &state, now);

    let id_of = |agent: AgentId| key.id("task", &agent.to_string(), now, TaskId::from_digest, TaskId::new);
    let replayable = |agent| key.digest("task", "").map(|_| Key::task(id_of(agent)));
    let guard = request.as_ref().ok().and_then(|r| r.reject_duplicate_within_s);
    let guard = guard.map(|seconds| DuplicateGuard { since: now.plus_seconds(-seconds) });
    let (agent_id, mut found, recent) = caller
        .authenticate_beside(
            |agent| replayable(agent).into_iter().chain([Key::agent(agent)]),
            |agent| recent(store, agent, guard.is_some()),
        )
        .await?;
    let Request { draft, callback, fingerprint, .. } = request?;
    let id = id_of(agent_id);

    let twins = guard.map(|guard| twins(&recent, guard.since)).unwrap_or_default();
    let prior = opening::prior(found.task(id)?, fingerprint, twins);
    // Before the draft is looked at: what was right when it was answered may be too late by now.
    if let Prior::Same(task) = prior {
        return Ok(created(Once::Replay(*task)));
    }
    let callback = callback.map(|callback| sealed(callback, &state.sealing_key, id));
    let draft = Draft { callback, ..draft? };
    refuse(prior)?;
    let agent = found.agent(agent_id)?.ok_or(CreateError::NoAccount)?;

    let decide = |agent: &_| opening::open(draft.clone(), id, fingerprint, agent, now);
    match store.open(agent, guard, decide).await {
        Ok(task) => Ok(created(task)),
        // The account may have been read after a twin request took the money, the task before.
        Err(CreateError::Funds(short)) => {
            let earlier = store.read([Key::task(id)]).await?.task(id)?;
            match opening::prior(earlier, fingerprint, []) {
                Prior::Same(task) => Ok(created(Once::Replay(*task))),
                prior => refuse(prior).and(Err(short.into())),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// As it is kept. From here on nobody but `callbacks` can read the secret.
fn sealed(callback: contract::tasks::create::Callback, key: &SealingKey, id: TaskId) -> Callback {
    let secret = callback.secret.map(|secret| Sealed(key.seal(&id.to_string(), &secret)));
    Callback { url: callback.url, secret, replaced: None, events: callback.events }
}

fn refuse(prior: Prior) -> Result<(), ApiError> {
    match prior {
        Prior::New | Prior::Same(_) => Ok(()),
        Prior::Reused => Err(CreateError::KeyReused.into()),
        Prior::Twin(task) => Err(CreateError::Duplicate(task).into()),
    }
}

/// The latest tasks in which a twin could be.
async fn recent(store: &Store, agent: AgentId, wanted: bool) -> Result<Vec<AgentRow>, StoreError> {
    if !wanted {
        return Ok(Vec::new());
    }
    let window = Window { limit: 100, offset: 0, cursor: None };
    let (open, completed) = futures::try_join!(
        store.tasks_of_agent(agent, Status::Pending, &window),
        store.tasks_of_agent(agent, Status::Completed, &window),
    )?;
    Ok([open, completed].concat())
}

/// Tasks created since, each with the digest of its request.
fn twins(rows: &[AgentRow], since: Timestamp) -> Vec<(TaskId, [u8; 16])> {
    let recent = rows.iter().filter(|row| row.summary.created_at >= since);
    recent.map(|row| (row.summary.id, row.fingerprint)).collect()
}

fn created(task: Once<Task>) -> Json<Reply> {
    let (task, replayed) = task.split();
    Json::created(&format!("/tasks/{}", task.id), reply(&task)).replayed(replayed)
}

/// The answer to the creation, whatever has become of the task since.
fn reply(task: &Task) -> Reply {
    let opened = Task { status: Status::Pending, ..task.clone() };
    Reply {
        task_id: Id(task.id),
        status: Word(Status::Pending),
        reward_usd: Money(task.reward),
        platform_fee: Money(task.fee),
        total_escrow: Money(task.total()),
        deadline: Moment(task.deadline),
        created_at: Moment(task.created_at),
        next_action: NextAction::of(&opened, task.created_at),
    }
}
