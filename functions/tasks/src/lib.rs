//! `/tasks`: what agents do with tasks. What operators do is in `operators`.

mod cancel;
mod create;
mod credential;
mod dispute;
mod draft;
mod list;
mod own;
mod show;
mod task_types;
mod verify;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};
use bucket::Bucket;
use domain::task_type::Restriction;
use outbound::Reach;
use web::Gate;

/// What the endpoints need.
#[derive(Clone, Debug)]
pub struct Tasks {
    /// Callers and store.
    pub gate: Gate,
    /// Signs links to photos.
    pub bucket: Bucket,
    /// Where callbacks may go.
    pub callback_reach: Reach,
    /// `RESTRICTED_TASK_TYPES`.
    pub restriction: Restriction,
}

impl FromRef<Tasks> for Gate {
    fn from_ref(tasks: &Tasks) -> Gate {
        tasks.gate.clone()
    }
}

/// The routes.
pub fn router(tasks: Tasks) -> Router {
    Router::new()
        .route("/api/v1/tasks", post(create::handle).get(list::handle))
        .route("/api/v1/tasks/{id}", get(show::handle))
        .route("/api/v1/tasks/{id}/cancel", post(cancel::handle))
        .route("/api/v1/tasks/{id}/verify", post(verify::handle))
        .route("/api/v1/tasks/{id}/dispute", post(dispute::handle))
        .route("/api/v1/tasks/{id}/retrieve-credential", get(credential::handle).post(credential::handle))
        .route("/api/v1/task-types", get(task_types::handle))
        .with_state(tasks)
}
