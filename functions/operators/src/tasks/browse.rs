//! `GET /operator/tasks`: the feed of pending tasks, newest first.

use axum::extract::State;
use contract::operator::tasks::browse::{Line, Query, Reply};
use contract::wire::{Id, Location, Moment, Money, Word};
use domain::task_type::{TaskDomain, TaskType};
use std::collections::BTreeMap;
use store::task::listing::{Listed, OperatorRow, Row, Window};
use store::{Key, Store, StoreError};
use web::{Answer, Gate, Json, OperatorCaller, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: OperatorCaller, query: web::Query) -> Answer<Reply> {
    let store = gate.store();
    let wanted = query.read().map(|Query { task_type, window }| (task_type, paging::window(window)));

    let listed = |_| listed(store, wanted.as_ref().ok());
    let (_, _, Listed { mut rows, total }) = caller.authenticate_beside(|_| [], listed).await?;
    let (_, window) = wanted?;

    complete(store, &mut rows).await?;
    Ok(Json::ok(paging::page(rows, &window, total, |row| row.place().to_owned(), line)))
}

/// Open tasks of the wanted type whose deadline has not passed; the sweeper may be behind.
async fn listed(store: &Store, wanted: Option<&(Option<TaskType>, Window)>) -> Result<Listed<OperatorRow>, StoreError> {
    let Some((kind, window)) = wanted else {
        return Ok(Listed::default());
    };
    let domains = match kind {
        Some(kind) => vec![kind.domain()],
        None => TaskDomain::ALL.to_vec(),
    };
    let now = store.now();
    let fits = |kind: &Option<TaskType>, row: &OperatorRow| kind.is_none_or(|kind| kind == row.summary.task_type);
    let keep = |row: &OperatorRow| row.summary.deadline > now && fits(kind, row);
    store.feed(&domains, window, keep).await
}

/// Fetches the full texts of the few whose texts are too long for the index.
async fn complete(store: &Store, rows: &mut [OperatorRow]) -> Result<(), StoreError> {
    let abridged: Vec<_> = rows.iter().filter(|row| row.abridged).map(|row| row.summary.id).collect();
    let mut found = store.read(abridged.iter().copied().map(Key::brief)).await?;
    let briefs = abridged.into_iter().map(|id| Ok((id, found.brief(id)?)));
    let briefs: BTreeMap<_, _> = briefs.collect::<Result<_, StoreError>>()?;
    for row in rows {
        if let Some(brief) = briefs.get(&row.summary.id) {
            row.description = brief.description.clone().unwrap_or_default();
            row.requirements = brief.requirements.clone().unwrap_or_default();
        }
    }
    Ok(())
}

fn line(row: OperatorRow) -> Line {
    let task = row.summary;
    Line {
        task_id: Id(task.id),
        title: task.title,
        description: row.description,
        task_type: Word(task.task_type),
        location: Location::of(row.point, &row.address),
        reward_usd: Money(task.reward),
        deadline: Moment(task.deadline),
        proof_requirements: row.requirements,
        created_at: Moment(task.created_at),
    }
}
