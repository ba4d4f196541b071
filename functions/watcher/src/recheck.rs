//! What was booked by a block that was not final: looked at until it is. Money whose block is gone is taken back at once;
//! when the chain has the transaction again, it comes back too.

use chain::{Address, B256, Tag, parse_address};
use domain::ledger::Rail;
use domain::money::deposit::{Deposit, DepositMove, DepositStatus};
use onchain::{Heads, OnChain, Trouble};
use store::ledger::watched::{List, Watched};
use store::{Key, Store, StoreError};

/// Deposits of a page of the list, oldest first.
const PAGE: u16 = 50;

pub(crate) async fn recheck(store: &Store, on_chain: &OnChain, heads: &Heads) -> Result<usize, Trouble> {
    let list = List::Unfinal(on_chain.chain.network().chain_id);
    let (mut moved, mut last) = (0, None);
    // To its end: the newest are the first to go.
    loop {
        let page = store.watched(list, last.as_ref(), PAGE).await?;
        for watched in &page {
            match look(store, on_chain, heads, watched).await {
                Ok(has_moved) => moved += usize::from(has_moved),
                // What lasts must not hold up the others.
                Err(Trouble::Store(error)) if error.is_lasting() => {
                    metrics::counter!("LedgerImbalance").increment(1);
                    tracing::error!(deposit = watched.reference, %error, "a deposit could not be looked at again");
                }
                Err(trouble) => return Err(trouble),
            }
        }
        last = page.into_iter().next_back();
        if last.is_none() {
            return Ok(moved);
        }
    }
}

/// Whether money was moved.
async fn look(store: &Store, on_chain: &OnChain, heads: &Heads, watched: &Watched) -> Result<bool, Trouble> {
    let deposit = store.read([watched.key()]).await?.deposit(Rail::Base, &watched.reference)?;
    let corrupt = || StoreError::Corrupt(format!("{} is watched for nothing", watched.reference));
    let deposit = deposit.ok_or_else(corrupt)?;
    let evidence = deposit.evidence.clone().ok_or_else(corrupt)?;
    let hash: B256 = evidence.block_hash.parse().map_err(|_| corrupt())?;
    if on_chain.chain.is_canonical(evidence.block, hash).await? {
        if evidence.block <= heads.finalized {
            store.unwatch(watched).await?;
        }
        return Ok(false);
    }
    // An endpoint that is behind has forgotten nothing.
    if on_chain.chain.head(Tag::Latest).await?.number < evidence.block {
        return Ok(false);
    }

    let tx_hash: B256 = evidence.tx_hash.parse().map_err(|_| corrupt())?;
    let there = on_chain.chain.payment(tx_hash).await?;
    let address = address_of(store, &deposit).await?;
    let again = there.as_ref().and_then(|payment| on_chain.evidence(address, payment).map(|shown| (payment, shown)));
    match (again, deposit.status) {
        // The same money, in another block: it is watched there.
        (Some((_, (evidence, amount))), DepositStatus::Completed | DepositStatus::Suspended)
            if amount == deposit.amount =>
        {
            store.move_evidence(&deposit, evidence.kept(), watched).await?;
            Ok(false)
        }
        (_, DepositStatus::Completed | DepositStatus::Suspended) => {
            metrics::counter!("DepositsReversed").increment(1);
            tracing::error!(agent.id = %deposit.agent, transaction.id = %deposit.transaction, "the chain forgot a deposit");
            let at = store.now();
            store.book(Deposit { at, ..deposit }, DepositMove::Reverse).await?;
            Ok(true)
        }
        (Some((payment, _)), DepositStatus::Reversed) => {
            on_chain.book(store, deposit.agent, address, payment, heads).await?;
            let after = store.read([watched.key()]).await?.deposit(Rail::Base, &watched.reference)?;
            let restored = after.filter(|after| after.status != deposit.status);
            let block = restored.as_ref().and_then(|after| after.evidence.as_ref()).map(|evidence| evidence.block);
            // In the same block again it is watched where it was.
            if block.is_some_and(|block| block != evidence.block) {
                store.unwatch(watched).await?;
            }
            Ok(restored.is_some())
        }
        // It may come back as long as its block is not final somewhere else: a day is longer than that.
        (None, DepositStatus::Reversed) if deposit.at.plus_seconds(GONE_S) < store.now() => {
            store.unwatch(watched).await?;
            Ok(false)
        }
        (None, DepositStatus::Reversed) | (_, DepositStatus::Pending | DepositStatus::Rejected) => Ok(false),
    }
}

/// What was forgotten for so long does not come back by itself. Whoever names its hash is answered all the same.
const GONE_S: i64 = 24 * 60 * 60;

async fn address_of(store: &Store, deposit: &Deposit) -> Result<Address, Trouble> {
    let given = store.read([Key::deposit_address(deposit.agent)]).await?.deposit_address(deposit.agent)?;
    let corrupt = || StoreError::Corrupt(format!("{} has a deposit and no address", deposit.agent));
    Ok(parse_address(&given.ok_or_else(corrupt)?.address).map_err(|_| corrupt())?)
}
