//! `GET /operator/earnings`: what is pending, what is available, what was earned lately.

use axum::extract::State;
use contract::operator::earnings::{Line, Reply};
use contract::read::Nothing;
use contract::wire::{Id, Moment, Money, Word};
use domain::Usd;
use domain::status::Status;
use store::Key;
use store::task::listing::OperatorRow;
use web::{Answer, Gate, Json, OperatorCaller, Query};

/// Accepted tasks that are looked at, and completed ones that are shown.
const LOOKED_AT: usize = 30;
const SHOWN: usize = 10;

pub(crate) async fn handle(State(gate): State<Gate>, caller: OperatorCaller, query: Query) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());

    let latest = async |who| store.latest_of_operator(&who, LOOKED_AT).await;
    let (operator, mut found, rows) = caller.authenticate_beside(|who| [Key::earnings(who)], latest).await?;
    query.read::<Nothing>()?;

    let earnings = found.earnings(&operator)?.unwrap_or_default();
    let completed = rows.into_iter().filter(|row| row.summary.status == Status::Completed);
    Ok(Json::ok(Reply {
        pending_balance: Money(earnings.pending(now)),
        available_balance: Money(earnings.available(now)),
        total_earned: Money(earnings.total),
        currency: "USD",
        in_flight_balance: (earnings.in_flight > Usd::ZERO).then_some(Money(earnings.in_flight)),
        next_available_at: earnings.next_available_at(now).map(Moment),
        recent_tasks: completed.take(SHOWN).map(line).collect(),
    }))
}

fn line(row: OperatorRow) -> Line {
    let task = row.summary;
    Line {
        task_id: Id(task.id),
        title: task.title,
        reward_usd: Money(task.reward),
        status: Word(task.status),
        completed_at: row.completed_at.map(Moment),
    }
}
