//! `GET /operator/tasks`: the feed of pending tasks, newest first.

use super::{Reputations, reputations};
use axum::extract::State;
use contract::operator::tasks::Reputation;
use contract::operator::tasks::browse::{Line, Query, Reply};
use contract::wire::{Id, Location, Moment, Money, Word};
use domain::limits::PAGE_BYTES;
use std::collections::BTreeMap;
use store::task::listing::{Listed, OperatorRow, Row};
use store::{Key, Store, StoreError};
use web::{Answer, Gate, Json, OperatorCaller, paging};

/// Briefs that are read in one request: those of a page, unless a larger one was asked for.
const BRIEFS_AT_ONCE: usize = 25;

pub(crate) async fn handle(State(gate): State<Gate>, caller: OperatorCaller, query: web::Query) -> Answer<Reply> {
    let store = gate.store();
    let wanted = query.read().map(|Query { task_type, window }| (task_type, paging::window(window)));

    let listed = async |_| match &wanted {
        Ok((kind, window)) => store.feed(*kind, window).await,
        Err(_) => Ok(Listed::default()),
    };
    let (_, _, Listed { mut rows, total }) = caller.authenticate_beside(|_| [], listed).await?;
    let (_, window) = wanted?;

    let agents = complete(store, &mut rows).await?;
    let line = |row: OperatorRow| line(agents[&row.agent], row);
    Ok(Json::ok(paging::page(rows, &window, total, |row| row.place().to_owned(), line)))
}

/// Fetches the full texts of those whose texts are too long for the index, and the agents, until there are enough for a
/// page. Rows behind that are dropped: the page ends before them.
async fn complete(store: &Store, rows: &mut Vec<OperatorRow>) -> Result<Reputations, StoreError> {
    let (mut done, mut bytes, mut agents) = (0, 0, Reputations::new());
    while done < rows.len() && bytes <= PAGE_BYTES {
        let end = rows.len().min(done + BRIEFS_AT_ONCE);
        let batch = &mut rows[done..end];
        agents.extend(unabridge(store, batch).await?);
        let texts = batch.iter().flat_map(|row| row.requirements.iter().chain([&row.description]));
        bytes += texts.map(String::len).sum::<usize>();
        done = end;
    }
    rows.truncate(done);
    Ok(agents)
}

async fn unabridge(store: &Store, rows: &mut [OperatorRow]) -> Result<Reputations, StoreError> {
    let abridged: Vec<_> = rows.iter().filter(|row| row.abridged).map(|row| row.summary.id).collect();
    let agents = rows.iter().map(|row| Key::agent(row.agent));
    let mut found = store.read(abridged.iter().copied().map(Key::brief).chain(agents)).await?;
    let briefs = abridged.into_iter().map(|id| Ok((id, found.brief(id)?)));
    let briefs: BTreeMap<_, _> = briefs.collect::<Result<_, StoreError>>()?;
    for row in rows.iter_mut() {
        if let Some(brief) = briefs.get(&row.summary.id) {
            row.description = brief.description.clone().unwrap_or_default();
            row.requirements = brief.requirements.clone().unwrap_or_default();
        }
    }
    reputations(&mut found, rows)
}

fn line(agent: Reputation, row: OperatorRow) -> Line {
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
        agent,
    }
}
