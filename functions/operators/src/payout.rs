//! `POST /operator/payout`: withdraws available earnings. Test mode pays at once.

pub(crate) mod status;

use axum::extract::State;
use contract::Code;
use contract::operator::payout::{Body, Reply};
use contract::wire::{Id, Money, Word};
use domain::money::payout::Payout;
use domain::operator::Earnings;
use domain::{Mode, OperatorId, PayoutId};
use store::ledger::payouts::PayoutError;
use store::{Key, Once, Store};
use web::{Answer, ApiError, Gate, IdempotencyKey, Json, OperatorCaller, Payload, fingerprint};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: OperatorCaller,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());
    let id_of = |who: &OperatorId| key.id("payout", who.as_str(), now, PayoutId::from_digest, PayoutId::new);

    let derived = key.digest("payout", "").is_some();
    let keys = |who: &OperatorId| {
        let earlier = derived.then(|| Key::payout(who, id_of(who)));
        [Key::earnings(who)].into_iter().chain(earlier).collect::<Vec<_>>()
    };
    let (operator, mut found) = caller.authenticate_confirmed(keys).await?;
    let (body, fingerprint) = read(&payload, &key)?;
    if gate.mode() == Mode::Live {
        let sentence = "Payouts are not available in this deployment yet. Your earnings stay available.";
        return Err(ApiError::of(Code::PaymentMethodUnavailable).saying(sentence));
    }

    let wanted = Payout {
        id: id_of(&operator.id),
        operator: operator.id.clone(),
        amount: body.amount,
        rail: body.rail,
        destination: body.destination.unwrap_or_else(|| "test".to_owned()),
        fingerprint: Some(fingerprint),
        created_at: now,
    };
    let there = match found.payout(&operator.id, wanted.id)? {
        Some(earlier) => Once::Replay(earlier),
        None => pay_out(store, &wanted, found.earnings(&operator.id)?.unwrap_or_default()).await?,
    };
    let (there, replayed) = there.split();
    if !there.is_repeated_by(&wanted) {
        return Err(ApiError::of(Code::IdempotencyKeyReused));
    }

    Ok(Json::ok(Reply {
        payout_id: Id(there.id),
        status: Word(there.status()),
        amount_usd: Money(there.amount),
        message: "Payout completed (test mode)",
    })
    .replayed(replayed))
}

/// The payout that is there: this one, or the one that an earlier request with the key made.
async fn pay_out(store: &Store, wanted: &Payout, earnings: Earnings) -> Result<Once<Payout>, ApiError> {
    match store.pay_out(wanted.clone(), earnings).await {
        Ok(there) => Ok(there),
        // The earnings may have been read after a twin request took them, the payout before.
        Err(PayoutError::Earnings(short)) => {
            let mut found = store.read([Key::payout(&wanted.operator, wanted.id)]).await?;
            let twin = found.payout(&wanted.operator, wanted.id)?;
            twin.map(Once::Replay).ok_or_else(|| short.into())
        }
        Err(PayoutError::Store(error)) => Err(error.into()),
    }
}

/// The body, and what must be equal for a replay.
fn read(payload: &Payload, key: &IdempotencyKey) -> Result<(Body, [u8; 16]), ApiError> {
    let mut given = payload.given()?;
    let rest = given.canonical(&["amount_usd"]);
    let body = given.read();
    key.check(&mut given);
    let body: Body = web::finish(body, given)?;
    let fingerprint = fingerprint(body.amount, &rest);
    Ok((body, fingerprint))
}
