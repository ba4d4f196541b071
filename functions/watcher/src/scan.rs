//! Deposits of whoever did not call: every block is looked at twice, when the chain calls it safe, and when it is final
//! and large deposits count too.

use chain::{Address, B256, ChainError, Payment, Tag, parse_address};
use domain::AgentId;
use onchain::{Booked, Heads, OnChain, Trouble, lower};
use std::collections::{BTreeMap, BTreeSet};
use store::{Once, Store, StoreError};

/// Blocks of one look: what is further behind takes several.
const BLOCKS_MAX: u64 = 5_000;
/// Blocks after which the cursor moves: a look that is broken off goes on from there.
const BLOCKS_STEP: u64 = 250;

pub(crate) async fn scan(store: &Store, on_chain: &OnChain, heads: &Heads) -> Result<usize, Trouble> {
    let chain_id = on_chain.chain.network().chain_id;
    let mut booked = 0;
    for (tag, head) in [(Tag::Safe, heads.safe), (Tag::Finalized, heads.finalized)] {
        let cursor = OnChain::deposits_cursor(chain_id, tag);
        let from = match store.cursor(&cursor).await? {
            Some(block) => block + 1,
            // Nobody had an address before there was a watcher; a block more does no harm.
            None => heads.finalized.saturating_sub(BLOCKS_MAX),
        };
        let to = head.min(from.saturating_add(BLOCKS_MAX - 1));
        if from > to {
            continue;
        }
        let mut next = from;
        while next <= to {
            let last = to.min(next.saturating_add(BLOCKS_STEP - 1));
            booked += range(store, on_chain, heads, next, last).await?;
            // Not before everything in it is booked: whoever dies on the way looks at all of it again.
            store.advance_cursor(&cursor, last).await?;
            next = last + 1;
        }
    }
    Ok(booked)
}

async fn range(store: &Store, on_chain: &OnChain, heads: &Heads, from: u64, to: u64) -> Result<usize, Trouble> {
    let mut booked = 0;
    for page in 0..store.address_pages().await? {
        let addresses = store.addresses(page).await?;
        let corrupt = |_| StoreError::Corrupt("an address in the books is none".to_owned());
        let parsed = addresses.iter().map(|given| parse_address(&given.address).map_err(corrupt));
        let parsed: Vec<Address> = parsed.collect::<Result<_, _>>()?;
        for tx_hash in on_chain.chain.payments_to(&parsed, from, to).await? {
            let payment = found(on_chain, tx_hash).await?;
            let paid: BTreeSet<String> = payment.transfers.iter().map(|transfer| lower(transfer.to)).collect();
            let owners = store.owners_of(&Vec::from_iter(paid)).await?;
            booked += book(store, on_chain, heads, &payment, owners).await?;
        }
    }
    Ok(booked)
}

/// A payment that was found in a range.
///
/// # Errors
/// It is not there any more, or an endpoint has not got it yet: the range is looked at again, so that it is not missed.
pub(crate) async fn found(on_chain: &OnChain, tx_hash: B256) -> Result<Payment, ChainError> {
    let payment = on_chain.chain.payment(tx_hash).await?;
    payment.ok_or(ChainError::Disagreement("a payment that was found"))
}

/// What a payment has for each of those whom it pays.
async fn book(
    store: &Store,
    on_chain: &OnChain,
    heads: &Heads,
    payment: &Payment,
    owners: BTreeMap<String, AgentId>,
) -> Result<usize, Trouble> {
    let mut booked = 0;
    for (address, agent) in owners {
        let address = parse_address(&address).map_err(|_| StoreError::Corrupt(format!("{address} of {agent}")))?;
        let Booked::Done(done) = on_chain.book(store, agent, address, payment, heads).await? else { continue };
        if let Once::New(deposit) = *done {
            tracing::info!(agent.id = %agent, transaction.id = %deposit.transaction, status = %deposit.status, "a deposit was booked");
            metrics::counter!("DepositsBooked", "Status" => deposit.status.word()).increment(1);
            booked += 1;
        }
    }
    Ok(booked)
}
