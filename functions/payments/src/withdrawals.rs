//! `/agents/withdrawals`: the agent takes its own money back. Test mode without a chain pays at once.

use crate::{Payments, withdrawal_address};
use axum::extract::State;
use contract::Code;
use contract::agents::withdrawals::{Body, List, Withdrawal};
use contract::read::Nothing;
use contract::wire::Window;
use domain::ledger::Rail;
use domain::money::payout::{Payee, Payout};
use domain::{AgentId, PayoutId};
use store::ledger::payouts::{PayoutError, Purse};
use store::{Key, Once};
use web::{AgentCaller, Answer, ApiError, IdempotencyKey, Json, PathId, Payload, Query, paging};

/// What the Idempotency-Key is for.
const PURPOSE: &str = "withdrawal";

pub(crate) async fn request(
    State(payments): State<Payments>,
    caller: AgentCaller,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Withdrawal> {
    let (store, now) = (payments.gate.store(), payments.gate.store().now());
    let fresh = PayoutId::new(now, store::random_bits());
    let id_of = |agent: AgentId| key.digest(PURPOSE, &agent.to_string()).map_or(fresh, PayoutId::from_digest);
    let keys =
        |agent| [Key::agent(agent), withdrawal_address::key(agent), Key::payout(&Payee::Agent(agent), id_of(agent))];
    let (agent, mut found) = caller.authenticate(keys).await?;
    let (body, fingerprint) = payload.read_once(&key, |body: &Body| body.amount)?;
    let status = payments.status_of_a_payout()?;

    let payee = Payee::Agent(agent);
    if let Some(earlier) = found.payout(&payee, id_of(agent))? {
        return answer(earlier, fingerprint, true);
    }
    let wallet = found.wallet(&payee)?;
    let address = wallet.as_ref().and_then(|wallet| wallet.usable(now)).map(ToOwned::to_owned);
    let address = address.ok_or_else(|| ApiError::of(Code::NoWithdrawalAddress))?;
    let account = found.agent(agent)?.ok_or_else(|| ApiError::internal(format!("{agent} has no account")))?;

    let asked = Payout::asked(id_of(agent), payee, body.amount, (Rail::Base, address), status, now);
    let asked = Payout { fingerprint: Some(fingerprint), ..asked };
    let (there, replayed) = match store.pay_out(asked, Purse::Agent(Box::new(account))).await {
        Ok(Once::New(there)) => (there, false),
        Ok(Once::Replay(there)) => (there, true),
        Err(PayoutError::Short(short)) => return Err(ApiError::short_of_deposit(short.required, short.available)),
        Err(PayoutError::Store(error)) => return Err(error.into()),
    };
    answer(there, fingerprint, replayed)
}

pub(crate) async fn list(State(payments): State<Payments>, caller: AgentCaller, query: Query) -> Answer<List> {
    let payouts = async |agent| payments.gate.store().payouts(&Payee::Agent(agent)).await;
    let (_, _, payouts) = caller.authenticate_beside(|_| [], payouts).await?;
    let window = paging::window(query.read::<Window>()?);

    let total = payouts.len();
    Ok(Json::ok(paging::page(window.cut(payouts, place), &window, total, place, Withdrawal::from)))
}

pub(crate) async fn show(caller: AgentCaller, PathId(id): PathId<PayoutId>, query: Query) -> Answer<Withdrawal> {
    let (agent, mut found) = caller.authenticate(|agent| id.map(|id| Key::payout(&Payee::Agent(agent), id))).await?;
    query.read::<Nothing>()?;

    let payout = match id {
        Some(id) => found.payout(&Payee::Agent(agent), id)?,
        None => None,
    };
    Ok(Json::ok(payout.ok_or_else(|| ApiError::not_found("Withdrawal"))?.into()))
}

/// The withdrawal that is there, if the key was used for the same.
fn answer(there: Payout, fingerprint: [u8; 16], replayed: bool) -> Answer<Withdrawal> {
    if there.fingerprint != Some(fingerprint) {
        return Err(ApiError::of(Code::IdempotencyKeyReused));
    }
    let answer = if there.status.is_open() { Json::accepted } else { Json::ok };
    Ok(answer(there.into()).replayed(replayed))
}

fn place(payout: &Payout) -> String {
    format!("{:013}#{}", payout.created_at.millis(), payout.id)
}
