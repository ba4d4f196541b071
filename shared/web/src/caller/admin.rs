//! Staff, by the admin key.

use super::header;
use crate::error::ApiError;
use crate::gate::{Arrival, Gate};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use contract::Code;
use domain::StaffName;

/// Who says to hold the admin key.
#[derive(Debug)]
pub struct AdminCaller {
    pub(super) arrival: Arrival,
    holder: Option<StaffName>,
}

impl AdminCaller {
    pub(super) fn of(arrival: Arrival, headers: &HeaderMap) -> Self {
        let keys = &arrival.gate.settings().admin_keys;
        let holder = header(headers, "x-admin-key").and_then(|given| keys.holder(given)).cloned();
        Self { arrival, holder }
    }

    /// Counts the request, then checks the key: whose it is. The log says so too.
    pub async fn authenticate(self) -> Result<StaffName, ApiError> {
        self.arrival.count().await?;
        let holder = self.holder.ok_or_else(|| ApiError::of(Code::AdminKeyRequired))?;
        self.arrival.note_staff(&holder);
        Ok(holder)
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
