//! `POST /operator/payout`: withdraws available earnings. Test mode pays at once.

use crate::Operators;
use axum::extract::State;
use domain::ledger::Rail;
use domain::limits::PAYOUT_MIN;
use domain::operator::Earnings;
use domain::{OperatorId, PayoutId, Usd};
use serde::Serialize;
use store::payouts::{Payout, PayoutError};
use store::{Key, Store};
use web::error::{insufficient_earnings, key_reused};
use web::fields::{Currency, Fields};
use web::idempotency::IdempotencyKey;
use web::{Answer, ApiError, Json, Mode, Money, OperatorCaller, Payload};

#[derive(Serialize)]
pub(crate) struct Reply {
    payout_id: String,
    status: &'static str,
    amount_usd: Money,
    message: &'static str,
}

struct Body {
    amount: Usd,
    rail: Rail,
    destination: String,
}

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (state.gate.store(), state.gate.store().now());
    let id_of = |who: &OperatorId| key.id("payout", who.as_str(), now, PayoutId::from_digest, PayoutId::new);

    let derived = key.digest("payout", "").is_some();
    let keys = |who: &OperatorId| {
        let earlier = derived.then(|| Key::payout(who, id_of(who)));
        [Key::earnings(who)].into_iter().chain(earlier).collect::<Vec<_>>()
    };
    let (operator, mut found) = caller.enter_verified(keys).await?;
    let body = read(&payload, &key)?;
    if state.gate.mode() == Mode::Live {
        let sentence = "Payouts are not available in this deployment yet. Your earnings stay available.";
        return Err(ApiError::bad_request("payment_method_unavailable", sentence));
    }

    let wanted = Payout {
        id: id_of(&operator.id),
        operator: operator.id.clone(),
        amount: body.amount,
        rail: body.rail,
        destination: body.destination,
        created_at: now,
    };
    let earlier = found.payout(&operator.id, wanted.id)?;

    let known = earlier.is_some();
    let there = match earlier {
        Some(earlier) => earlier,
        None => pay_out(store, &wanted, found.earnings(&operator.id)?.unwrap_or_default()).await?,
    };
    if there != (Payout { created_at: there.created_at, ..wanted }) {
        return Err(key_reused());
    }
    // A request that raced with this one may have been first.
    let replayed = known || there.created_at != now;

    Ok(Json::ok(Reply {
        payout_id: there.id.to_string(),
        status: "completed",
        amount_usd: Money(there.amount),
        message: "Payout completed (test mode)",
    })
    .replayed(replayed))
}

/// The payout that is there: this one, or the one that an earlier request with the key made.
async fn pay_out(store: &Store, wanted: &Payout, earnings: Earnings) -> Result<Payout, ApiError> {
    match store.pay_out(wanted.clone(), earnings).await {
        Ok(there) => Ok(there),
        // The earnings may have been read after a twin request took them, the payout before.
        Err(PayoutError::Short { available }) => {
            let mut found = store.read([Key::payout(&wanted.operator, wanted.id)]).await?;
            let twin = found.payout(&wanted.operator, wanted.id)?;
            twin.ok_or_else(|| insufficient_earnings(wanted.amount, available))
        }
        Err(PayoutError::Store(error)) => Err(error.into()),
    }
}

fn read(payload: &Payload, key: &IdempotencyKey) -> Result<Body, ApiError> {
    let mut fields = Fields::parse(&payload.0)?;
    key.check(&mut fields);
    let amount = fields.money("amount_usd", Currency::Usd);
    if amount < PAYOUT_MIN {
        fields.problem_once("amount_usd", format!("must be at least {PAYOUT_MIN}"));
    }
    let wallet = fields.optional_parsed("wallet_address", "must be 0x and 40 hexadecimal digits", wallet);
    let payee = fields.optional_text("payoneer_payee_id", 1..=100);
    let method = fields.optional_word("method", &["usdc", "payoneer"], |word| match word {
        "usdc" => Some("usdc"),
        "payoneer" => Some("payoneer"),
        _ => None,
    });
    // The reference's body names only a payee.
    let payoneer = method.map_or(payee.is_some() && wallet.is_none(), |method| method == "payoneer");
    fields.finish()?;
    let (rail, destination) = if payoneer { (Rail::Payoneer, payee) } else { (Rail::Base, wallet) };
    Ok(Body { amount, rail, destination: destination.unwrap_or_else(|| "test".to_owned()) })
}

fn wallet(text: &str) -> Option<String> {
    let digits = text.strip_prefix("0x")?;
    (digits.len() == 40 && digits.bytes().all(|b| b.is_ascii_hexdigit())).then(|| text.to_owned())
}
