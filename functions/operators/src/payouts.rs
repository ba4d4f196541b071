//! `GET /operator/payouts`: the operator's payouts, newest first.

use axum::extract::State;
use contract::operator::payouts::{Line, Reply};
use contract::wire::Window;
use domain::money::payout::{Payee, Payout};
use web::{Answer, Gate, Json, OperatorCaller, Query, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: OperatorCaller, query: Query) -> Answer<Reply> {
    let payouts = async |who| gate.store().payouts(&Payee::Operator(who)).await;
    let (_, _, payouts) = caller.authenticate_beside(|_| [], payouts).await?;
    let window = paging::window(query.read::<Window>()?);

    let total = payouts.len();
    Ok(Json::ok(paging::page(window.cut(payouts, place), &window, total, place, Line::from)))
}

fn place(payout: &Payout) -> String {
    format!("{:013}#{}", payout.created_at.millis(), payout.id)
}
