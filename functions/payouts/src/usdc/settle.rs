//! What has become of an authorization, by what the token logged: whoever sent it, and whatever our own transactions
//! came to. Money goes back only when a final block shows that it can't arrive any more.

use super::Usdc;
use crate::{Next, Payouts, Trouble};
use chain::{Authorization, B256, Ending, Outcome, Tag};
use domain::money::payout::{Failure, Payout, PayoutMove, Settled};

/// From safe to final it takes about twenty minutes.
const FINAL_S: i64 = 60;
/// An outcome that is not safe yet.
const SAFE_S: i64 = 10;

/// The next step of what was signed, where the chain shows one.
pub(super) async fn settle(payouts: &Payouts, usdc: &Usdc, payout: &Payout) -> Result<Option<Next>, Trouble> {
    let authorization = usdc.signed(payout)?;
    let from_block = payout.authorized.as_ref().map_or(0, |authorized| authorized.from_block);
    let (treasury, nonce) = (authorization.from, authorization.nonce);
    if !usdc.chain.is_authorization_spent(treasury, nonce).await? {
        return expired(payouts, usdc, payout, &authorization).await;
    }
    let Some(outcome) = usdc.chain.authorization_outcome(treasury, nonce, from_block).await? else {
        // The state is there before the logs are.
        return Ok(Some(Next::Wait(payouts.store.now().plus_seconds(SAFE_S))));
    };
    let tag = match outcome.ending {
        Ending::Executed(_) => Tag::Safe,
        Ending::Cancelled => Tag::Finalized,
    };
    if outcome.block > usdc.chain.head(tag).await?.number {
        return Ok(Some(Next::Wait(payouts.store.now().plus_seconds(SAFE_S))));
    }
    match &outcome.ending {
        Ending::Cancelled => payouts.fail(payout, Failure::Cancelled).await.map(Some),
        Ending::Executed(transfer) if (transfer.to, transfer.micros) == (authorization.to, authorization.micros) => {
            let due_at = payouts.store.now();
            let settled = settled(&outcome, usdc.chain.confirmations(outcome.block).await?);
            let next = payouts.take(payout, PayoutMove::Confirm, |after| after.settled = Some(settled), due_at).await?;
            Ok(Some(next))
        }
        Ending::Executed(_) => {
            metrics::counter!("PayoutsTampered").increment(1);
            Err(Trouble::Corrupt(format!("{} was executed otherwise than it was signed", payout.id)))
        }
    }
}

/// The refund of what was not executed in its time: proven by a block that can't go away and that is too late for it.
async fn expired(
    payouts: &Payouts,
    usdc: &Usdc,
    payout: &Payout,
    authorization: &Authorization,
) -> Result<Option<Next>, Trouble> {
    let last = usdc.chain.head(Tag::Finalized).await?;
    if last.timestamp_s < authorization.valid_before_s {
        return Ok(None);
    }
    if usdc.chain.was_authorization_spent(authorization.from, authorization.nonce, last.number).await? {
        return Ok(Some(Next::Wait(payouts.store.now().plus_seconds(SAFE_S))));
    }
    payouts.fail(payout, Failure::Expired).await.map(Some)
}

/// A confirmed payout: closed when its block is final, and back on its way when the chain has forgotten that.
pub(super) async fn close(payouts: &Payouts, usdc: &Usdc, payout: &Payout) -> Result<Next, Trouble> {
    let corrupt = || Trouble::Corrupt(format!("{} was confirmed by nothing", payout.id));
    let settled = payout.settled.as_ref().ok_or_else(corrupt)?;
    let hash: B256 = settled.block_hash.parse().map_err(|_| corrupt())?;
    let now = payouts.store.now();
    if !usdc.chain.is_canonical(settled.block, hash).await? {
        metrics::counter!("PayoutsUnconfirmed").increment(1);
        tracing::error!(payout.id = %payout.id, "the chain forgot a payout");
        return payouts.take(payout, PayoutMove::Unconfirm, |after| after.settled = None, now).await;
    }
    if settled.block > usdc.chain.head(Tag::Finalized).await?.number {
        return Ok(Next::Wait(now.plus_seconds(FINAL_S)));
    }
    metrics::counter!("PayoutsCompleted").increment(1);
    let settled = Settled { confirmations: usdc.chain.confirmations(settled.block).await?, ..settled.clone() };
    payouts.take(payout, PayoutMove::Complete, |after| after.settled = Some(settled), now).await
}

fn settled(outcome: &Outcome, confirmations: u64) -> Settled {
    let (tx_hash, block_hash) = (outcome.tx_hash.to_string(), outcome.block_hash.to_string());
    Settled { tx_hash, block: outcome.block, block_hash, confirmations }
}
