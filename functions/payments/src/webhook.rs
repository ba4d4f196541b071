//! POST /webhooks/dlocal: the provider says that a payment was made. Credits what was expected,
//! never what the notification says.

mod notice;

use crate::Payments;
use axum::extract::State;
use axum::http::HeaderMap;
use domain::Usd;
use domain::ledger::Rail;
use notice::Notice;
use serde::Serialize;
use store::deposits::Deposit;
use store::{Key, Store};
use web::{Answer, Anyone, ApiError, Json, Payload};

const SIGNATURE: &str = "x-signature";

pub(crate) async fn handle(
    caller: Anyone,
    State(payments): State<Payments>,
    headers: HeaderMap,
    payload: Payload,
) -> Answer<Reply> {
    let notice = notice::parse(&payload.0);

    caller.enter().await?;
    payments.authenticate(&headers, &payload.0)?;
    let notice = notice.ok_or_else(malformed)?;

    match notice {
        Notice::Paid { order, amount } => {
            let store = payments.gate.store();
            let expected = store.read([Key::deposit(Rail::Dlocal, &order)]).await?.deposit(Rail::Dlocal, &order)?;
            let expected = expected.ok_or_else(|| ApiError::not_found("Payment"))?;
            credit(store, expected, amount).await?;
            Ok(Json::ok(Reply { received: true, status: "completed" }))
        }
        Notice::Other => Ok(Json::ok(Reply { received: true, status: "ignored" })),
    }
}

#[derive(Serialize)]
pub(crate) struct Reply {
    received: bool,
    status: &'static str,
}

impl Payments {
    fn authenticate(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), ApiError> {
        let given = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
        match (&self.dlocal_secret, given) {
            (Some(secret), Some(given)) if secret.signed(body, given) => Ok(()),
            (Some(_) | None, Some(_) | None) => Err(ApiError::unauthorized(
                "invalid_signature",
                "X-Signature must be the hex HMAC-SHA256 of the body with the secret shared with this deployment.",
            )),
        }
    }
}

async fn credit(store: &Store, expected: Deposit, paid: Option<Usd>) -> Result<(), ApiError> {
    if paid != Some(expected.amount) {
        return Err(ApiError::conflict("amount_mismatch", "This is not the amount that the payment was asked for."));
    }
    if !expected.credited {
        // The journal says when the money came, not when it was asked for.
        store.credit(Deposit { at: store.now(), ..expected }).await?;
    }
    Ok(())
}

fn malformed() -> ApiError {
    ApiError::bad_request("invalid_request", "The body must be a dLocal payment: {status, order_id, amount}.")
}
