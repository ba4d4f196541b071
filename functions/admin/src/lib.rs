//! What staff do, with the admin key: identity checks, disputes, the audit of the ledger.

mod audit;
mod disputes;
mod kyc;
mod resolve;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};
use web::Gate;

/// What the handlers need.
#[derive(Clone, Debug)]
pub struct Admin {
    /// The way in, and the store behind it.
    pub gate: Gate,
}

impl FromRef<Admin> for Gate {
    fn from_ref(state: &Admin) -> Self {
        state.gate.clone()
    }
}

/// The routes, by their full paths.
pub fn router(state: Admin) -> Router {
    Router::new()
        .route("/api/v1/admin/operators/{id}/kyc", post(kyc::handle))
        .route("/api/v1/admin/disputes", get(disputes::handle))
        .route("/api/v1/admin/tasks/{id}/resolve", post(resolve::handle))
        .route("/api/v1/admin/ledger/audit", get(audit::handle))
        .with_state(state)
}
