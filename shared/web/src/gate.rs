//! What a caller passes through: settings of the deployment, and the store behind them.

use crate::caller::SignIn;
use crate::error::ApiError;
use crate::keys::AdminKeys;
use crate::limit::{Counted, Counter, Limiter};
use axum::extract::FromRef;
use axum::http::request::Parts;
use contract::Route;
use domain::{Mode, StaffName};
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use store::Store;

/// Settings of a deployment that decide who may enter.
#[derive(Debug)]
pub struct Settings {
    /// Test or live.
    pub mode: Mode,
    /// `X-Admin-Key`.
    pub admin_keys: AdminKeys,
    pub sign_in: SignIn,
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
    /// Who of the staff it was, if anybody.
    pub(crate) staff: Arc<OnceLock<StaffName>>,
}

impl Gate {
    pub fn new(store: Store, settings: Settings) -> Self {
        Self { store, settings: Arc::new(settings), limiter: Limiter::default() }
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Test or live.
    pub fn mode(&self) -> Mode {
        self.settings.mode
    }

    /// Counts a request that no described endpoint answers; 429 where there were too many.
    ///
    /// # Errors
    /// That, or the request did not come through the envelope.
    pub async fn count(&self, parts: &Parts, route: Route) -> Result<(), ApiError> {
        Arrival::at(parts, self.clone(), route)?.count().await
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn sign_in(&self) -> &SignIn {
        &self.settings.sign_in
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

    /// Who says to be somebody, before anything is read: counted where the claim is refused already.
    pub(crate) async fn claimed<T>(&self, claim: Result<T, ApiError>) -> Result<T, ApiError> {
        match claim {
            Ok(claimed) => self.refuse_exhausted().map(|()| claimed),
            Err(refused) => self.count().await.and(Err(refused)),
        }
    }

    /// 429 when this process knows that the window is exhausted.
    pub(crate) fn refuse_exhausted(&self) -> Result<(), ApiError> {
        match self.gate.limiter.exhausted(&self.counter, self.route.rate, self.gate.store.clock().unmoved()) {
            Some(counted) => Err(self.refuse(counted)),
            None => Ok(()),
        }
    }

    /// For the request's line of the log.
    pub(crate) fn note_staff(&self, holder: &StaffName) {
        let _ = self.visit.staff.set(holder.clone());
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
