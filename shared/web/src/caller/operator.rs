//! Operators, by their identity. KYC is the table's to say, never the caller's.

use super::sign_in::{Claim, Identity};
use crate::error::ApiError;
use crate::gate::{Arrival, Gate};
use axum::extract::{FromRef, FromRequestParts};
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
    claim: Claim,
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
        let (identity, found, more) = self.enter(keys, more).await?;
        Ok((identity.operator, found, more))
    }

    /// Like [`OperatorCaller::authenticate`], for operators whose identity was checked (KYC VERIFIED).
    pub async fn authenticate_verified<K>(
        self,
        keys: impl FnOnce(&OperatorId) -> K,
    ) -> Result<(Operator, Found), ApiError>
    where
        K: IntoIterator<Item = Key>,
    {
        let (_, operator, found) = self.enter_verified(keys).await?;
        Ok((operator, found))
    }

    /// Like [`OperatorCaller::authenticate_verified`], for what a stolen session must not do: the sign-in was
    /// confirmed a moment ago.
    pub async fn authenticate_confirmed<K>(
        self,
        keys: impl FnOnce(&OperatorId) -> K,
    ) -> Result<(Operator, Found), ApiError>
    where
        K: IntoIterator<Item = Key>,
    {
        match self.enter_verified(keys).await? {
            (Identity { is_confirmed: true, .. }, operator, found) => Ok((operator, found)),
            (Identity { is_confirmed: false, .. }, ..) => Err(ApiError::of(Code::ConfirmationRequired)),
        }
    }

    /// Who wants to register: an identity, or in development `newcomer` where nobody is named yet.
    pub async fn authenticate_newcomer(self, newcomer: Option<OperatorId>) -> Result<OperatorId, ApiError> {
        let takes_newcomers = self.arrival.gate.sign_in().takes_newcomers(&self.claim);
        match newcomer.filter(|_| takes_newcomers) {
            Some(newcomer) => self.arrival.count().await.map(|()| newcomer),
            None => {
                let identity = identify(&self.arrival, self.claim).await?;
                self.arrival.count().await?;
                Ok(identity.operator)
            }
        }
    }

    async fn enter<K, F, T>(
        self,
        keys: impl FnOnce(&OperatorId) -> K,
        more: impl FnOnce(OperatorId) -> F,
    ) -> Result<(Identity, Found, T), ApiError>
    where
        K: IntoIterator<Item = Key>,
        F: Future<Output = Result<T, StoreError>>,
    {
        let identity = identify(&self.arrival, self.claim).await?;
        let (keys, more) = (keys(&identity.operator), more(identity.operator.clone()));
        let (counted, found, more) = futures::join!(self.arrival.count(), self.arrival.gate.store().read(keys), more);
        counted?;
        Ok((identity, found?, more?))
    }

    async fn enter_verified<K>(
        self,
        keys: impl FnOnce(&OperatorId) -> K,
    ) -> Result<(Identity, Operator, Found), ApiError>
    where
        K: IntoIterator<Item = Key>,
    {
        let with_profile = |id: &OperatorId| keys(id).into_iter().chain([Key::operator(id)]).collect::<Vec<_>>();
        let (identity, mut found, ()) = self.enter(with_profile, |_| ready(Ok(()))).await?;
        let operator = found.operator(&identity.operator)?;
        let operator = operator.ok_or_else(|| ApiError::of(Code::OperatorNotRegistered))?;
        match operator.kyc {
            Kyc::Verified => Ok((identity, operator, found)),
            Kyc::Pending | Kyc::Rejected => Err(ApiError::of(Code::KycRequired)
                .saying(format!("KYC verification is required; yours is {}.", operator.kyc))),
        }
    }
}

/// Who the caller is. A refusal is counted; who has asked too often is not looked at.
async fn identify(arrival: &Arrival, claim: Claim) -> Result<Identity, ApiError> {
    arrival.refuse_exhausted()?;
    let identified = arrival.gate.sign_in().identify(claim, arrival.gate.store().clock().unmoved()).await;
    arrival.claimed(identified).await
}

impl<S> FromRequestParts<S> for OperatorCaller
where
    S: Send + Sync,
    Gate: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let arrival = Arrival::of(parts, state)?;
        let claim = arrival.gate.sign_in().claim(&parts.headers);
        Ok(Self { arrival, claim })
    }
}
