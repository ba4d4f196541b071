//! `GET /tasks`: the agent's tasks, newest first.

use axum::extract::State;
use contract::tasks::list::{Filter, Line, Operator, Query, Reply};
use contract::wire::{Id, Moment, Money, Rating, Word};
use domain::agent::Agent;
use domain::operator::rating::Ratings;
use domain::status::Status;
use domain::task::Assignee;
use domain::{AgentId, OperatorId};
use std::collections::{BTreeMap, BTreeSet};
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
    let ratings = ratings(store, &rows).await?;
    Ok(Json::ok(paging::page(rows, &window, total, place, |row| line(&ratings, row))))
}

/// Of the operators of these tasks.
async fn ratings(store: &Store, rows: &[AgentRow]) -> Result<BTreeMap<OperatorId, Ratings>, StoreError> {
    let operators: BTreeSet<_> = rows.iter().filter_map(|row| row.operator.as_ref()).map(|it| it.id.clone()).collect();
    let mut found = store.read(operators.iter().map(Key::earnings)).await?;
    let rated = operators.into_iter().map(|id| {
        let ratings = found.earnings(&id)?.unwrap_or_default().ratings;
        Ok((id, ratings))
    });
    rated.collect()
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

fn line(ratings: &BTreeMap<OperatorId, Ratings>, row: AgentRow) -> Line {
    let task = row.summary;
    let operator = |Assignee { id, public_name }| {
        let ratings = ratings.get(&id).copied().unwrap_or_default();
        Operator { id: Id(id), name: public_name, rating: Rating::of(ratings), rating_count: ratings.count }
    };
    Line {
        task_id: Id(task.id),
        title: task.title,
        status: Word(task.status),
        task_type: Word(task.task_type),
        reward_usd: Money(task.reward),
        operator: row.operator.map(operator),
        created_at: Moment(task.created_at),
        deadline: Moment(task.deadline),
    }
}
