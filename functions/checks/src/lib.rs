//! `/operator/tasks/{id}/check`: photos decoded and looked at before they are handed in. A function of its own, because that
//! takes the memory and the time of a judgement.

mod check;

use axum::extract::FromRef;
use bucket::Bucket;
use contract::operator;
use photos::Examiner;
use std::sync::Arc;
use web::{Gate, Routes};

/// What the endpoint needs.
#[derive(Clone, Debug)]
pub struct Checks {
    /// Callers and store.
    gate: Gate,
    /// Where the photos are.
    bucket: Bucket,
    examiner: Arc<Examiner>,
}

impl Checks {
    pub fn new(gate: Gate, bucket: Bucket) -> Self {
        let examiner = Arc::new(Examiner::new(gate.store().clone(), bucket.clone()));
        Self { gate, bucket, examiner }
    }
}

impl FromRef<Checks> for Gate {
    fn from_ref(checks: &Checks) -> Gate {
        checks.gate.clone()
    }
}

/// The endpoint.
pub fn routes(state: Checks) -> Routes {
    Routes::new().on(const { operator::tasks::check::ENDPOINT.route }, check::handle).with_state(state)
}
