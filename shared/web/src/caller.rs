//! Callers. A handler names who may call it by its parameter, and gets their identity only from
//! `enter`, which counts the request, checks the credential and reads what the handler asked for,
//! all in one round trip.

use crate::api_key::{ApiKey, Malformed};
use crate::error::ApiError;
use crate::gate::{Arrival, Gate, Mode};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use domain::operator::{Kyc, Operator};
use domain::{AgentId, OperatorId};
use std::future::{Future, ready};
use store::keys::KeyRecord;
use store::{Found, Key, StoreError};

/// Seconds between two notes that a key was used.
const TOUCH_S: i64 = 600;

/// Anybody.
#[derive(Debug)]
pub struct Anyone {
    arrival: Arrival,
    is_admin: bool,
}

/// Who holds an API key.
#[derive(Debug)]
pub struct AgentCaller {
    arrival: Arrival,
    key: Result<ApiKey, ApiError>,
}

/// Who proves to be an operator.
#[derive(Debug)]
pub struct OperatorCaller {
    arrival: Arrival,
    identity: Result<OperatorId, ApiError>,
    /// Named an id, were it a wrong one.
    claims_id: bool,
}

/// Who holds the admin key.
#[derive(Debug)]
pub struct AdminCaller(Anyone);

impl Anyone {
    /// Counts the request.
    pub async fn enter(self) -> Result<(), ApiError> {
        self.arrival.count().await
    }

    /// Counts the request; in live mode only the admin may register agents.
    pub async fn enter_to_register(self) -> Result<(), ApiError> {
        self.arrival.count().await?;
        match self.arrival.gate.mode() {
            Mode::Test => Ok(()),
            Mode::Live => self.require_admin(),
        }
    }

    fn require_admin(&self) -> Result<(), ApiError> {
        if self.is_admin {
            return Ok(());
        }
        Err(ApiError::forbidden("admin_key_required", "This needs a valid X-Admin-Key header."))
    }
}

impl AdminCaller {
    /// Counts the request, then checks the key.
    pub async fn enter(self) -> Result<(), ApiError> {
        self.0.arrival.count().await?;
        self.0.require_admin()
    }
}

impl AgentCaller {
    /// Counts, authenticates, and reads the items that `keys` names.
    pub async fn enter<K>(self, keys: impl FnOnce(AgentId) -> K) -> Result<(AgentId, Found), ApiError>
    where
        K: IntoIterator<Item = Key>,
    {
        let (agent, found, ()) = self.enter_with(|agent| (keys(agent), ready(Ok(())))).await?;
        Ok((agent, found))
    }

    /// Like [`AgentCaller::enter`], with one more read at the same time.
    pub async fn enter_with<K, F, T>(
        self,
        reads: impl FnOnce(AgentId) -> (K, F),
    ) -> Result<(AgentId, Found, T), ApiError>
    where
        K: IntoIterator<Item = Key>,
        F: Future<Output = Result<T, StoreError>>,
    {
        let key = match self.key {
            Ok(key) => key,
            Err(refused) => {
                self.arrival.count().await?;
                return Err(refused);
            }
        };
        self.arrival.refuse_exhausted()?;
        let store = self.arrival.gate.store();
        let (keys, more) = reads(key.agent);
        let keys = keys.into_iter().chain([Key::api_key(key.agent, key.slot)]);
        let (counted, found, more) = futures::join!(self.arrival.count(), store.read(keys), more);
        counted?;
        let mut found = found?;
        let record = found.api_key(key.agent, key.slot)?.filter(|record| key.matches(&record.hash));
        let record = record
            .ok_or_else(|| ApiError::unauthorized("invalid_api_key", "This API key is not valid, or was revoked."))?;
        touch(&self.arrival.gate, key.agent, &record).await?;
        Ok((key.agent, found, more?))
    }
}

async fn touch(gate: &Gate, agent: AgentId, record: &KeyRecord) -> Result<(), StoreError> {
    let now = gate.store().now();
    match record.last_used {
        Some(used) if now < used.plus_seconds(TOUCH_S) => Ok(()),
        Some(_) | None => gate.store().touch_key(agent, record.slot, record.id, now).await,
    }
}

impl OperatorCaller {
    /// Counts, authenticates, and reads the items that `keys` names.
    pub async fn enter<K>(self, keys: impl FnOnce(&OperatorId) -> K) -> Result<(OperatorId, Found), ApiError>
    where
        K: IntoIterator<Item = Key>,
    {
        let (operator, found, ()) = self.enter_with(|operator| (keys(operator), ready(Ok(())))).await?;
        Ok((operator, found))
    }

    /// Like [`OperatorCaller::enter`], with one more read at the same time.
    pub async fn enter_with<K, F, T>(
        self,
        reads: impl FnOnce(&OperatorId) -> (K, F),
    ) -> Result<(OperatorId, Found, T), ApiError>
    where
        K: IntoIterator<Item = Key>,
        F: Future<Output = Result<T, StoreError>>,
    {
        let operator = match self.identity {
            Ok(operator) => operator,
            Err(refused) => {
                self.arrival.count().await?;
                return Err(refused);
            }
        };
        self.arrival.refuse_exhausted()?;
        let (keys, more) = reads(&operator);
        let (counted, found, more) = futures::join!(self.arrival.count(), self.arrival.gate.store().read(keys), more);
        counted?;
        Ok((operator, found?, more?))
    }

    /// Like [`OperatorCaller::enter`], for operators whose identity was checked (KYC VERIFIED).
    pub async fn enter_verified<K>(self, keys: impl FnOnce(&OperatorId) -> K) -> Result<(Operator, Found), ApiError>
    where
        K: IntoIterator<Item = Key>,
    {
        let with_profile = |id: &OperatorId| keys(id).into_iter().chain([Key::operator(id)]).collect::<Vec<_>>();
        let (id, mut found) = self.enter(with_profile).await?;
        let operator = found.operator(&id)?.ok_or_else(|| {
            ApiError::forbidden("operator_not_registered", "Register first: POST /api/v1/operator/register.")
        })?;
        match operator.kyc {
            Kyc::Verified => Ok((operator, found)),
            Kyc::Pending | Kyc::Rejected => Err(ApiError::forbidden(
                "kyc_required",
                format!("KYC verification is required; yours is {}.", operator.kyc),
            )),
        }
    }

    /// Who wants to register: an identity, or in development nobody yet.
    pub async fn enter_to_register(self, newcomer: Option<OperatorId>) -> Result<OperatorId, ApiError> {
        self.arrival.count().await?;
        let settings = self.arrival.gate.settings();
        match (self.identity, newcomer) {
            (Ok(identity), _) => Ok(identity),
            (Err(_), Some(newcomer)) if settings.operator_id_header && !self.claims_id => Ok(newcomer),
            (Err(refused), _) => Err(refused),
        }
    }
}

impl<S> FromRequestParts<S> for Anyone
where
    S: Send + Sync,
    Gate: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let arrival = Arrival::of(parts, state).await?;
        let key = &arrival.gate.settings().admin_key;
        let is_admin = header(&parts.headers, "x-admin-key").is_some_and(|given| key.matches(given));
        Ok(Self { arrival, is_admin })
    }
}

impl<S> FromRequestParts<S> for AdminCaller
where
    S: Send + Sync,
    Gate: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        Anyone::from_request_parts(parts, state).await.map(Self)
    }
}

impl<S> FromRequestParts<S> for AgentCaller
where
    S: Send + Sync,
    Gate: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let arrival = Arrival::of(parts, state).await?;
        let key = api_key(&parts.headers, arrival.gate.mode());
        Ok(Self { arrival, key })
    }
}

impl<S> FromRequestParts<S> for OperatorCaller
where
    S: Send + Sync,
    Gate: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let arrival = Arrival::of(parts, state).await?;
        let identity = operator_identity(&parts.headers, arrival.gate.settings().operator_id_header);
        Ok(Self { arrival, identity, claims_id: parts.headers.contains_key("x-operator-id") })
    }
}

fn api_key(headers: &HeaderMap, mode: Mode) -> Result<ApiKey, ApiError> {
    let Some(text) = header(headers, "x-api-key") else {
        return Err(ApiError::unauthorized("missing_api_key", "Send your API key in the X-API-Key header."));
    };
    ApiKey::parse(text, mode).map_err(|malformed| match malformed {
        Malformed::NotAKey => {
            ApiError::unauthorized("invalid_api_key", "This is not an API key. Check that it was copied whole.")
        }
        Malformed::OtherMode(other) => ApiError::unauthorized(
            "wrong_mode",
            format!("This is a {} key, but this deployment is in {} mode.", other.word(), mode.word()),
        ),
    })
}

fn operator_identity(headers: &HeaderMap, id_header: bool) -> Result<OperatorId, ApiError> {
    match header(headers, "x-operator-id") {
        Some(text) if id_header => OperatorId::parse(text).ok_or_else(|| {
            ApiError::unauthorized("invalid_operator_id", "X-Operator-Id must be op_ and 4 to 64 letters and digits.")
        }),
        Some(_) => Err(ApiError::unauthorized("header_not_accepted", "X-Operator-Id is not accepted here.")),
        None if id_header => {
            Err(ApiError::unauthorized("missing_operator", "Send your operator id in the X-Operator-Id header."))
        }
        None => Err(ApiError::unauthorized("missing_operator", "Sign in and send Authorization: Bearer <token>.")),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
