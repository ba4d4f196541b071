//! `GET /operator/payouts`: the operator's payouts, newest first.

use crate::Operators;
use axum::extract::State;
use serde::Serialize;
use store::payouts::Payout;
use web::paging::{self, Page};
use web::{Answer, Json, Money, OperatorCaller, Query};

#[derive(Serialize)]
pub(crate) struct Line {
    payout_id: String,
    status: &'static str,
    amount_usd: Money,
    rail: &'static str,
    destination: String,
    created_at: String,
}

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    Query(mut query): Query,
) -> Answer<Page<Line>> {
    let store = state.gate.store();
    let window = paging::window(&mut query);

    let (_, _, payouts) = caller
        .enter_with(|operator| {
            let who = operator.clone();
            ([], async move { store.payouts(&who).await })
        })
        .await?;
    query.finish()?;

    let total = payouts.len();
    Ok(Json::ok(Page::new(window.cut(payouts, place), &window, total, place, line)))
}

fn place(payout: &Payout) -> String {
    format!("{:013}#{}", payout.created_at.millis(), payout.id)
}

fn line(payout: Payout) -> Line {
    Line {
        payout_id: payout.id.to_string(),
        status: "completed",
        amount_usd: Money(payout.amount),
        rail: payout.rail.word(),
        destination: payout.destination,
        created_at: payout.created_at.to_string(),
    }
}
