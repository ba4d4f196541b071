//! Anybody: counted, and asked for nothing.

use super::AdminCaller;
use crate::error::ApiError;
use crate::gate::{Arrival, Gate};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use domain::Mode;

/// Anybody.
#[derive(Debug)]
pub struct Anyone(AdminCaller);

impl Anyone {
    /// Counts the request.
    pub async fn admit(self) -> Result<(), ApiError> {
        self.0.arrival.count().await
    }

    /// Counts the request, then checks the admin key.
    pub async fn authenticate_admin(self) -> Result<(), ApiError> {
        self.0.authenticate().await.map(drop)
    }

    /// Counts the request; in live mode only the admin may register agents.
    pub async fn admit_registrar(self) -> Result<(), ApiError> {
        match self.0.arrival.gate.mode() {
            Mode::Test => self.admit().await,
            Mode::Live => self.authenticate_admin().await,
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
        Ok(Self(AdminCaller::of(Arrival::of(parts, state)?, &parts.headers)))
    }
}
