//! `GET /admin/operators/{id}`: who an operator is, what they have done, what they have earned.

use crate::agent::{LATEST, line};
use axum::extract::State;
use contract::admin::operator::{Earned, Reply};
use contract::operator::me;
use contract::read::Nothing;
use contract::wire::Money;
use domain::OperatorId;
use domain::money::payout::Payee;
use store::Key;
use web::{AdminCaller, Answer, ApiError, Gate, Json, PathId, Query};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AdminCaller,
    PathId(id): PathId<OperatorId>,
    query: Query,
) -> Answer<Reply> {
    caller.authenticate().await?;
    query.read::<Nothing>()?;
    let missing = || ApiError::not_found("Operator");
    let id = id.ok_or_else(missing)?;

    let (store, now, payee) = (gate.store(), gate.store().now(), Payee::Operator(id.clone()));
    let (mut found, payouts, rows) = tokio::try_join!(
        store.read([Key::operator(&id), Key::earnings(&id)]),
        store.payouts(&payee),
        store.latest_of_operator(&id, LATEST)
    )?;
    let operator = found.operator(&id)?.ok_or_else(missing)?;
    let earnings = found.earnings(&id)?.unwrap_or_default();
    Ok(Json::ok(Reply {
        checked: operator.checked.clone().map(Into::into),
        profile: me::Reply::of(operator, &earnings),
        earnings: Earned {
            pending_balance: Money(earnings.pending(now)),
            available_balance: Money(earnings.available(now)),
            in_flight_balance: Money(earnings.in_flight),
            total_earned: Money(earnings.total),
        },
        payouts: payouts.into_iter().take(LATEST).map(Into::into).collect(),
        recent_tasks: rows.into_iter().map(|row| line(row.summary)).collect(),
    }))
}
