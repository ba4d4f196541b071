//! `GET` and `POST /agents/deposit/status`: where a fiat payment stands.

use super::lock;
use contract::agents::deposit::status::{Payment, Reply};
use contract::wire::{Id, Money, Word};
use domain::PaymentId;
use domain::ledger::Rail;
use domain::money::deposit::Deposit;
use store::ledger::deposits::reference_of;
use web::{AgentCaller, Answer, ApiError, Json, Payload, Query};

pub(crate) async fn handle(caller: AgentCaller, query: Query) -> Answer<Reply> {
    answer(caller, query.read()).await
}

pub(crate) async fn by_body(caller: AgentCaller, payload: Payload) -> Answer<Reply> {
    answer(caller, payload.read()).await
}

async fn answer(caller: AgentCaller, asked: Result<Payment, ApiError>) -> Answer<Reply> {
    let key = asked.as_ref().ok().and_then(|payment| payment.id).map(lock);
    let (agent, mut found) = caller.authenticate(|_| key).await?;
    let payment = asked?.id.ok_or_else(missing)?;

    let deposit = found.deposit(Rail::Dlocal, &reference_of(payment))?;
    let deposit = deposit.filter(|deposit| deposit.agent == agent).ok_or_else(missing)?;
    Ok(Json::ok(reply(payment, &deposit)))
}

fn reply(payment: PaymentId, deposit: &Deposit) -> Reply {
    Reply { payment_id: Id(payment), status: Word(deposit.status), amount_usd: Money(deposit.amount) }
}

fn missing() -> ApiError {
    ApiError::not_found("Payment")
}
