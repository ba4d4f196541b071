//! `GET /operator/tasks/mine`: tasks that the operator has accepted, latest first.

use crate::Operators;
use axum::extract::State;
use serde::Serialize;
use store::listing::Row;
use web::location::Location;
use web::paging::{self, Page};
use web::{Answer, Json, Money, OperatorCaller, Query};

#[derive(Serialize)]
pub(crate) struct Line {
    task_id: String,
    title: String,
    status: &'static str,
    task_type: &'static str,
    location: Location,
    reward_usd: Money,
    deadline: String,
    accepted_at: Option<String>,
    completed_at: Option<String>,
    created_at: String,
}

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    Query(mut query): Query,
) -> Answer<Page<Line>> {
    let store = state.gate.store();
    let window = paging::window(&mut query);

    let (_, _, listed) = caller
        .enter_with(|operator| {
            let (who, window) = (operator.clone(), &window);
            ([], async move { store.tasks_of_operator(&who, window).await })
        })
        .await?;
    query.finish()?;

    Ok(Json::ok(Page::new(listed.rows, &window, listed.total, place, line)))
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
        location: Location::of(row.point, &row.address),
        reward_usd: Money(row.reward),
        deadline: row.deadline.to_string(),
        accepted_at: row.accepted_at.map(|at| at.to_string()),
        completed_at: row.completed_at.map(|at| at.to_string()),
        created_at: row.created_at.to_string(),
    }
}
