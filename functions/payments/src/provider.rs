//! Payments through dLocal: what it says when asked is what is booked, and never what a notification says.

use domain::Timestamp;
use domain::ledger::Rail;
use domain::money::deposit::{Deposit, DepositMove, DepositStatus};
use fiat::dlocal::{Dlocal, Error, Payment, Status};
use store::ledger::watched::{List, Watched};
use store::{Key, Store, StoreError};

/// Why it is not known where a payment stands. None of it lasts.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error(transparent)]
    Dlocal(#[from] Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where a payment stands by now.
#[derive(Debug)]
pub enum Asked {
    /// As it is in the books.
    Known(Box<Deposit>),
    /// dLocal has another amount or order for it: nothing is booked, and somebody looks.
    Mismatch,
}

/// A payment that nobody pays in so long is asked for no more. What comes later is told by a notification.
pub const WATCH_S: i64 = 24 * 60 * 60;

/// Asks dLocal for a payment and books what it says.
pub async fn ask(store: &Store, dlocal: &Dlocal, deposit: Deposit) -> Result<Asked, Trouble> {
    let payment = match &deposit.provider_id {
        Some(id) => Some(dlocal.payment(id).await?),
        // We died before we knew what dLocal calls it.
        None => dlocal.by_order(&deposit.reference).await?,
    };
    let Some(payment) = payment else { return Ok(Asked::Known(Box::new(deposit))) };
    book(store, deposit, &payment).await
}

async fn book(store: &Store, deposit: Deposit, payment: &Payment) -> Result<Asked, Trouble> {
    if !payment.is_of(&deposit.reference, deposit.amount) {
        metrics::counter!("PaymentMismatch").increment(1);
        tracing::error!(payment.id = deposit.reference, "dLocal has another amount or order for a payment");
        return Ok(Asked::Mismatch);
    }
    let step = match payment.status {
        Status::Paid => DepositMove::Credit,
        Status::Rejected | Status::Cancelled | Status::Expired => DepositMove::Reject,
        Status::Pending | Status::Authorized | Status::Verified | Status::Unknown(_) => {
            return Ok(Asked::Known(Box::new(deposit)));
        }
    };
    // The journal says when the money came, not when it was asked for.
    let named = Deposit { provider_id: Some(payment.id.clone()), at: store.now(), ..deposit };
    let (booked, _) = store.book(named, step).await?.split();
    Ok(Asked::Known(Box::new(booked)))
}

/// Asks for the payments that wait, at most `limit`: first those that were asked for longest ago, so that none waits
/// behind others that nobody pays. What is decided, or waited for too long, leaves the list.
///
/// # Errors
/// The list could not be read or written. Each payment that dLocal would not tell of is asked for again.
pub async fn poll(store: &Store, dlocal: &Dlocal, limit: u16) -> Result<(), StoreError> {
    for watched in store.watched(List::Unpaid, None, limit).await? {
        let waits = match still_waits(store, dlocal, &watched).await {
            Ok(waits) => waits,
            Err(error) => {
                tracing::error!(payment.id = watched.reference, %error, "a payment could not be asked for");
                true
            }
        };
        if waits {
            let now = u64::try_from(store.now().millis()).unwrap_or_default();
            store.watch_later(&watched, now).await?;
        } else {
            store.unwatch(&watched).await?;
        }
    }
    Ok(())
}

async fn still_waits(store: &Store, dlocal: &Dlocal, watched: &Watched) -> Result<bool, Trouble> {
    let deposit = store.read([watched.key()]).await?.deposit(Rail::Dlocal, &watched.reference)?;
    let Some(deposit) = deposit else { return Ok(false) };
    let asked_at = deposit.at;
    let is_open = match ask(store, dlocal, deposit).await? {
        Asked::Known(deposit) => deposit.status == DepositStatus::Pending,
        Asked::Mismatch => false,
    };
    Ok(is_open && store.now() <= asked_at.plus_seconds(WATCH_S))
}

/// A payment that dLocal took back: by a refund, or by a chargeback. `None` when it is none of ours.
pub async fn take_back(store: &Store, dlocal: &Dlocal, id: &str) -> Result<Option<Deposit>, Trouble> {
    let reversal = match dlocal.chargeback(id).await {
        Err(Error::NotFound) => dlocal.refund(id).await?,
        other => other?,
    };
    let payment = dlocal.payment(&reversal.payment_id).await?;
    let key = Key::deposit(Rail::Dlocal, &payment.order_id);
    let deposit = store.read([key]).await?.deposit(Rail::Dlocal, &payment.order_id)?;
    let Some(deposit) = deposit else { return Ok(None) };
    if !reversal.is_executed() {
        return Ok(Some(deposit));
    }
    if reversal.amount != deposit.amount || reversal.currency != "USD" {
        metrics::counter!("PaymentMismatch").increment(1);
        tracing::error!(payment.id = deposit.reference, "a part of a payment was taken back: staff must book it");
        return Ok(Some(deposit));
    }
    // It may be that nobody has told us yet that it was paid.
    let deposit = match book(store, deposit.clone(), &payment).await? {
        Asked::Known(deposit) => *deposit,
        Asked::Mismatch => return Ok(Some(deposit)),
    };
    let at: Timestamp = store.now();
    let (booked, _) = store.book(Deposit { at, ..deposit }, DepositMove::Reverse).await?.split();
    Ok(Some(booked))
}
