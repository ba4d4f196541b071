//! `GET /operator/payout/status/{id}`: one of the operator's payouts.

use contract::operator::payout::status::Reply;
use contract::read::Nothing;
use contract::wire::{Id, Money, Word};
use domain::PayoutId;
use store::Key;
use web::{Answer, ApiError, Json, OperatorCaller, PathId, Query};

pub(crate) async fn handle(caller: OperatorCaller, PathId(id): PathId<PayoutId>, query: Query) -> Answer<Reply> {
    let (operator, mut found) = caller.authenticate(|who| id.map(|id| Key::payout(who, id))).await?;
    query.read::<Nothing>()?;

    let payout = match id {
        Some(id) => found.payout(&operator, id)?,
        None => None,
    };
    let payout = payout.ok_or_else(|| ApiError::not_found("Payout"))?;
    Ok(Json::ok(Reply { payout_id: Id(payout.id), status: Word(payout.status()), amount_usd: Money(payout.amount) }))
}
