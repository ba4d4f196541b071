//! The daily audit of the ledger: every balance recomputed from the journal, and an alarm if one is wrong.
//! Mends nothing. Staff can ask for the same at any time, with the details: that is in `admin`.

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
