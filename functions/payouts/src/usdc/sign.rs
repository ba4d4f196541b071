//! From reserved to signed: the last moment at which a payout can be refused without asking the chain.

use super::Usdc;
use crate::{Next, Payouts, Trouble};
use chain::{Address, Tag};
use domain::limits::{AUTHORIZATION_S, PAYOUT_MAX};
use domain::money::payout::{Authorized, Failure, Payout, PayoutMove};
use store::ledger::payouts::{Cap, Signed};

/// What the treasury lacks, or a paused token holds back, is tried again after so long.
const HELD_S: i64 = 60;
/// What a cap holds back.
const CAPPED_S: i64 = 10 * 60;
/// What may not leave as it is: somebody has to look.
const LOOKED_AT_S: i64 = 60 * 60;

pub(super) async fn sign(payouts: &Payouts, usdc: &Usdc, payout: Payout) -> Result<Next, Trouble> {
    let store = &payouts.store;
    let wait = |seconds| Ok(Next::Wait(store.now().plus_seconds(seconds)));
    if !payouts.may_leave(&payout).await? {
        return wait(LOOKED_AT_S);
    }
    if payout.amount > PAYOUT_MAX {
        metrics::counter!("PayoutsHeld", "Cause" => "cap").increment(1);
        return wait(LOOKED_AT_S);
    }
    // From the last block that can't go away: the chain may become shorter than it is, and carry this below its head.
    let (head, last) = (usdc.chain.head(Tag::Latest).await?, usdc.chain.head(Tag::Finalized).await?);
    let valid_before_s = head.timestamp_s.saturating_add(AUTHORIZATION_S.unsigned_abs());
    let authorization = usdc.authorization(&payout, usdc.treasury_address, valid_before_s)?;
    if let Some(failure) = refused(payouts, usdc, authorization.to).await? {
        return payouts.fail(&payout, failure).await;
    }
    if usdc.chain.is_paused().await? {
        metrics::counter!("PayoutsHeld", "Cause" => "paused").increment(1);
        return wait(HELD_S);
    }
    if usdc.chain.balance(usdc.treasury_address).await? < authorization.micros {
        metrics::counter!("PayoutsHeld", "Cause" => "treasury").increment(1);
        return wait(HELD_S);
    }

    let signature = usdc.treasury.sign(authorization.digest(usdc.chain.network())).await?;
    let moved = payout.moved(PayoutMove::Sign, store.now());
    let (mut after, _) = moved.ok_or_else(|| Trouble::Corrupt(format!("{} can't be signed", payout.id)))?;
    after.authorized = Some(Authorized {
        chain_id: usdc.chain.network().chain_id,
        treasury: chain::checksummed(usdc.treasury_address),
        signature: alloy::hex::encode_prefixed(signature),
        valid_before_s: i64::try_from(valid_before_s).unwrap_or(i64::MAX),
        from_block: last.number,
    });
    match store.sign_payout(&payout, after, &caps(payouts, &payout), store.now()).await? {
        Signed::Stepped(stepped) => Ok(stepped.into()),
        Signed::Capped => {
            metrics::counter!("PayoutsHeld", "Cause" => "cap").increment(1);
            tracing::error!(payout.id = %payout.id, "a payout is held back: more is asked for than a cap allows");
            wait(CAPPED_S)
        }
    }
}

/// Why nothing is paid to this address.
///
/// # Errors
/// Nobody says whether it is on a list of sanctions: then nothing is signed.
async fn refused(payouts: &Payouts, usdc: &Usdc, to: Address) -> Result<Option<Failure>, Trouble> {
    let own = [Address::ZERO, usdc.chain.network().token, usdc.treasury_address, usdc.relayer_address];
    let named = chain::checksummed(to).to_ascii_lowercase();
    if own.contains(&to) || !payouts.store.owners_of(&[named]).await?.is_empty() || usdc.chain.is_sanctioned(to).await?
    {
        return Ok(Some(Failure::AddressRefused));
    }
    Ok(usdc.chain.is_blacklisted(to).await?.then_some(Failure::AddressBlocked))
}

/// Its day and its hour, by our own clock.
fn caps(payouts: &Payouts, payout: &Payout) -> [Cap; 2] {
    let now = payouts.store.now();
    [
        Cap { name: format!("day#{}#{}", now.day(), payout.payee), max: payouts.caps.payee_day },
        Cap { name: format!("hour#{}", now.seconds().div_euclid(60 * 60)), max: payouts.caps.hour },
    ]
}
