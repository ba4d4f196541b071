//! `POST /operator/payout`: withdraws available earnings. Where there is a chain or a provider it is set aside here, and
//! `payouts` sends it; test mode without one pays at once.

mod destination;
pub(crate) mod status;

use crate::Operators;
use axum::extract::State;
use contract::Code;
use contract::operator::payout::{Body, Reply};
use contract::wire::{Id, Money, Word};
use domain::money::payout::{Payee, Payout, PayoutStatus, Way};
use domain::{OperatorId, PayoutId};
use store::ledger::payouts::{PayoutError, Purse};
use store::{Key, Once};
use web::{Answer, ApiError, IdempotencyKey, Json, OperatorCaller, Payload};

pub(crate) async fn handle(
    State(operators): State<Operators>,
    caller: OperatorCaller,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Reply> {
    let gate = &operators.gate;
    let (store, now) = (gate.store(), gate.store().now());
    let id_of = |who: &OperatorId| key.id("payout", who.as_str(), now, PayoutId::from_digest, PayoutId::new);
    let body = payload.read_once(&key, |body: &Body| body.amount);

    let derived = key.digest("payout", "").is_some();
    let keys = |who: &OperatorId| {
        let payee = Payee::Operator(who.clone());
        let earlier = derived.then(|| Key::payout(&payee, id_of(who)));
        let carried = |body: &Body| operators.ways.by(body.rail, gate.mode()) == Way::Carried;
        let named = body.as_ref().ok().filter(|(body, _)| carried(body));
        let destination = named.into_iter().flat_map(|(body, _)| destination::keys(&payee, body));
        [Key::earnings(who)].into_iter().chain(earlier).chain(destination).collect::<Vec<_>>()
    };
    let (operator, mut found) = caller.authenticate_confirmed(keys).await?;
    let (Body { amount, rail, destination }, fingerprint) = body?;
    let payee = Payee::Operator(operator.id.clone());
    let earlier = found.payout(&payee, id_of(&operator.id))?;
    let way = operators.ways.by(rail, gate.mode());
    let (status, destination) = match (&earlier, way) {
        (Some(earlier), _) => (earlier.status, earlier.destination.clone()),
        (None, Way::AtOnce) => (PayoutStatus::Completed, destination.unwrap_or_else(|| "test".to_owned())),
        (None, Way::Carried) => {
            let named = (rail, destination);
            (PayoutStatus::Reserved, destination::usable(&operators, &payee, named, &mut found).await?)
        }
        (None, Way::Closed) => return Err(closed()),
    };

    let asked = Payout::asked(id_of(&operator.id), payee, amount, (rail, destination), status, now);
    let wanted = Payout { fingerprint: Some(fingerprint), ..asked };
    let there = match earlier {
        Some(earlier) => Once::Replay(earlier),
        None => {
            let earnings = found.earnings(&operator.id)?.unwrap_or_default();
            store.pay_out(wanted.clone(), Purse::Earnings(earnings)).await.map_err(refused)?
        }
    };
    let (there, replayed) = there.split();
    if !there.is_repeated_by(&wanted) {
        return Err(ApiError::of(Code::IdempotencyKeyReused));
    }
    Ok(reply(&there).replayed(replayed))
}

fn reply(there: &Payout) -> Json<Reply> {
    let (answer, message): (fn(Reply) -> Json<Reply>, _) = match (there.status, there.steps.len()) {
        (PayoutStatus::Completed, 1) => (Json::ok, "Payout completed (test mode)"),
        (PayoutStatus::Completed, _) => (Json::ok, "Payout completed"),
        (PayoutStatus::Failed | PayoutStatus::Returned, _) => {
            (Json::ok, "Payout failed: the money is back in your available balance")
        }
        (
            PayoutStatus::Reserved
            | PayoutStatus::Signed
            | PayoutStatus::Broadcast
            | PayoutStatus::Submitted
            | PayoutStatus::Confirmed,
            _,
        ) => (Json::accepted, "Payout on its way"),
    };
    let (payout_id, status) = (Id(there.id), Word(there.status));
    answer(Reply { payout_id, status, amount_usd: Money(there.amount), message })
}

fn refused(error: PayoutError) -> ApiError {
    match error {
        PayoutError::Short(short) => short.into(),
        PayoutError::Store(error) => error.into(),
    }
}

fn closed() -> ApiError {
    let sentence = "Payouts are not available in this deployment yet. Your earnings stay available.";
    ApiError::of(Code::PaymentMethodUnavailable).saying(sentence)
}
