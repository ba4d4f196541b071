//! `/agents/withdrawal-address`: where the agent's own money goes when it leaves.

use crate::{Payments, unavailable};
use axum::extract::State;
use contract::Code;
use contract::agents::withdrawal_address::{Body, Reply};
use contract::read::Nothing;
use contract::wire::Moment;
use domain::limits::WITHDRAWAL_ADDRESS_HOLD_S;
use domain::money::payout::Payee;
use domain::money::wallet::Wallet;
use domain::{AgentId, Timestamp};
use store::Key;
use web::{AgentCaller, Answer, ApiError, Json, Payload, Query};

pub(crate) async fn set(State(payments): State<Payments>, caller: AgentCaller, payload: Payload) -> Answer<Reply> {
    let body = payload.read::<Body>();
    let keys = |agent| {
        let owner = body.as_ref().ok().map(|body| Key::owner_of(&body.address.to_ascii_lowercase()));
        owner.into_iter().chain([key(agent)]).collect::<Vec<_>>()
    };
    let (agent, mut found) = caller.authenticate(keys).await?;
    let Body { address } = body?;
    if payments.usdc.is_none() {
        unavailable::in_live(payments.gate.mode())?;
    }
    let is_token = payments.usdc.as_ref().is_some_and(|usdc| usdc.token.eq_ignore_ascii_case(&address));
    if is_token || payments.is_own(&address) || found.owner_of(&address.to_ascii_lowercase())?.is_some() {
        return Err(ApiError::fields(&[(
            "address".to_owned(),
            "must be a wallet of yours, not one of ours".to_owned(),
        )]));
    }

    let (payee, now) = (Payee::Agent(agent), payments.gate.store().now());
    let earlier = found.wallet(&payee)?;
    let is_same = |earlier: &&Wallet| earlier.address.eq_ignore_ascii_case(&address);
    let wallet = match earlier.as_ref().filter(is_same) {
        // Said again it waits no longer.
        Some(same) => same.clone(),
        None => {
            let from = now.plus_seconds(WITHDRAWAL_ADDRESS_HOLD_S);
            let wallet = Wallet::following(earlier.as_ref(), address, from, now);
            payments.gate.store().set_wallet(&payee, earlier.as_ref(), &wallet).await?
        }
    };
    Ok(Json::ok(shown(&wallet, now)))
}

pub(crate) async fn show(State(payments): State<Payments>, caller: AgentCaller, query: Query) -> Answer<Reply> {
    let (agent, mut found) = caller.authenticate(|agent| [key(agent)]).await?;
    query.read::<Nothing>()?;

    let wallet = found.wallet(&Payee::Agent(agent))?;
    let wallet = wallet.ok_or_else(|| ApiError::of(Code::NoWithdrawalAddress))?;
    Ok(Json::ok(shown(&wallet, payments.gate.store().now())))
}

pub(crate) fn key(agent: AgentId) -> Key {
    Key::wallet(&Payee::Agent(agent))
}

fn shown(wallet: &Wallet, now: Timestamp) -> Reply {
    Reply {
        address: wallet.address.clone(),
        usable_at: Moment(wallet.from),
        usable_now: wallet.usable(now).map(ToOwned::to_owned),
    }
}
