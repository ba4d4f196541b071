//! `GET /admin/agents/{id}`: who an agent is, what it has, what it does.

use axum::extract::State;
use contract::admin::agent::{Reply, TaskLine, Tasks};
use contract::agents::{balance, withdrawals::Withdrawal};
use contract::read::Nothing;
use contract::wire::{Id, Moment, Money, Rating, Word};
use domain::AgentId;
use domain::agent::Agent;
use domain::money::payout::Payee;
use domain::status::Status;
use std::cmp::Reverse;
use store::task::listing::{AgentRow, Row, Summary, Window};
use store::{Key, Store, StoreError};
use web::{AdminCaller, Answer, ApiError, Gate, Json, PathId, Query};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AdminCaller,
    PathId(id): PathId<AgentId>,
    query: Query,
) -> Answer<Reply> {
    caller.authenticate().await?;
    query.read::<Nothing>()?;
    let missing = || ApiError::not_found("Agent");
    let id = id.ok_or_else(missing)?;

    let (store, payee) = (gate.store(), Payee::Agent(id));
    let (mut found, withdrawals, rows) =
        tokio::try_join!(store.read([Key::agent(id)]), store.payouts(&payee), latest(store, id))?;
    let agent = found.agent(id)?.ok_or_else(missing)?;
    Ok(Json::ok(reply(agent, withdrawals.into_iter().take(LATEST).map(Into::into).collect(), rows)))
}

/// Tasks and payouts that are shown of somebody.
pub(crate) const LATEST: usize = 20;

/// Its tasks of every kind, newest first.
async fn latest(store: &Store, agent: AgentId) -> Result<Vec<AgentRow>, StoreError> {
    let window = Window { limit: LATEST, offset: 0, cursor: None };
    let of = |status| store.tasks_of_agent(agent, status, &window);
    let (open, completed, cancelled) =
        tokio::try_join!(of(Status::Pending), of(Status::Completed), of(Status::Cancelled))?;
    let mut rows = [open, completed, cancelled].concat();
    rows.sort_by_key(|row| Reverse(row.place().to_owned()));
    rows.truncate(LATEST);
    Ok(rows)
}

fn reply(agent: Agent, withdrawals: Vec<Withdrawal>, rows: Vec<AgentRow>) -> Reply {
    Reply {
        balance: balance::Reply::from(&agent),
        agent_id: Id(agent.id),
        name: agent.name,
        email: agent.email,
        company: agent.company,
        created_at: Moment(agent.created_at),
        rating: Rating::of(agent.ratings),
        rating_count: agent.ratings.count,
        tasks: Tasks {
            created: agent.tasks_created,
            completed: agent.tasks_completed,
            cancelled: agent.tasks_cancelled,
            refunded: agent.tasks_refunded,
        },
        withdrawals,
        recent_tasks: rows.into_iter().map(|row| line(row.summary)).collect(),
    }
}

pub(crate) fn line(task: Summary) -> TaskLine {
    TaskLine {
        task_id: Id(task.id),
        title: task.title,
        task_type: Word(task.task_type),
        status: Word(task.status),
        reward_usd: Money(task.reward),
        created_at: Moment(task.created_at),
    }
}
