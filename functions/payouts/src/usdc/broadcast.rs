//! Getting a transaction that carries the authorization into a block. Each is stored before it is sent. None of this
//! pays twice: a second execution fails in the token.

use super::Usdc;
use crate::transaction::{self, Call, Fees};
use crate::{Next, Payouts, Trouble};
use alloy::hex;
use chain::{Authorization, Bytes, ChainError, Refusal, Sent, Simulated, Tag, calldata};
use domain::Timestamp;
use domain::money::payout::{Attempt, Payout, PayoutMove};
use store::Key;
use store::ledger::payouts::{Carried, Stepped};

/// A sent transaction is looked at after so long.
const LOOK_S: i64 = 10;
/// One that is in no block by then is offered more.
const STUCK_S: i64 = 60;
/// What the token refuses for now.
const HELD_S: i64 = 60;
/// In wei for a unit of gas: 100 gwei, thousands of times what Base asks for.
const FEE_CAP_WEI: u128 = 100_000_000_000;
/// A real proxy needs somewhat more than an estimate says.
const GAS_MARGIN_PERCENT: u64 = 30;

/// A transaction to be sent, and what it takes the place of.
struct Plan {
    nonce: u64,
    fees: Fees,
}

pub(super) async fn broadcast(payouts: &Payouts, usdc: &Usdc, payout: Payout) -> Result<Next, Trouble> {
    let store = &payouts.store;
    let authorization = usdc.signed(&payout)?;
    let mined = usdc.chain.transaction_count(usdc.relayer_address, Tag::Latest).await?;
    // What another relayer sent before it was replaced is none of this one's, and its nonces are not.
    let own = relayer(usdc);
    let last = payout.attempts.iter().rev().find(|attempt| attempt.relayer == own).cloned();
    let plan = match last {
        Some(last) if last.relayer_nonce >= mined => {
            let age_s = store.now().seconds() - last.at.seconds();
            fill_gaps(payouts, usdc, mined, &last, age_s).await?;
            if age_s < STUCK_S {
                return again(payouts, usdc, &last, store.now().plus_seconds(LOOK_S)).await;
            }
            match raised(usdc, &last).await? {
                Some(fees) => Plan { nonce: last.relayer_nonce, fees },
                None => return again(payouts, usdc, &last, store.now().plus_seconds(STUCK_S)).await,
            }
        }
        // The first, or one that is in a block and has failed there.
        Some(_) | None => {
            let nonce = store.next_nonce(&own, mined).await?;
            Plan { nonce, fees: asked(usdc).await? }
        }
    };
    carry(payouts, usdc, payout, &authorization, plan).await
}

/// Stores a transaction, and sends it.
async fn carry(
    payouts: &Payouts,
    usdc: &Usdc,
    payout: Payout,
    authorization: &Authorization,
    plan: Plan,
) -> Result<Next, Trouble> {
    let store = &payouts.store;
    let input = calldata(authorization, signature(&payout)?);
    let own = relayer(usdc);
    let is_first = !payout.attempts.iter().any(|it| it.relayer == own && it.relayer_nonce == plan.nonce);
    if is_first && let Some(next) = refused(payouts, usdc, &input).await? {
        return Ok(next);
    }
    let gas = match usdc.chain.estimate_gas(usdc.relayer_address, &input).await {
        Ok(gas) => gas + gas * GAS_MARGIN_PERCENT / 100,
        // It would fail now, and uses up its nonce all the same.
        Err(_) if !is_first => 200_000,
        // Somebody was faster since it was tried.
        Err(ChainError::Refused { .. }) => return Ok(Next::Wait(store.now().plus_seconds(LOOK_S))),
        Err(error) => return Err(error.into()),
    };
    let network = usdc.chain.network();
    let (chain_id, to) = (network.chain_id, network.token);
    let call = Call { chain_id, nonce: plan.nonce, to, input, gas_limit: gas, fees: plan.fees };
    let signed = transaction::raw(&usdc.relayer, call).await?;

    let moved = payout.moved(PayoutMove::Broadcast, store.now());
    let (mut after, _) = moved.ok_or_else(|| Trouble::Corrupt(format!("{} can't be sent", payout.id)))?;
    let wei = |fee: u128| u64::try_from(fee).unwrap_or(u64::MAX);
    after.attempts.push(Attempt {
        tx_hash: signed.hash.to_string(),
        relayer: own.clone(),
        relayer_nonce: plan.nonce,
        fee_max: wei(plan.fees.max_fee_wei()),
        fee_priority: wei(plan.fees.max_priority_fee_wei()),
        at: store.now(),
    });
    let carried = Carried {
        relayer: own,
        nonce: plan.nonce,
        raw: hex::encode_prefixed(&signed.raw),
        payout: (payout.payee.clone(), payout.id),
    };
    let look_at = store.now().plus_seconds(LOOK_S);
    match store.carry_payout(&payout, after, &carried, look_at).await? {
        Stepped::Overtaken => Ok(Next::Overtaken),
        Stepped::Done(_) => {
            // Stored: from here on it is sent until the chain has it, whatever becomes of this process.
            let sent = usdc.chain.send_raw(&signed.raw).await?;
            if sent == Sent::NoGas {
                metrics::counter!("PayoutsHeld", "Cause" => "gas").increment(1);
            }
            tracing::info!(payout.id = %payout.id, attempt = plan.nonce, ?sent, "a payout was sent");
            Ok(Next::Wait(look_at))
        }
    }
}

/// What the token says to it beforehand.
async fn refused(payouts: &Payouts, usdc: &Usdc, input: &Bytes) -> Result<Option<Next>, Trouble> {
    match usdc.chain.simulate(usdc.relayer_address, input).await? {
        Simulated::Passes => Ok(None),
        Simulated::Refused(refusal) => {
            let cause = match refusal {
                Refusal::Blacklisted => "blacklisted",
                Refusal::Paused => "paused",
                Refusal::Balance => "treasury",
                // The next look finds out what became of it.
                Refusal::Used | Refusal::Expired => "over",
                Refusal::NotYetValid | Refusal::Signature | Refusal::Other => "refused",
            };
            metrics::counter!("PayoutsHeld", "Cause" => cause).increment(1);
            Ok(Some(Next::Wait(payouts.store.now().plus_seconds(HELD_S))))
        }
    }
}

/// Sends what was sent before: nodes forget, and processes die between storing and sending.
async fn again(payouts: &Payouts, usdc: &Usdc, last: &Attempt, look_at: Timestamp) -> Result<Next, Trouble> {
    let nonce = last.relayer_nonce;
    for carried in payouts.store.carried(&relayer(usdc), nonce, nonce + 1).await? {
        resend(usdc, &carried).await?;
    }
    Ok(Next::Wait(look_at))
}

/// A transaction waits for all that have lower nonces. Those of open payouts are sent again, and offered more by their own
/// turn; what carries a closed one is replaced by nothing at all once we are stuck behind it.
async fn fill_gaps(payouts: &Payouts, usdc: &Usdc, mined: u64, last: &Attempt, age_s: i64) -> Result<(), Trouble> {
    for carried in payouts.store.carried(&relayer(usdc), mined, last.relayer_nonce).await? {
        let (payee, id) = &carried.payout;
        let found = payouts.store.read([Key::payout(payee, *id)]).await?.payout(payee, *id)?;
        let is_open = found.is_some_and(|payout| payout.status.is_open());
        if is_open || age_s < STUCK_S {
            resend(usdc, &carried).await?;
            continue;
        }
        let fees = raised(usdc, last).await?.unwrap_or(asked(usdc).await?);
        let chain_id = usdc.chain.network().chain_id;
        let nothing = transaction::self_transfer(&usdc.relayer, chain_id, carried.nonce, fees).await?;
        tracing::warn!(nonce = carried.nonce, "a gap of the relayer was filled");
        usdc.chain.send_raw(&nothing.raw).await?;
    }
    Ok(())
}

async fn resend(usdc: &Usdc, carried: &Carried) -> Result<(), Trouble> {
    let raw = hex::decode(&carried.raw).map_err(|_| Trouble::Corrupt(format!("nonce {}", carried.nonce)))?;
    usdc.chain.send_raw(&raw).await?;
    Ok(())
}

/// What the chain asks for now, within the cap.
async fn asked(usdc: &Usdc) -> Result<Fees, Trouble> {
    let fees = usdc.chain.fees().await?;
    let max = fees.max_fee.min(FEE_CAP_WEI);
    let none = || Trouble::Corrupt("the chain asks for more than any fee".to_owned());
    Fees::new(max, fees.max_priority_fee.min(max)).ok_or_else(none)
}

/// Enough more than the last attempt offered, and at least what the chain asks for now. `None` at the cap.
async fn raised(usdc: &Usdc, last: &Attempt) -> Result<Option<Fees>, Trouble> {
    let Some(offered) = Fees::new(last.fee_max.into(), last.fee_priority.into()) else { return Ok(None) };
    let Some(raised) = transaction::bumped(offered, 1, FEE_CAP_WEI) else { return Ok(None) };
    let now = asked(usdc).await?;
    let max = raised.max_fee_wei().max(now.max_fee_wei());
    let priority = raised.max_priority_fee_wei().max(now.max_priority_fee_wei()).min(max);
    Ok(Fees::new(max, priority))
}

fn signature(payout: &Payout) -> Result<[u8; 65], Trouble> {
    let signature = payout.authorized.as_ref().map(|it| it.signature.as_str()).unwrap_or_default();
    let corrupt = || Trouble::Corrupt(format!("{} has no signature", payout.id));
    hex::decode(signature).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(corrupt)
}

/// The relayer by its chain and address.
fn relayer(usdc: &Usdc) -> String {
    let address = chain::checksummed(usdc.relayer_address).to_ascii_lowercase();
    format!("{}#{address}", usdc.chain.network().chain_id)
}
