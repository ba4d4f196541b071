//! POST /agents/deposit: fiat through dLocal. In test mode the funds are there at once.

pub(crate) mod status;
pub(crate) mod usdc;

use crate::unavailable;
use axum::extract::State;
use axum::http::Uri;
use domain::ledger::Rail;
use domain::limits::{DEPOSIT_MAX, DEPOSIT_MIN};
use domain::{AgentId, PaymentId, Timestamp, TransactionId, Usd};
use serde::Serialize;
use store::Key;
use store::deposits::{Deposit, reference_of};
use web::fields::Currency;
use web::idempotency::IdempotencyKey;
use web::{AgentCaller, Answer, ApiError, Fields, Gate, Json, Money, Payload};

/// How fiat can be paid.
const METHODS: [&str; 2] = ["card", "bank_transfer"];
/// Characters of a return URL.
const URL_CHARS: usize = 2_048;

pub(crate) async fn handle(
    caller: AgentCaller,
    State(gate): State<Gate>,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Reply> {
    let parsed = parse(&payload.0, &key);

    // Without an Idempotency-Key the id is new, and nothing can be there.
    let derived = |agent: AgentId| key.digest(PURPOSE, &agent.to_string()).map(PaymentId::from_digest);
    let (agent, mut found) = caller.enter(|agent| derived(agent).map(lock)).await?;
    let amount = parsed?;
    unavailable::in_live(gate.mode())?;

    let now = gate.store().now();
    let payment = derived(agent).unwrap_or_else(|| PaymentId::new(now, store::random_bits()));
    let asked = pending(payment, agent, amount, now);
    let earlier = found.deposit(asked.rail, &asked.reference)?;

    let known = earlier.is_some();
    let expected = match earlier {
        Some(earlier) => earlier,
        None => gate.store().expect_payment(asked).await?,
    };
    if expected.amount != amount {
        return Err(web::error::key_reused());
    }
    // A request that raced with this one may have been first.
    let replayed = known || expected.at != now;
    let credited = if expected.credited { expected } else { gate.store().credit(expected).await? };

    Ok(Json::ok(Reply::of(credited)).replayed(replayed))
}

/// What the Idempotency-Key is for.
const PURPOSE: &str = "deposit";

#[derive(Serialize)]
pub(crate) struct Reply {
    transaction_id: String,
    amount_usd: Money,
    status: &'static str,
    message: &'static str,
    payment_id: String,
}

impl Reply {
    fn of(credited: Deposit) -> Self {
        Self {
            transaction_id: credited.transaction.to_string(),
            amount_usd: Money(credited.amount),
            status: "completed",
            message: "Funds added (test mode)",
            payment_id: credited.reference,
        }
    }
}

fn parse(body: &[u8], key: &IdempotencyKey) -> Result<Usd, ApiError> {
    let mut fields = Fields::parse(body)?;
    key.check(&mut fields);
    let amount = fields.money_within("amount_usd", Currency::Usd, DEPOSIT_MIN..=DEPOSIT_MAX);
    fields.word("payment_method", &METHODS, |word| METHODS.into_iter().find(|method| *method == word));
    fields.optional_parsed("return_url", "must be an https URL of at most 2048 characters", https);
    fields.finish()?;
    Ok(amount)
}

fn https(text: &str) -> Option<Uri> {
    let url: Uri = text.parse().ok()?;
    let whole = url.scheme_str() == Some("https") && url.host().is_some_and(|host| !host.is_empty());
    (whole && text.len() <= URL_CHARS).then_some(url)
}

fn lock(payment: PaymentId) -> Key {
    Key::deposit(Rail::Dlocal, &reference_of(payment))
}

/// A payment has one transaction, so its id is made of the same bits.
fn pending(payment: PaymentId, agent: AgentId, amount: Usd, now: Timestamp) -> Deposit {
    Deposit {
        rail: Rail::Dlocal,
        reference: reference_of(payment),
        transaction: TransactionId::from_bytes(payment.bytes()),
        agent,
        amount,
        credited: false,
        at: now,
    }
}

#[cfg(test)]
mod tests;
