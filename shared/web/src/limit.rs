//! The rate limit: a fixed window of one minute per client and route template (reference, "Rate Limits").
//!
//! Exact over all processes, because the count is in the store. Once a process has seen a window
//! exhausted it denies from memory, so a flood costs few writes. Where the count cannot be had, requests pass, reads
//! and writes alike: a table that may be lost must not close the API, and money is held by conditions, not by this. They are
//! told of a window in which nothing was asked yet, so that an answer always has its headers.

use contract::endpoint::Rate;
use contract::{BASE, Route};
use domain::Timestamp;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use store::rate::WINDOW_S;

/// Exhausted windows that are remembered.
const REMEMBERED_MAX: usize = 10_000;

/// The state of a caller's window after a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub(crate) limit: u64,
    pub(crate) remaining: u64,
    pub(crate) reset_s: i64,
}

/// What is counted: a client at a route.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Counter {
    client: String,
    /// `POST /api/v1/tasks`.
    route: String,
}

impl Counter {
    pub(crate) fn new(client: String, route: Route) -> Self {
        Self { client, route: format!("{} {BASE}{}", route.method.word(), route.path) }
    }
}

/// Counts requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limiter {
    exhausted: Arc<Mutex<Exhausted>>,
}

#[derive(Debug, Default)]
struct Exhausted {
    window: i64,
    counters: HashSet<Counter>,
}

impl Limiter {
    /// Counts a request; says where the window stands and whether the request may pass. Nothing where nothing is
    /// counted.
    pub(crate) async fn count(&self, store: &Store, counter: &Counter, rate: Rate) -> Option<(Counted, bool)> {
        let limit = rate.per_minute()?;
        // No test clock brings a fresh window: it would be one for guessing keys.
        let now = store.clock().unmoved();
        if let Some(counted) = self.exhausted(counter, rate, now) {
            return Some((counted, false));
        }
        let count = match store.count_request(&counter.client, &counter.route, now).await {
            Ok(count) => count,
            Err(error) => {
                tracing::error!(cause = %error, "a request was not counted");
                metrics::counter!("RequestsUncounted").increment(1);
                0
            }
        };
        if count > limit {
            self.exhaust(counter.clone(), now);
        }
        let counted = Counted { limit, remaining: limit.saturating_sub(count), reset_s: reset_s(now) };
        Some((counted, count <= limit))
    }

    /// Where the window stands, if it is known to be exhausted. Reads and counts nothing.
    pub(crate) fn exhausted(&self, counter: &Counter, rate: Rate, now: Timestamp) -> Option<Counted> {
        let limit = rate.per_minute()?;
        let exhausted = self.exhausted.lock().unwrap_or_else(PoisonError::into_inner);
        let known = exhausted.window == window(now) && exhausted.counters.contains(counter);
        known.then(|| Counted { limit, remaining: 0, reset_s: reset_s(now) })
    }

    fn exhaust(&self, counter: Counter, now: Timestamp) {
        let mut exhausted = self.exhausted.lock().unwrap_or_else(PoisonError::into_inner);
        if exhausted.window != window(now) || exhausted.counters.len() >= REMEMBERED_MAX {
            *exhausted = Exhausted { window: window(now), counters: HashSet::new() };
        }
        exhausted.counters.insert(counter);
    }
}

fn reset_s(now: Timestamp) -> i64 {
    WINDOW_S - now.seconds().rem_euclid(WINDOW_S)
}

fn window(now: Timestamp) -> i64 {
    now.seconds().div_euclid(WINDOW_S)
}
