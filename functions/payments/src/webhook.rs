//! `POST /webhooks/dlocal`: the provider says that a payment was made. Credits what was expected,
//! never what the notification says.

mod notice;

use crate::Payments;
use axum::extract::State;
use axum::http::HeaderMap;
use contract::Code;
use contract::webhooks::Received;
use domain::Usd;
use domain::ledger::Rail;
use domain::money::deposit::{Deposit, DepositStatus};
use notice::Notice;
use store::{Key, Store};
use web::{Answer, Anyone, ApiError, Json, Payload};

const SIGNATURE: &str = "x-signature";

pub(crate) async fn handle(
    State(payments): State<Payments>,
    caller: Anyone,
    headers: HeaderMap,
    payload: Payload,
) -> Answer<Received> {
    let notice = notice::parse(payload.bytes());

    caller.admit().await?;
    payments.authenticate(&headers, payload.bytes())?;
    let notice = notice.ok_or_else(malformed)?;

    match notice {
        Notice::Paid { order, amount } => {
            let store = payments.gate.store();
            let expected = store.read([Key::deposit(Rail::Dlocal, &order)]).await?.deposit(Rail::Dlocal, &order)?;
            let expected = expected.ok_or_else(|| ApiError::not_found("Payment"))?;
            credit(store, expected, amount).await?;
            Ok(Json::ok(Received { received: true, status: "completed" }))
        }
        Notice::Other => Ok(Json::ok(Received { received: true, status: "ignored" })),
    }
}

impl Payments {
    fn authenticate(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), ApiError> {
        let given = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
        match (&self.dlocal_secret, given) {
            (Some(secret), Some(given)) if secret.signed(body, given) => Ok(()),
            (Some(_) | None, Some(_) | None) => Err(ApiError::of(Code::InvalidSignature)),
        }
    }
}

async fn credit(store: &Store, expected: Deposit, paid: Option<Usd>) -> Result<(), ApiError> {
    if paid != Some(expected.amount) {
        return Err(ApiError::of(Code::PaymentAmountMismatch));
    }
    if expected.status == DepositStatus::Pending {
        // The journal says when the money came, not when it was asked for.
        store.credit(Deposit { at: store.now(), ..expected }).await?;
    }
    Ok(())
}

fn malformed() -> ApiError {
    ApiError::of(Code::InvalidRequest).saying("The body must be a dLocal payment: {status, order_id, amount}.")
}
