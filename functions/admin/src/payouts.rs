//! `GET /admin/payouts`: payouts that need a person. There is nothing to press: the RUNBOOK says what to mend.

use axum::extract::State;
use contract::admin::payouts::{Reply, StuckPayout};
use contract::wire::Window;
use std::cmp::Reverse;
use store::ledger::payouts::Open;
use web::{AdminCaller, Answer, Gate, Json, Query, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AdminCaller, query: Query) -> Answer<Reply> {
    caller.authenticate().await?;
    let window = paging::window(query.read::<Window>()?);

    let (store, now) = (gate.store(), gate.store().now());
    let mut stuck = store.open_payouts().await?;
    stuck.retain(|open| open.is_parked || open.payout.is_stuck(now));
    stuck.sort_by_key(|open| Reverse(place(open)));
    let total = stuck.len();
    Ok(Json::ok(paging::page(window.cut(stuck, place), &window, total, place, line)))
}

fn place(open: &Open) -> String {
    format!("{:013}#{}", open.payout.created_at.millis(), open.payout.id)
}

fn line(open: Open) -> StuckPayout {
    StuckPayout::of(open.payout, open.is_parked)
}
