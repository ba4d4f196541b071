//! The rate limit: a fixed window of one minute per client and route template (reference, "Rate Limits").
//!
//! Exact over all processes, because the count is in the store. Once a process has seen a window
//! exhausted it denies from memory, so a flood costs few writes.

use crate::gate::Counted;
use domain::Timestamp;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use store::rate::WINDOW_S;
use store::{Store, StoreError};

/// Requests per window of a route.
const PER_WINDOW: u64 = 100;
/// Routes with a limit of their own.
const EXCEPTIONS: [(&str, u64); 1] = [("POST /api/v1/operator/upload", 10)];
/// Exhausted windows that are remembered.
const REMEMBERED_MAX: usize = 10_000;

/// Counts requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limiter {
    exhausted: Arc<Mutex<Exhausted>>,
}

#[derive(Debug, Default)]
struct Exhausted {
    window: i64,
    routes: HashSet<(String, String)>,
}

impl Limiter {
    /// Counts a request; says where the window stands and whether the request may pass.
    pub(crate) async fn count(&self, store: &Store, client: &str, route: &str) -> Result<(Counted, bool), StoreError> {
        let now = store.now();
        if let Some(counted) = self.exhausted(client, route, now) {
            return Ok((counted, false));
        }
        let count = store.count_request(client, route, now).await?;
        let limit = limit(route);
        if count > limit {
            self.exhaust((client.to_owned(), route.to_owned()), now);
        }
        Ok((Counted { limit, remaining: limit.saturating_sub(count), reset_s: reset_s(now) }, count <= limit))
    }

    /// Where the window stands, if it is known to be exhausted. Reads and counts nothing.
    pub(crate) fn exhausted(&self, client: &str, route: &str, now: Timestamp) -> Option<Counted> {
        let exhausted = self.exhausted.lock().unwrap_or_else(PoisonError::into_inner);
        let known = exhausted.routes.contains(&(client.to_owned(), route.to_owned()));
        let counted = Counted { limit: limit(route), remaining: 0, reset_s: reset_s(now) };
        (known && exhausted.window == window(now)).then_some(counted)
    }

    fn exhaust(&self, name: (String, String), now: Timestamp) {
        let mut exhausted = self.exhausted.lock().unwrap_or_else(PoisonError::into_inner);
        if exhausted.window != window(now) || exhausted.routes.len() >= REMEMBERED_MAX {
            *exhausted = Exhausted { window: window(now), routes: HashSet::new() };
        }
        exhausted.routes.insert(name);
    }
}

fn limit(route: &str) -> u64 {
    EXCEPTIONS.iter().find(|(name, _)| *name == route).map_or(PER_WINDOW, |(_, limit)| *limit)
}

fn reset_s(now: Timestamp) -> i64 {
    WINDOW_S - now.seconds().rem_euclid(WINDOW_S)
}

fn window(now: Timestamp) -> i64 {
    now.seconds().div_euclid(WINDOW_S)
}
