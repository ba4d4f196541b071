//! `GET /operator/payout/status/{id}`: one of the operator's payouts.

use contract::operator::payout::status::Reply;
use contract::read::Nothing;
use domain::PayoutId;
use domain::money::payout::Payee;
use store::Key;
use web::{Answer, ApiError, Json, OperatorCaller, PathId, Query};

pub(crate) async fn handle(caller: OperatorCaller, PathId(id): PathId<PayoutId>, query: Query) -> Answer<Reply> {
    let (operator, mut found) =
        caller.authenticate(|who| id.map(|id| Key::payout(&Payee::Operator(who.clone()), id))).await?;
    query.read::<Nothing>()?;

    let payout = match id {
        Some(id) => found.payout(&Payee::Operator(operator), id)?,
        None => None,
    };
    Ok(Json::ok(payout.ok_or_else(|| ApiError::not_found("Payout"))?.into()))
}
