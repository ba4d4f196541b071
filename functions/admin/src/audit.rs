//! GET /admin/ledger/audit: every balance recomputed from the journal. Reads everything: for staff.

use axum::extract::State;
use serde::Serialize;
use store::audit::{Audit, Violation};
use web::{AdminCaller, Answer, Gate, Json, Query};

pub(crate) async fn handle(caller: AdminCaller, State(gate): State<Gate>, Query(query): Query) -> Answer<Reply> {
    let parsed = query.finish();

    caller.enter().await?;
    parsed?;

    let audit = gate.store().audit().await?;
    if !audit.violations.is_empty() {
        tracing::error!(violations = audit.violations.len(), "the ledger does not balance");
    }
    Ok(Json::ok(Reply::of(audit)))
}

#[derive(Serialize)]
pub(crate) struct Reply {
    clean: bool,
    checked: Checked,
    violations: Vec<ViolationView>,
}

#[derive(Serialize)]
struct Checked {
    accounts: usize,
    entries: usize,
    tasks: usize,
}

#[derive(Serialize)]
struct ViolationView {
    invariant: &'static str,
    subject: String,
    detail: String,
}

impl Reply {
    fn of(audit: Audit) -> Self {
        Self {
            clean: audit.violations.is_empty(),
            checked: Checked { accounts: audit.accounts, entries: audit.entries, tasks: audit.tasks },
            violations: audit.violations.into_iter().map(ViolationView::of).collect(),
        }
    }
}

impl ViolationView {
    fn of(violation: Violation) -> Self {
        Self { invariant: violation.invariant, subject: violation.subject, detail: violation.detail }
    }
}
