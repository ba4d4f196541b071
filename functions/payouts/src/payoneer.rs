//! A payout by Payoneer, which knows it by our id. What it may have taken is asked for, and never sent again on a guess.

use crate::{Next, Payouts, Trouble};
use domain::limits::RETURNED_S;
use domain::money::payout::{Failure, Payout, PayoutMove, PayoutStatus};
use domain::time::DAY_S;
use fiat::payoneer::{self, Error, Payoneer, State};

/// A payout that Payoneer has is asked for again after so long.
const LOOK_S: i64 = 10 * 60;
/// The same after an answer that says nothing.
const AGAIN_S: i64 = 60;
/// What was transferred is asked for again after so long.
const TRANSFERRED_S: i64 = DAY_S;
/// What may not leave as it is: somebody has to look.
const LOOKED_AT_S: i64 = 60 * 60;

pub(crate) async fn step(payouts: &Payouts, payoneer: &Payoneer, payout: Payout) -> Result<Next, Trouble> {
    match payout.status {
        PayoutStatus::Reserved => reserve(payouts, payoneer, payout).await,
        PayoutStatus::Submitted => submit(payouts, payoneer, payout).await,
        PayoutStatus::Completed => transferred(payouts, payoneer, payout).await,
        PayoutStatus::Signed
        | PayoutStatus::Broadcast
        | PayoutStatus::Confirmed
        | PayoutStatus::Failed
        | PayoutStatus::Returned => Err(Trouble::Corrupt(format!("{} is {} at Payoneer", payout.id, payout.status))),
    }
}

/// From here on Payoneer may have it.
async fn reserve(payouts: &Payouts, payoneer: &Payoneer, payout: Payout) -> Result<Next, Trouble> {
    let now = payouts.store.now();
    if !payouts.may_leave(&payout).await? {
        return Ok(Next::Wait(now.plus_seconds(LOOKED_AT_S)));
    }
    match payoneer.payee_is_active(&payout.destination).await {
        Ok(true) => payouts.take(&payout, PayoutMove::Submit, |_| {}, now).await,
        Ok(false) => unregistered(payouts, payoneer, payout).await,
        Err(error) => Ok(later(payouts, &payout, &error)),
    }
}

/// Who is to be paid gets to see where to open an account.
async fn unregistered(payouts: &Payouts, payoneer: &Payoneer, payout: Payout) -> Result<Next, Trouble> {
    let registration_url = match payoneer.registration_link(&payout.destination).await {
        Ok(link) => Some(link.into()),
        Err(error) if error.is_lasting() => None,
        Err(error) => return Ok(later(payouts, &payout, &error)),
    };
    payouts.fail(&Payout { registration_url, ..payout }, Failure::PayeeNotRegistered).await
}

async fn submit(payouts: &Payouts, payoneer: &Payoneer, payout: Payout) -> Result<Next, Trouble> {
    let (now, reference) = (payouts.store.now(), payout.id.to_string());
    match payoneer.status(&reference).await {
        Ok(State::Transferred) => payouts.take(&payout, PayoutMove::Complete, |_| {}, now).await,
        Ok(State::Cancelled { .. }) => payouts.fail(&payout, Failure::Declined).await,
        Ok(State::Pending | State::Other(_)) => Ok(Next::Wait(now.plus_seconds(LOOK_S))),
        // The only answer after which it may be sent.
        Ok(State::NotFound) => send(payouts, payoneer, &payout, &reference).await,
        Err(error) => Ok(later(payouts, &payout, &error)),
    }
}

async fn send(payouts: &Payouts, payoneer: &Payoneer, payout: &Payout, reference: &str) -> Result<Next, Trouble> {
    // Once more: what was set aside is what is sent, however long it lay here.
    if !payouts.may_leave(payout).await? {
        return Ok(Next::Wait(payouts.store.now().plus_seconds(LOOKED_AT_S)));
    }
    let asked = payoneer::Payout {
        reference,
        payee: &payout.destination,
        amount: payout.amount,
        description: "HumanOps payout",
    };
    match payoneer.submit(&asked).await {
        Ok(_) => Ok(Next::Wait(payouts.store.now().plus_seconds(LOOK_S))),
        // Nothing of it was taken, and nothing of it will be. A refusal of our access says nothing about the payout.
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) if error.is_lasting() => {
            payouts.fail(payout, Failure::Declined).await
        }
        Err(error) => Ok(later(payouts, payout, &error)),
    }
}

/// A bank may refuse what Payoneer has transferred: then it is cancelled there after all.
async fn transferred(payouts: &Payouts, payoneer: &Payoneer, payout: Payout) -> Result<Next, Trouble> {
    let now = payouts.store.now();
    match payoneer.status(&payout.id.to_string()).await {
        Ok(State::Cancelled { .. }) => {
            tracing::warn!(payout.id = %payout.id, "a payout came back");
            metrics::counter!("PayoutsFailed").increment(1);
            payouts.take(&payout, PayoutMove::Return, |_| {}, now).await
        }
        Ok(_) if payout.steps.last().is_none_or(|(_, at)| at.plus_seconds(RETURNED_S) <= now) => Ok(Next::Nothing),
        Ok(_) => Ok(Next::Wait(now.plus_seconds(TRANSFERRED_S))),
        Err(error) => Ok(later(payouts, &payout, &error)),
    }
}

fn later(payouts: &Payouts, payout: &Payout, error: &Error) -> Next {
    metrics::counter!("PayoutsHeld", "Cause" => "payoneer").increment(1);
    tracing::error!(payout.id = %payout.id, %error, "Payoneer could not be asked");
    Next::Wait(payouts.store.now().plus_seconds(AGAIN_S))
}
