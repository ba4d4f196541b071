//! `/operator/upload`: presigned uploads. Photos go straight to the bucket and never through here.

mod upload;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::post;
use bucket::Bucket;
use web::Gate;

/// What the endpoint needs.
#[derive(Clone, Debug)]
pub struct Uploads {
    /// Callers and store.
    pub gate: Gate,
    /// Signs uploads.
    pub bucket: Bucket,
}

impl FromRef<Uploads> for Gate {
    fn from_ref(uploads: &Uploads) -> Gate {
        uploads.gate.clone()
    }
}

/// The routes.
pub fn router(uploads: Uploads) -> Router {
    Router::new().route("/api/v1/operator/upload", post(upload::handle)).with_state(uploads)
}
