//! `GET /operator/payouts`: the operator's payouts, newest first.

use axum::extract::State;
use contract::operator::payouts::{Line, Reply};
use contract::wire::{Id, Moment, Money, Window, Word};
use domain::money::payout::{Payee, Payout};
use web::{Answer, Gate, Json, OperatorCaller, Query, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: OperatorCaller, query: Query) -> Answer<Reply> {
    let payouts = async |who| gate.store().payouts(&Payee::Operator(who)).await;
    let (_, _, payouts) = caller.authenticate_beside(|_| [], payouts).await?;
    let window = paging::window(query.read::<Window>()?);

    let total = payouts.len();
    Ok(Json::ok(paging::page(window.cut(payouts, place), &window, total, place, line)))
}

fn place(payout: &Payout) -> String {
    format!("{:013}#{}", payout.created_at.millis(), payout.id)
}

fn line(payout: Payout) -> Line {
    Line {
        payout_id: Id(payout.id),
        status: Word(payout.status),
        amount_usd: Money(payout.amount),
        rail: Word(payout.rail),
        destination: payout.destination,
        created_at: Moment(payout.created_at),
    }
}
