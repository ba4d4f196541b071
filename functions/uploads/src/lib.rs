//! `/operator/upload`: presigned uploads. Photos go straight to the bucket and never through here.

mod upload;

use axum::extract::FromRef;
use bucket::Bucket;
use contract::operator;
use web::{Gate, Routes};

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

/// The endpoint.
pub fn routes(state: Uploads) -> Routes {
    Routes::new().on(const { operator::upload::ENDPOINT.route }, upload::handle).with_state(state)
}
