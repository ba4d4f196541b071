//! `GET /tasks`: the agent's tasks, newest first.

use crate::Tasks;
use axum::extract::State;
use domain::agent::Agent;
use domain::status::Status;
use domain::{AgentId, task::Assignee};
use serde::Serialize;
use store::listing::{Row, Window};
use store::{Key, Store, StoreError};
use web::fields::Fields;
use web::paging::{self, Page};
use web::{AgentCaller, Answer, ApiError, Json, Money, Query};

#[derive(Serialize)]
pub(crate) struct Line {
    task_id: String,
    title: String,
    status: &'static str,
    task_type: &'static str,
    reward_usd: Money,
    operator: Option<OperatorLine>,
    created_at: String,
    deadline: String,
}

#[derive(Serialize)]
struct OperatorLine {
    id: String,
    name: String,
}

/// Which tasks are wanted.
#[derive(Clone, Copy, PartialEq)]
enum Filter {
    All,
    Status(Status),
    /// Not a status on the wire, but the reference's diagram has it as a box.
    ManualReview,
}

pub(crate) async fn handle(State(state): State<Tasks>, caller: AgentCaller, Query(query): Query) -> Answer<Page<Line>> {
    let store = state.gate.store();
    let wanted = read(query);

    let rows = |agent| rows(store, agent, wanted.as_ref().ok());
    let (agent_id, mut found, rows) = caller.enter_with(|agent| ([Key::agent(agent)], rows(agent))).await?;
    let (filter, window) = wanted?;
    let agent = found.agent(agent_id)?.ok_or_else(|| ApiError::not_found("Agent"))?;

    let total = total(&agent, filter, &rows);
    let rows = window.cut(rows, place);
    Ok(Json::ok(Page::new(rows, &window, total, place, line)))
}

fn read(mut query: Fields) -> Result<(Filter, Window), ApiError> {
    let window = paging::window(&mut query);
    let word = "must be a status of a task, or MANUAL_REVIEW";
    let filter = query.optional_parsed("status", word, |text| match text {
        "MANUAL_REVIEW" => Some(Filter::ManualReview),
        status => Status::parse(status).map(Filter::Status),
    });
    query.finish()?;
    Ok((filter.unwrap_or(Filter::All), window))
}

/// The rows that the window is cut from: of final statuses as many as it reaches, of open ones all,
/// because those are filtered and counted here.
async fn rows(store: &Store, agent: AgentId, wanted: Option<&(Filter, Window)>) -> Result<Vec<Row>, StoreError> {
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
            rows.sort_by(|a, b| b.cursor.cmp(&a.cursor));
            Ok(rows)
        }
        Filter::Status(status) if status.is_final() => store.tasks_of_agent(agent, *status, window).await,
        Filter::Status(_) | Filter::ManualReview => {
            let mut rows = store.open_tasks_of_agent(agent).await?;
            rows.retain(|row| match filter {
                Filter::Status(status) => row.status == *status,
                Filter::ManualReview => row.in_manual_review,
                Filter::All => true,
            });
            Ok(rows)
        }
    }
}

fn total(agent: &Agent, filter: Filter, rows: &[Row]) -> usize {
    let counter = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    match filter {
        Filter::All => counter(agent.tasks_created),
        Filter::Status(Status::Completed) => counter(agent.tasks_completed),
        Filter::Status(Status::Cancelled) => counter(agent.tasks_cancelled),
        Filter::Status(_) | Filter::ManualReview => rows.len(),
    }
}

fn place(row: &Row) -> String {
    row.cursor.clone()
}

fn line(row: Row) -> Line {
    Line {
        task_id: row.id.to_string(),
        title: row.title,
        status: row.status.word(),
        task_type: row.task_type.word(),
        reward_usd: Money(row.reward),
        operator: row
            .operator
            .map(|Assignee { id, public_name }| OperatorLine { id: id.to_string(), name: public_name }),
        created_at: row.created_at.to_string(),
        deadline: row.deadline.to_string(),
    }
}
