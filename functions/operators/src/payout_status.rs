//! `GET /operator/payout/status/{id}`: one of the operator's payouts.

use axum::extract::Path;
use domain::PayoutId;
use serde::Serialize;
use store::Key;
use web::{Answer, ApiError, Json, Money, OperatorCaller, Query};

#[derive(Serialize)]
pub(crate) struct Reply {
    payout_id: String,
    status: &'static str,
    amount_usd: Money,
}

pub(crate) async fn handle(caller: OperatorCaller, Path(id): Path<String>, Query(query): Query) -> Answer<Reply> {
    let id = PayoutId::parse(&id);

    let (operator, mut found) = caller.enter(|who| id.map(|id| Key::payout(who, id))).await?;
    query.finish()?;

    let payout = match id {
        Some(id) => found.payout(&operator, id)?,
        None => None,
    };
    let payout = payout.ok_or_else(|| ApiError::not_found("Payout"))?;
    Ok(Json::ok(Reply { payout_id: payout.id.to_string(), status: "completed", amount_usd: Money(payout.amount) }))
}
