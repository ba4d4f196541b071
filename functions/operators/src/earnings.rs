//! `GET /operator/earnings`: what is pending, what is available, what was earned lately.

use crate::Operators;
use axum::extract::State;
use domain::status::Status;
use serde::Serialize;
use store::Key;
use store::listing::Row;
use web::{Answer, Json, Money, OperatorCaller, Query};

/// Accepted tasks that are looked at, and completed ones that are shown.
const LOOKED_AT: usize = 30;
const SHOWN: usize = 10;

#[derive(Serialize)]
pub(crate) struct Reply {
    pending_balance: Money,
    available_balance: Money,
    total_earned: Money,
    currency: &'static str,
    next_available_at: Option<String>,
    recent_tasks: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    task_id: String,
    title: String,
    reward_usd: Money,
    status: &'static str,
    completed_at: Option<String>,
}

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    Query(query): Query,
) -> Answer<Reply> {
    let (store, now) = (state.gate.store(), state.gate.store().now());

    let (operator, mut found, rows) = caller
        .enter_with(|operator| {
            let who = operator.clone();
            ([Key::earnings(operator)], async move { store.latest_of_operator(&who, LOOKED_AT).await })
        })
        .await?;
    query.finish()?;

    let earnings = found.earnings(&operator)?.unwrap_or_default();
    let completed = rows.into_iter().filter(|row| row.status == Status::Completed);
    Ok(Json::ok(Reply {
        pending_balance: Money(earnings.pending(now)),
        available_balance: Money(earnings.available(now)),
        total_earned: Money(earnings.total),
        currency: "USD",
        next_available_at: earnings.next_available_at(now).map(|at| at.to_string()),
        recent_tasks: completed.take(SHOWN).map(line).collect(),
    }))
}

fn line(row: Row) -> Line {
    Line {
        task_id: row.id.to_string(),
        title: row.title,
        reward_usd: Money(row.reward),
        status: row.status.word(),
        completed_at: row.completed_at.map(|at| at.to_string()),
    }
}
