//! What comes into the treasury, or to the relayer, from outside is the platform's own money; from deposit addresses it is
//! a sweep, which moves nothing in the books. What leaves them other than by a payout is booked by nobody: the
//! reconciliation rings.

use crate::scan::found;
use domain::Usd;
use onchain::{Heads, OnChain, Trouble, lower};
use std::collections::BTreeSet;
use store::ledger::capital::Capital;
use store::{Once, Store};

/// Blocks of one look.
const BLOCKS_MAX: u64 = 5_000;

pub(crate) async fn scan(store: &Store, on_chain: &OnChain, heads: &Heads) -> Result<usize, Trouble> {
    let chain_id = on_chain.chain.network().chain_id;
    let cursor = OnChain::treasury_cursor(chain_id);
    // Only what is final: nobody waits for it.
    let Some(seen) = store.cursor(&cursor).await? else {
        return begin(store, on_chain, &cursor, heads.finalized).await;
    };
    let from = seen + 1;
    let to = heads.finalized.min(from.saturating_add(BLOCKS_MAX - 1));
    if from > to {
        return Ok(0);
    }
    let (own, mut booked) = (on_chain.own(), 0);
    for tx_hash in on_chain.chain.payments_to(&own, from, to).await? {
        let payment = found(on_chain, tx_hash).await?;
        let senders: BTreeSet<String> = payment.transfers.iter().map(|transfer| lower(transfer.from)).collect();
        let ours = store.owners_of(&Vec::from_iter(senders)).await?;
        let came = payment.transfers.iter().filter(|transfer| {
            let inside = own.contains(&transfer.from) || ours.contains_key(&lower(transfer.from));
            own.contains(&transfer.to) && !inside
        });
        let amounts = came.filter_map(|transfer| Usd::from_micros(i64::try_from(transfer.micros).ok()?));
        let amount = amounts.fold(Usd::ZERO, |sum, amount| sum.checked_add(amount).unwrap_or(sum));
        if amount == Usd::ZERO {
            continue;
        }
        let capital = Capital { chain_id, tx_hash: payment.tx_hash.to_string(), block: payment.block, amount };
        booked += usize::from(matches!(store.book_capital(capital, store.now()).await?, Once::New(_)));
    }
    store.advance_cursor(&cursor, to).await?;
    Ok(booked)
}

/// What is there when the books begin: how it got there, nobody need know.
async fn begin(store: &Store, on_chain: &OnChain, cursor: &str, block: u64) -> Result<usize, Trouble> {
    let chain_id = on_chain.chain.network().chain_id;
    let there = on_chain.chain.balances(&on_chain.own(), block).await?;
    let there =
        Usd::from_micros(there.iter().filter_map(|micros| i64::try_from(*micros).ok()).sum()).unwrap_or_default();
    let capital = Capital { chain_id, tx_hash: "opening".to_owned(), block, amount: there };
    // Whoever books it first decides by which block it was: what came later is looked for.
    let (opening, replayed) = store.book_capital(capital, store.now()).await?.split();
    store.advance_cursor(cursor, opening.block).await?;
    Ok(usize::from(!replayed))
}
