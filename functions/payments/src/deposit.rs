//! `POST /agents/deposit`: fiat through dLocal. In test mode the funds are there at once.

mod opening;
pub(crate) mod status;
pub(crate) mod usdc;

use crate::{Payments, unavailable};
use axum::extract::State;
use contract::Code;
use contract::agents::deposit::{Body, Reply};
use contract::wire::{Id, Money};
use domain::ledger::Rail;
use domain::money::deposit::{self, Deposit};
use domain::{AgentId, PaymentId};
use store::ledger::deposits::reference_of;
use store::{Key, Once};
use web::{AgentCaller, Answer, ApiError, IdempotencyKey, Json, Payload};

/// What the Idempotency-Key is for.
const PURPOSE: &str = "deposit";

pub(crate) async fn handle(
    State(payments): State<Payments>,
    caller: AgentCaller,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Reply> {
    let (body, gate) = (payload.read_once(&key, |body: &Body| body.amount), &payments.gate);

    // Without an Idempotency-Key the id is new, and nothing can be there.
    let derived = |agent: AgentId| key.digest(PURPOSE, &agent.to_string()).map(PaymentId::from_digest);
    let (agent, mut found) = caller.authenticate(|agent| derived(agent).map(lock)).await?;
    let (body, fingerprint) = body?;
    if payments.dlocal.is_none() {
        unavailable::in_live(gate.mode())?;
    }

    let now = gate.store().now();
    let payment = derived(agent).unwrap_or_else(|| PaymentId::new(now, store::random_bits()));
    let asked = deposit::expected(payment, agent, body.amount, Some(fingerprint), now);

    let (expected, replayed) = match found.deposit(asked.rail, &asked.reference)? {
        Some(earlier) => Once::Replay(earlier),
        None => gate.store().expect_payment(asked.clone()).await?,
    }
    .split();
    if !expected.is_repeated_by(&asked) {
        return Err(ApiError::of(Code::IdempotencyKeyReused));
    }
    if let Some(dlocal) = &payments.dlocal {
        let opened = opening::open(dlocal, gate.store(), expected, &body).await?;
        return Ok(opened.replayed(replayed));
    }
    let (credited, _) = gate.store().credit(expected).await?.split();

    Ok(Json::ok(reply(payment, &credited)).replayed(replayed))
}

fn reply(payment: PaymentId, credited: &Deposit) -> Reply {
    Reply {
        transaction_id: Id(credited.transaction),
        amount_usd: Money(credited.amount),
        status: "completed",
        message: "Funds added (test mode)",
        payment_id: Id(payment),
        redirect_url: None,
    }
}

fn lock(payment: PaymentId) -> Key {
    Key::deposit(Rail::Dlocal, &reference_of(payment))
}

#[cfg(test)]
mod tests;
