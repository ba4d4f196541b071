//! Operators, by their identity. KYC is the table's to say, never the caller's.

use super::header;
use crate::error::ApiError;
use crate::gate::{Arrival, Gate};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use contract::Code;
use domain::OperatorId;
use domain::operator::{Kyc, Operator};
use std::future::ready;
use store::{Found, Key, StoreError};

/// Who says to be an operator.
#[derive(Debug)]
pub struct OperatorCaller {
    arrival: Arrival,
    identity: Result<OperatorId, ApiError>,
    /// Named an id, were it a wrong one.
    claims_id: bool,
}

impl OperatorCaller {
    /// Counts, authenticates, and reads the items that `keys` names.
    pub async fn authenticate<K>(self, keys: impl FnOnce(&OperatorId) -> K) -> Result<(OperatorId, Found), ApiError>
    where
        K: IntoIterator<Item = Key>,
    {
        let (operator, found, ()) = self.authenticate_beside(keys, |_| ready(Ok(()))).await?;
        Ok((operator, found))
    }

    /// Like [`OperatorCaller::authenticate`], with one more read at the same time.
    pub async fn authenticate_beside<K, F, T>(
        self,
        keys: impl FnOnce(&OperatorId) -> K,
        more: impl FnOnce(OperatorId) -> F,
    ) -> Result<(OperatorId, Found, T), ApiError>
    where
        K: IntoIterator<Item = Key>,
        F: Future<Output = Result<T, StoreError>>,
    {
        let operator = self.arrival.claimed(self.identity).await?;
        let (keys, more) = (keys(&operator), more(operator.clone()));
        let (counted, found, more) = futures::join!(self.arrival.count(), self.arrival.gate.store().read(keys), more);
        counted?;
        Ok((operator, found?, more?))
    }

    /// Like [`OperatorCaller::authenticate`], for operators whose identity was checked (KYC VERIFIED).
    pub async fn authenticate_verified<K>(
        self,
        keys: impl FnOnce(&OperatorId) -> K,
    ) -> Result<(Operator, Found), ApiError>
    where
        K: IntoIterator<Item = Key>,
    {
        let with_profile = |id: &OperatorId| keys(id).into_iter().chain([Key::operator(id)]).collect::<Vec<_>>();
        let (id, mut found) = self.authenticate(with_profile).await?;
        let operator = found.operator(&id)?.ok_or_else(|| ApiError::of(Code::OperatorNotRegistered))?;
        match operator.kyc {
            Kyc::Verified => Ok((operator, found)),
            Kyc::Pending | Kyc::Rejected => Err(ApiError::of(Code::KycRequired)
                .saying(format!("KYC verification is required; yours is {}.", operator.kyc))),
        }
    }

    /// Who wants to register: an identity, or in development `newcomer` where nobody is named yet.
    pub async fn authenticate_newcomer(self, newcomer: Option<OperatorId>) -> Result<OperatorId, ApiError> {
        self.arrival.count().await?;
        let settings = self.arrival.gate.settings();
        match (self.identity, newcomer) {
            (Ok(identity), _) => Ok(identity),
            (Err(_), Some(newcomer)) if settings.operator_id_header && !self.claims_id => Ok(newcomer),
            (Err(refused), _) => Err(refused),
        }
    }
}

impl<S> FromRequestParts<S> for OperatorCaller
where
    S: Send + Sync,
    Gate: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let arrival = Arrival::of(parts, state)?;
        let identity = identity(&parts.headers, arrival.gate.settings().operator_id_header);
        Ok(Self { arrival, identity, claims_id: parts.headers.contains_key("x-operator-id") })
    }
}

fn identity(headers: &HeaderMap, id_header: bool) -> Result<OperatorId, ApiError> {
    let missing = |sentence| Err(ApiError::of(Code::MissingOperator).saying(sentence));
    match header(headers, "x-operator-id") {
        Some(text) if id_header => OperatorId::parse(text).ok_or_else(|| ApiError::of(Code::InvalidOperatorId)),
        Some(_) => Err(ApiError::of(Code::HeaderNotAccepted)),
        None if id_header => missing("Send your operator id in the X-Operator-Id header."),
        None => missing("Sign in and send Authorization: Bearer <token>."),
    }
}
