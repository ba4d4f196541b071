//! `GET /admin/ledger/audit`: every balance recomputed from the journal. Reads everything: for staff.

use axum::extract::State;
use contract::admin::audit::{Checked, Reply, Violation};
use contract::read::Nothing;
use domain::money::audit::Audit;
use web::{AdminCaller, Answer, Gate, Json, Query};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AdminCaller, query: Query) -> Answer<Reply> {
    caller.authenticate().await?;
    query.read::<Nothing>()?;

    let audit = gate.store().audit().await?;
    if !audit.violations.is_empty() {
        tracing::error!(violations = audit.violations.len(), "the ledger does not balance");
    }
    Ok(Json::ok(reply(audit)))
}

fn reply(audit: Audit) -> Reply {
    let view = |violation: domain::money::audit::Violation| Violation {
        invariant: violation.invariant,
        subject: violation.subject,
        detail: violation.detail,
    };
    Reply {
        clean: audit.violations.is_empty(),
        checked: Checked { accounts: audit.accounts, entries: audit.entries, tasks: audit.tasks, busy: audit.busy },
        violations: audit.violations.into_iter().map(view).collect(),
    }
}
