//! `GET /operator/tasks`: the feed of pending tasks, newest first.

use crate::Operators;
use axum::extract::State;
use domain::task_type::{TaskDomain, TaskType};
use serde::Serialize;
use std::collections::BTreeMap;
use store::listing::{Listed, Row, Window};
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

    let listed = listed(store, wanted.as_ref().ok());
    let (_, _, Listed { mut rows, total }) = caller.enter_with(|_| ([], listed)).await?;
    let (_, window) = wanted?;

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
async fn listed(store: &Store, wanted: Option<&(Option<TaskType>, Window)>) -> Result<Listed, StoreError> {
    let Some((kind, window)) = wanted else {
        return Ok(Listed::default());
    };
    let domains = match kind {
        Some(kind) => vec![kind.domain()],
        None => TaskDomain::ALL.to_vec(),
    };
    let now = store.now();
    let keep = |row: &Row| row.deadline > now && kind.is_none_or(|kind| kind == row.task_type);
    store.feed(&domains, window, keep).await
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
