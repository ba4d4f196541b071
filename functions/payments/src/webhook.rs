//! `POST /webhooks/dlocal`: the provider says that something has become of a payment. A hint: what is booked is what it
//! answers when asked. Only test mode, where there is nobody to ask, believes it.

use crate::{Payments, provider};
use axum::extract::State;
use axum::http::HeaderMap;
use contract::Code;
use contract::webhooks::Received;
use domain::Mode;
use domain::ledger::Rail;
use domain::money::deposit::{Deposit, DepositStatus};
use fiat::dlocal::{About, Dlocal, Notice, Status};
use provider::{Asked, Trouble};
use store::{Key, Store};
use web::{Answer, Anyone, ApiError, Json, Payload};

pub(crate) async fn handle(
    State(payments): State<Payments>,
    caller: Anyone,
    headers: HeaderMap,
    payload: Payload,
) -> Answer<Received> {
    let notice = Notice::parse(payload.bytes());

    caller.admit().await?;
    let signed = payments.notices.as_ref().is_some_and(|notices| notices.verify(&headers, payload.bytes()));
    if !signed {
        return Err(ApiError::of(Code::InvalidSignature));
    }
    let notice = notice.ok_or_else(malformed)?;

    let store = payments.gate.store();
    let done = match (&notice.about, &payments.dlocal) {
        (About::Payment { .. }, Some(dlocal)) => told(store, dlocal, &notice).await?,
        (About::Reversal { id, .. }, Some(dlocal)) => taken_back(store, dlocal, id.as_deref()).await?,
        (About::Payment { status: Status::Paid, .. }, None) if payments.gate.mode() == Mode::Test => {
            believed(store, &notice).await?
        }
        (About::Payment { .. } | About::Reversal { .. }, None) => false,
    };
    let status = if done { "completed" } else { "ignored" };
    Ok(Json::ok(Received { received: true, status }))
}

/// The payment that a notification is of.
async fn expected(store: &Store, notice: &Notice) -> Result<Deposit, ApiError> {
    let order = notice.order_id.as_deref().ok_or_else(malformed)?;
    let deposit = store.read([Key::deposit(Rail::Dlocal, order)]).await?.deposit(Rail::Dlocal, order)?;
    deposit.ok_or_else(|| ApiError::not_found("Payment"))
}

async fn told(store: &Store, dlocal: &Dlocal, notice: &Notice) -> Result<bool, ApiError> {
    let deposit = expected(store, notice).await?;
    match provider::ask(store, dlocal, deposit).await.map_err(later)? {
        Asked::Known(deposit) => Ok(deposit.status == DepositStatus::Completed),
        Asked::Mismatch => Err(ApiError::of(Code::PaymentAmountMismatch)),
    }
}

async fn taken_back(store: &Store, dlocal: &Dlocal, id: Option<&str>) -> Result<bool, ApiError> {
    let booked = provider::take_back(store, dlocal, id.ok_or_else(malformed)?).await.map_err(later)?;
    Ok(booked.ok_or_else(|| ApiError::not_found("Payment"))?.status == DepositStatus::Reversed)
}

async fn believed(store: &Store, notice: &Notice) -> Result<bool, ApiError> {
    let expected = expected(store, notice).await?;
    let dollars = notice.currency.as_deref().is_none_or(|currency| currency == "USD");
    if notice.amount.filter(|_| dollars) != Some(expected.amount) {
        return Err(ApiError::of(Code::PaymentAmountMismatch));
    }
    if expected.status == DepositStatus::Pending {
        // The journal says when the money came, not when it was asked for.
        store.credit(Deposit { at: store.now(), ..expected }).await?;
    }
    Ok(true)
}

/// dLocal sends it again until it is taken.
fn later(trouble: Trouble) -> ApiError {
    match trouble {
        Trouble::Store(error) => error.into(),
        Trouble::Dlocal(error) => ApiError::internal(format!("dLocal could not be asked: {error}")),
    }
}

fn malformed() -> ApiError {
    ApiError::of(Code::InvalidRequest).saying("The body must be a dLocal payment: {status, order_id, amount}.")
}
