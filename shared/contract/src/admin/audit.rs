//! `GET /admin/ledger/audit`: every balance recomputed from the journal.

use crate::endpoint::{Caller, Endpoint, Route};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("auditLedger", Route::get("/admin/ledger/audit", Caller::Admin), "Audit the ledger")
        .about("Reads everything: for staff, not for a loop.")
        .example(
            "",
            r#"{"clean": true, "checked": {"accounts": 2, "entries": 3, "tasks": 1, "busy": 0}, "violations": []}"#,
        );

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LedgerAudit")]
pub struct Reply {
    pub clean: bool,
    pub checked: Checked,
    pub violations: Vec<Violation>,
}

/// What was looked at.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Audited")]
pub struct Checked {
    pub accounts: usize,
    pub entries: usize,
    pub tasks: usize,
    /// Accounts that money moved through each time they were looked at: nothing is said of them.
    pub busy: usize,
}

/// Something that must not be.
#[derive(Serialize, JsonSchema)]
pub struct Violation {
    pub invariant: &'static str,
    /// An account, an entry, a task or an item.
    pub subject: String,
    pub detail: String,
}
