//! `/operator`: registering, finding and doing tasks, earning. Uploads are in `uploads`.

mod accept;
mod browse;
mod earnings;
mod me;
mod mine;
mod payout;
mod payout_status;
mod payouts;
mod register;
mod release;
mod show;
mod start;
mod submit;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};
use bucket::Bucket;
use web::Gate;

/// What the endpoints need.
#[derive(Clone, Debug)]
pub struct Operators {
    /// Callers and store.
    pub gate: Gate,
    /// Tells photo URLs of ours from others.
    pub bucket: Bucket,
}

impl FromRef<Operators> for Gate {
    fn from_ref(operators: &Operators) -> Gate {
        operators.gate.clone()
    }
}

/// The routes.
pub fn router(operators: Operators) -> Router {
    Router::new()
        .route("/api/v1/operator/register", post(register::handle))
        .route("/api/v1/operator/me", get(me::handle))
        .route("/api/v1/operator/tasks", get(browse::handle))
        .route("/api/v1/operator/tasks/mine", get(mine::handle))
        .route("/api/v1/operator/tasks/{id}", get(show::handle))
        .route("/api/v1/operator/tasks/{id}/accept", post(accept::handle))
        .route("/api/v1/operator/tasks/{id}/start", post(start::handle))
        .route("/api/v1/operator/tasks/{id}/release", post(release::handle))
        .route("/api/v1/operator/tasks/{id}/submit", post(submit::handle))
        .route("/api/v1/operator/earnings", get(earnings::handle))
        .route("/api/v1/operator/payout", post(payout::handle))
        .route("/api/v1/operator/payout/status/{id}", get(payout_status::handle))
        .route("/api/v1/operator/payouts", get(payouts::handle))
        .with_state(operators)
}
