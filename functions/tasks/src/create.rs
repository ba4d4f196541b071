//! `POST /tasks`: holds reward and fee in escrow and puts the task into the feed.

use crate::Tasks;
use crate::draft::{self, Request};
use axum::extract::State;
use domain::opening;
use domain::status::Status;
use domain::task::Task;
use domain::{AgentId, TaskId, Timestamp};
use serde::Serialize;
use store::listing::{Row, Window};
use store::tasks::{CreateError, Created, DuplicateGuard};
use store::{Key, Store, StoreError};
use web::idempotency::IdempotencyKey;
use web::next_action::NextAction;
use web::{AgentCaller, Answer, ApiError, Json, Money, Payload};

#[derive(Serialize)]
pub(crate) struct Reply {
    task_id: String,
    status: &'static str,
    reward_usd: Money,
    platform_fee: Money,
    total_escrow: Money,
    deadline: String,
    created_at: String,
    next_action: Option<NextAction>,
}

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
        .enter_with(|agent| {
            (replayable(agent).into_iter().chain([Key::agent(agent)]), recent(store, agent, guard.is_some()))
        })
        .await?;
    let Request { draft, fingerprint, .. } = request?;
    let id = id_of(agent_id);

    // Before the draft is looked at: what was right when it was answered may be too late by now.
    let earlier = found.task(id)?;
    if let Some(same) = earlier.as_ref().filter(|earlier| earlier.fingerprint == fingerprint) {
        return replay(same, fingerprint);
    }
    let draft = draft?;
    if earlier.is_some() {
        return Err(CreateError::KeyReused.into());
    }
    if let Some(twin) = guard.and_then(|guard| twin(&recent, fingerprint, guard.since)) {
        return Err(CreateError::Duplicate(twin).into());
    }
    let agent = found.agent(agent_id)?.ok_or(CreateError::NoAccount)?;

    let decide = |agent: &_| opening::open(draft.clone(), id, fingerprint, agent, now);
    match store.open(agent, guard, decide).await {
        Ok(Created::New(task)) => Ok(Json::created(reply(&task))),
        Ok(Created::Replay(task)) => replay(&task, fingerprint),
        // The account may have been read after a twin request took the money, the task before.
        Err(CreateError::Funds(short)) => match store.read([Key::task(id)]).await?.task(id)? {
            Some(earlier) => replay(&earlier, fingerprint),
            None => Err(short.into()),
        },
        Err(error) => Err(error.into()),
    }
}

/// The latest tasks in which a twin could be.
async fn recent(store: &Store, agent: AgentId, wanted: bool) -> Result<Vec<Row>, StoreError> {
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

fn twin(rows: &[Row], fingerprint: [u8; 16], since: Timestamp) -> Option<TaskId> {
    let same = |row: &&Row| row.created_at >= since && row.fingerprint == fingerprint;
    rows.iter().find(same).map(|row| row.id)
}

fn replay(earlier: &Task, fingerprint: [u8; 16]) -> Answer<Reply> {
    if earlier.fingerprint != fingerprint {
        return Err(ApiError::from(CreateError::KeyReused));
    }
    Ok(Json::created(reply(earlier)).replayed(true))
}

/// The answer to the creation, whatever has become of the task since.
fn reply(task: &Task) -> Reply {
    let opened = Task { status: Status::Pending, ..task.clone() };
    Reply {
        task_id: task.id.to_string(),
        status: Status::Pending.word(),
        reward_usd: Money(task.reward),
        platform_fee: Money(task.fee),
        total_escrow: Money(task.total()),
        deadline: task.deadline.to_string(),
        created_at: task.created_at.to_string(),
        next_action: NextAction::of(&opened, task.created_at),
    }
}
