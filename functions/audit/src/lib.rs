//! The daily audit of the ledger: every balance recomputed from the journal, what is on the chain compared with it, and an
//! alarm if anything differs. Mends nothing. Staff can ask for the ledger's part at any time, with the details: that is in
//! `admin`.

use onchain::{OnChain, Trouble};
use store::{Store, StoreError};

/// Audits once. The store counts the violations for the alarm; what they are is only logged by number,
/// because they name accounts.
///
/// # Errors
/// The store does not answer.
pub async fn audit(store: &Store) -> Result<(), StoreError> {
    let audit = store.audit().await?;
    let (accounts, entries, tasks, busy) = (audit.accounts, audit.entries, audit.tasks, audit.busy);
    match audit.violations.len() {
        0 => tracing::info!(accounts, entries, tasks, busy, "the ledger balances"),
        violations => tracing::error!(accounts, entries, tasks, busy, violations, "the ledger does not balance"),
    }
    Ok(())
}

/// Compares the chain with the books. The metric `ReconciliationDifference` has the micro-dollars that nobody can explain,
/// also when there are none.
///
/// # Errors
/// Store or chain do not answer.
pub async fn reconcile(store: &Store, on_chain: &OnChain) -> Result<(), Trouble> {
    let Some(it) = on_chain.reconcile(store).await? else { return Ok(()) };
    metrics::counter!("ReconciliationDifference").increment(it.difference().unsigned_abs());
    let (block, chained, booked, difference) = (it.block, it.on_chain, it.booked, it.difference());
    match difference {
        0 => tracing::info!(block, chained, booked, "the chain has what the books say"),
        _ => tracing::error!(block, chained, booked, difference, "the chain does not have what the books say"),
    }
    Ok(())
}
