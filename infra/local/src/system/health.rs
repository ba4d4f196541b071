//! `/health` of the embedded system: beyond what its function says, whether the disk can be written, and whether the
//! pump works.

use crate::engine::{Engine, Kept};
use crate::pump::Handle;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use contract::BASE;
use contract::system::health::ENDPOINT;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use web::{ApiError, envelope};

/// For so long an outcome stands: nobody makes this write more often.
const STANDS: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub(crate) struct Health {
    engine: Engine,
    pump: Handle,
    outcome: Arc<Mutex<Option<Outcome>>>,
}

#[derive(Clone, Debug)]
struct Outcome {
    at: Instant,
    seen: Result<(), String>,
}

impl Health {
    pub(crate) fn of(engine: Engine, pump: Handle) -> Self {
        Self { engine, pump, outcome: Arc::default() }
    }

    /// Whether all of it works.
    async fn look(&self) -> Result<(), String> {
        let mut outcome = self.outcome.lock().await;
        match &*outcome {
            Some(Outcome { at, seen }) if at.elapsed() < STANDS => seen.clone(),
            _ => {
                let written = self.engine.keep(Kept::Heartbeat, "here").await;
                let seen = written.map_err(|error| format!("nothing can be written: {error}"));
                let seen = seen.and_then(|()| self.pump.beats());
                *outcome = Some(Outcome { at: Instant::now(), seen: seen.clone() });
                seen
            }
        }
    }
}

/// Answers for the function when something does not work.
pub(crate) async fn tell(State(health): State<Health>, request: Request, next: Next) -> Response {
    if request.uri().path().strip_prefix(BASE) == Some(ENDPOINT.route.path)
        && let Err(cause) = health.look().await
    {
        tracing::error!(cause, "this system is not well");
        return envelope::refuse(ApiError::internal(cause));
    }
    next.run(request).await
}
