//! `GET /tasks`: the agent's tasks, newest first.

use axum::extract::State;
use contract::tasks::list::{Filter, Line, Operator, Query, Reply};
use contract::wire::{Id, Moment, Money, Word};
use domain::AgentId;
use domain::agent::Agent;
use domain::status::Status;
use store::task::listing::{AgentRow, Row, Window};
use store::{Key, Store, StoreError};
use web::{AgentCaller, Answer, Gate, Json, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, query: web::Query) -> Answer<Reply> {
    let store = gate.store();
    let wanted = query.read().map(|Query { filter, window }| (filter, paging::window(window)));

    let rows = |agent| rows(store, agent, wanted.as_ref().ok());
    let (id, mut found, rows) = caller.authenticate_beside(|id| [Key::agent(id)], rows).await?;
    let (filter, window) = wanted?;

    // Whoever has a key has an account: registration writes both.
    let account = found.agent(id)?.ok_or_else(|| StoreError::Corrupt(format!("{id} has a key and no account")))?;
    let total = total(&account, filter, &rows);
    let rows = window.cut(rows, place);
    Ok(Json::ok(paging::page(rows, &window, total, place, line)))
}

/// The rows that the window is cut from: of final statuses as many as it reaches, of open ones all,
/// because those are filtered and counted here.
async fn rows(store: &Store, agent: AgentId, wanted: Option<&(Filter, Window)>) -> Result<Vec<AgentRow>, StoreError> {
    let Some((filter, window)) = wanted else {
        return Ok(Vec::new());
    };
    match filter {
        Filter::All => {
            let (open, completed, cancelled) = futures::try_join!(
                store.tasks_of_agent(agent, Status::Pending, window),
                store.tasks_of_agent(agent, Status::Completed, window),
                store.tasks_of_agent(agent, Status::Cancelled, window),
            )?;
            let mut rows = [open, completed, cancelled].concat();
            rows.sort_by(|a, b| b.place().cmp(a.place()));
            Ok(rows)
        }
        Filter::Status(status) if status.is_final() => store.tasks_of_agent(agent, *status, window).await,
        Filter::Status(status) => {
            let mut rows = store.open_tasks_of_agent(agent).await?;
            rows.retain(|row| row.summary.status == *status);
            Ok(rows)
        }
        Filter::ManualReview => {
            let mut rows = store.open_tasks_of_agent(agent).await?;
            rows.retain(|row| row.in_manual_review);
            Ok(rows)
        }
    }
}

fn total(agent: &Agent, filter: Filter, rows: &[AgentRow]) -> usize {
    let counter = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    match filter {
        Filter::All => counter(agent.tasks_created),
        Filter::Status(Status::Completed) => counter(agent.tasks_completed),
        Filter::Status(Status::Cancelled) => counter(agent.tasks_cancelled),
        Filter::Status(_) | Filter::ManualReview => rows.len(),
    }
}

fn place(row: &AgentRow) -> String {
    row.place().to_owned()
}

fn line(row: AgentRow) -> Line {
    let task = row.summary;
    Line {
        task_id: Id(task.id),
        title: task.title,
        status: Word(task.status),
        task_type: Word(task.task_type),
        reward_usd: Money(task.reward),
        operator: row.operator.map(|operator| Operator { id: Id(operator.id), name: operator.public_name }),
        created_at: Moment(task.created_at),
        deadline: Moment(task.deadline),
    }
}
