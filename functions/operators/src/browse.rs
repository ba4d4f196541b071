//! `GET /operator/tasks`: the feed of pending tasks, newest first.

use crate::Operators;
use axum::extract::State;
use domain::task_type::{TaskDomain, TaskType};
use serde::Serialize;
use std::collections::BTreeMap;
use store::listing::{Row, Window};
use store::{Key, Store, StoreError};
use web::fields::Fields;
use web::location::Location;
use web::paging::{self, Page};
use web::{Answer, ApiError, Json, Money, OperatorCaller, Query};

#[derive(Serialize)]
pub(crate) struct Line {
    task_id: String,
    title: String,
    description: String,
    task_type: &'static str,
    location: Location,
    reward_usd: Money,
    deadline: String,
    proof_requirements: Vec<String>,
    created_at: String,
}

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    Query(query): Query,
) -> Answer<Page<Line>> {
    let store = state.gate.store();
    let wanted = read(query);

    let rows = rows(store, wanted.as_ref().ok());
    let (_, _, rows) = caller.enter_with(|_| ([], rows)).await?;
    let (_, window) = wanted?;

    let total = rows.len();
    let mut rows = window.cut(rows, place);
    complete(store, &mut rows).await?;
    Ok(Json::ok(Page::new(rows, &window, total, place, line)))
}

fn read(mut query: Fields) -> Result<(Option<TaskType>, Window), ApiError> {
    let window = paging::window(&mut query);
    let kind = query.optional_word("task_type", TaskType::ALL, TaskType::parse);
    query.finish()?;
    Ok((kind, window))
}

/// Open tasks of the wanted type whose deadline has not passed; the sweeper may be behind.
async fn rows(store: &Store, wanted: Option<&(Option<TaskType>, Window)>) -> Result<Vec<Row>, StoreError> {
    let Some((kind, window)) = wanted else {
        return Ok(Vec::new());
    };
    let domains = TaskDomain::ALL.iter().filter(|domain| kind.is_none_or(|kind| kind.domain() == **domain));
    let feeds = store.feeds(domains.copied(), window).await?;
    let mut rows = feeds.concat();
    rows.retain(|row| row.deadline > store.now() && kind.is_none_or(|kind| kind == row.task_type));
    rows.sort_by(|a, b| b.cursor.cmp(&a.cursor));
    Ok(rows)
}

/// Fetches the full texts of the few whose texts are too long for the index.
async fn complete(store: &Store, rows: &mut [Row]) -> Result<(), StoreError> {
    let abridged: Vec<_> = rows.iter().filter(|row| row.abridged).map(|row| row.id).collect();
    let mut found = store.read(abridged.iter().copied().map(Key::brief)).await?;
    let briefs = abridged.into_iter().map(|id| Ok((id, found.brief(id)?)));
    let briefs: BTreeMap<_, _> = briefs.collect::<Result<_, StoreError>>()?;
    for row in rows {
        if let Some(brief) = briefs.get(&row.id) {
            row.description = brief.description.clone().unwrap_or_default();
            row.requirements = brief.requirements.clone().unwrap_or_default();
        }
    }
    Ok(())
}

fn place(row: &Row) -> String {
    row.cursor.clone()
}

fn line(row: Row) -> Line {
    Line {
        task_id: row.id.to_string(),
        title: row.title,
        description: row.description,
        task_type: row.task_type.word(),
        location: Location::of(row.point, &row.address),
        reward_usd: Money(row.reward),
        deadline: row.deadline.to_string(),
        proof_requirements: row.requirements,
        created_at: row.created_at.to_string(),
    }
}
