//! GET and POST /agents/deposit/status: where a fiat payment stands.

use super::lock;
use domain::PaymentId;
use domain::ledger::Rail;
use serde::Serialize;
use store::deposits::{Deposit, reference_of};
use web::{AgentCaller, Answer, ApiError, Fields, Json, Money, Payload, Query};

pub(crate) async fn by_query(caller: AgentCaller, Query(query): Query) -> Answer<Reply> {
    answer(caller, Ok(query)).await
}

pub(crate) async fn by_body(caller: AgentCaller, payload: Payload) -> Answer<Reply> {
    answer(caller, Fields::parse(&payload.0)).await
}

async fn answer(caller: AgentCaller, fields: Result<Fields, ApiError>) -> Answer<Reply> {
    let parsed = fields.and_then(parse);

    let key = parsed.as_ref().ok().copied().flatten().map(lock);
    let (agent, mut found) = caller.enter(|_| key).await?;
    let payment = parsed?.ok_or_else(missing)?;

    let deposit = found.deposit(Rail::Dlocal, &reference_of(payment))?;
    let deposit = deposit.filter(|deposit| deposit.agent == agent).ok_or_else(missing)?;
    Ok(Json::ok(Reply::of(deposit)))
}

#[derive(Serialize)]
pub(crate) struct Reply {
    payment_id: String,
    status: &'static str,
    amount_usd: Money,
}

impl Reply {
    fn of(deposit: Deposit) -> Self {
        Self {
            payment_id: deposit.reference,
            status: if deposit.credited { "completed" } else { "pending" },
            amount_usd: Money(deposit.amount),
        }
    }
}

/// A text that is no payment id is the id of no payment.
fn parse(mut fields: Fields) -> Result<Option<PaymentId>, ApiError> {
    let payment = fields
        .parsed("payment_id", "must be a payment id: pay_ and 26 characters", |text| Some(PaymentId::parse(text)));
    fields.finish()?;
    Ok(payment.flatten())
}

fn missing() -> ApiError {
    ApiError::not_found("Payment")
}
