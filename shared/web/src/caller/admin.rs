//! Staff, by the admin key.

use super::header;
use crate::error::ApiError;
use crate::gate::{Arrival, Gate};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use contract::Code;

/// Who says to hold the admin key.
#[derive(Debug)]
pub struct AdminCaller {
    pub(super) arrival: Arrival,
    is_admin: bool,
}

impl AdminCaller {
    pub(super) fn of(arrival: Arrival, headers: &HeaderMap) -> Self {
        let key = &arrival.gate.settings().admin_key;
        let is_admin = header(headers, "x-admin-key").is_some_and(|given| key.matches(given));
        Self { arrival, is_admin }
    }

    /// Counts the request, then checks the key.
    pub async fn authenticate(self) -> Result<(), ApiError> {
        self.arrival.count().await?;
        if self.is_admin { Ok(()) } else { Err(ApiError::of(Code::AdminKeyRequired)) }
    }
}

impl<S> FromRequestParts<S> for AdminCaller
where
    S: Send + Sync,
    Gate: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        Ok(Self::of(Arrival::of(parts, state)?, &parts.headers))
    }
}
