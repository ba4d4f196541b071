//! What a caller passes through: settings of the deployment, and the store behind them.

use crate::error::ApiError;
use crate::keys::KeyHash;
use crate::limit::{Counted, Counter, Limiter};
use axum::extract::FromRef;
use axum::http::request::Parts;
use contract::Route;
use domain::Mode;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use store::Store;

/// Settings of a deployment that decide who may enter.
#[derive(Debug)]
pub struct Settings {
    /// Test or live.
    pub mode: Mode,
    /// `X-Admin-Key`.
    pub admin_key: KeyHash,
    /// `ALLOW_DEV_OPERATOR_ID_HEADER`: accept `X-Operator-Id` as an identity.
    pub operator_id_header: bool,
}

/// Cheap to clone; one per process.
#[derive(Clone, Debug)]
pub struct Gate {
    store: Store,
    settings: Arc<Settings>,
    limiter: Limiter,
}

/// Where a request comes from, as the process that received it knows it. Never from a header.
#[derive(Clone, Copy, Debug)]
pub struct ClientIp(pub IpAddr);

/// What is known of a request before anything about its caller.
#[derive(Clone, Debug)]
pub struct Visit {
    pub(crate) request_id: String,
    pub(crate) counted: Arc<OnceLock<Counted>>,
}

impl Gate {
    /// Refuses settings that must not go together.
    pub fn new(store: Store, settings: Settings) -> Result<Self, &'static str> {
        if settings.mode == Mode::Live && settings.operator_id_header {
            return Err("ALLOW_DEV_OPERATOR_ID_HEADER must not be set in live mode");
        }
        Ok(Self { store, settings: Arc::new(settings), limiter: Limiter::default() })
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Test or live.
    pub fn mode(&self) -> Mode {
        self.settings.mode
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// A request at the gate: counted before anything else.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub(crate) gate: Gate,
    route: Route,
    counter: Counter,
    visit: Visit,
}

impl Arrival {
    pub(crate) fn of<S>(parts: &Parts, state: &S) -> Result<Self, ApiError>
    where
        Gate: FromRef<S>,
    {
        let route = parts.extensions.get::<Route>().ok_or_else(|| ApiError::internal("an endpoint without a route"))?;
        Self::at(parts, Gate::from_ref(state), *route)
    }

    /// Of a request that goes to `route`.
    pub(crate) fn at(parts: &Parts, gate: Gate, route: Route) -> Result<Self, ApiError> {
        let (Some(visit), Some(ClientIp(ip))) = (parts.extensions.get::<Visit>(), parts.extensions.get::<ClientIp>())
        else {
            return Err(ApiError::internal("the request did not come through the envelope with a client address"));
        };
        Ok(Self { gate, route, counter: Counter::new(client(*ip), route), visit: visit.clone() })
    }

    /// Who says to be somebody, before anything is read: counted where the claim is refused already, 429 when this
    /// process knows that the window is exhausted.
    pub(crate) async fn claimed<T>(&self, claim: Result<T, ApiError>) -> Result<T, ApiError> {
        match claim {
            Ok(claimed) => self.refuse_exhausted().map(|()| claimed),
            Err(refused) => self.count().await.and(Err(refused)),
        }
    }

    fn refuse_exhausted(&self) -> Result<(), ApiError> {
        match self.gate.limiter.exhausted(&self.counter, self.route.rate, self.gate.store.clock().unmoved()) {
            Some(counted) => Err(self.refuse(counted)),
            None => Ok(()),
        }
    }

    fn refuse(&self, counted: Counted) -> ApiError {
        let _ = self.visit.counted.set(counted);
        ApiError::too_many_requests(counted.limit, counted.reset_s)
    }

    /// Counts the request in its window; 429 when there were too many.
    pub(crate) async fn count(&self) -> Result<(), ApiError> {
        match self.gate.limiter.count(&self.gate.store, &self.counter, self.route.rate).await {
            Some((counted, false)) => Err(self.refuse(counted)),
            Some((counted, true)) => {
                let _ = self.visit.counted.set(counted);
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// One IPv4 address, or one IPv6 /64: what a single customer is given.
fn client(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
