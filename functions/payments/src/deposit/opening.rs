//! Opening a payment at dLocal: watched for before it is there, so that none is forgotten.

use crate::provider::{self, Asked};
use contract::Code;
use contract::agents::deposit::{Body, PaymentMethod, Reply};
use contract::wire::{Id, Money};
use domain::PaymentId;
use domain::money::deposit::{Deposit, DepositStatus};
use fiat::dlocal::{Dlocal, Error, Method, NewPayment, Payer};
use store::ledger::watched::List;
use store::{Key, Store};
use url::Url;
use web::{ApiError, Json};

/// Opens the payment, or finds it: dLocal knows it by our id, and so opens it once.
pub(super) async fn open(
    dlocal: &Dlocal,
    store: &Store,
    expected: Deposit,
    body: &Body,
) -> Result<Json<Reply>, ApiError> {
    if expected.status != DepositStatus::Pending {
        return Ok(answer(&expected, None));
    }
    let asked_at = u64::try_from(expected.at.millis()).unwrap_or_default();
    store.watch(List::Unpaid, asked_at, &expected.reference).await?;
    let mut found = store.read([Key::agent(expected.agent)]).await?;
    let account = found.agent(expected.agent)?.ok_or_else(|| ApiError::internal("an agent without account"))?;

    let return_url = body.return_url.as_deref().and_then(|url| Url::parse(url).ok());
    let payment = NewPayment {
        order_id: &expected.reference,
        amount: expected.amount,
        method: match body.method {
            PaymentMethod::Card => Method::Card,
            PaymentMethod::BankTransfer => Method::BankTransfer,
        },
        country: body.country.as_deref(),
        payer: Payer { name: &account.name, email: &account.email },
        description: "HumanOps deposit",
        return_url: return_url.as_ref(),
    };
    let created = dlocal.create(&payment).await.map_err(refusal)?;
    let named = Deposit { provider_id: Some(created.id), ..expected };
    let redirect_url = created.redirect_url.map(String::from);
    // What dLocal refuses or takes at once is told at once.
    match provider::ask(store, dlocal, named.clone()).await {
        Ok(Asked::Known(deposit)) => Ok(answer(&deposit, redirect_url)),
        Ok(Asked::Mismatch) | Err(_) => Ok(answer(&named, redirect_url)),
    }
}

fn answer(deposit: &Deposit, redirect_url: Option<String>) -> Json<Reply> {
    let (status, message) = match deposit.status {
        DepositStatus::Completed => ("completed", "Funds added"),
        DepositStatus::Pending | DepositStatus::Suspended => ("pending", "Pay at redirect_url; it is credited then"),
        DepositStatus::Rejected | DepositStatus::Reversed => ("rejected", "The payment was not taken; ask for another"),
    };
    let reply = Reply {
        transaction_id: Id(deposit.transaction),
        amount_usd: Money(deposit.amount),
        status,
        message,
        payment_id: Id(PaymentId::from_bytes(deposit.transaction.bytes())),
        redirect_url: redirect_url.filter(|_| deposit.status == DepositStatus::Pending),
    };
    if deposit.status == DepositStatus::Pending { Json::accepted(reply) } else { Json::ok(reply) }
}

/// A payment that was not opened is asked for until it is: the same request may be sent again.
fn refusal(error: Error) -> ApiError {
    match error {
        Error::Refused { .. } | Error::Invalid(_) => ApiError::of(Code::PaymentMethodUnavailable)
            .saying("The payment provider does not take this payment. Use another way of paying."),
        other => ApiError::internal(format!("dLocal did not open a payment: {other}")),
    }
}
