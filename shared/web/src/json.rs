//! JSON out: money as exact numbers, and the answer with its status and headers.

use crate::error::ApiError;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Usd;
use domain::geo::Degrees;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt::Display;

/// An amount as a JSON number with at least two decimals, written from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money(pub Usd);

/// Degrees as a JSON number, written from their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(pub Degrees);

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw(&self.0).serialize(serializer)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw(&self.0).serialize(serializer)
    }
}

fn raw(number: &impl Display) -> Box<RawValue> {
    RawValue::from_string(number.to_string()).expect("amounts and degrees display as JSON numbers")
}

/// The text of an amount for `details`, where a float could not be told from one.
pub(crate) fn number(usd: &Usd) -> serde_json::Value {
    serde_json::Value::String(usd.to_string())
}

/// An answer: status, headers, JSON.
#[derive(Debug)]
pub struct Json<T> {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: T,
}

impl<T> Json<T> {
    /// 200.
    pub fn ok(body: T) -> Self {
        Self { status: StatusCode::OK, headers: Vec::new(), body }
    }

    /// 201.
    pub fn created(body: T) -> Self {
        Self { status: StatusCode::CREATED, headers: Vec::new(), body }
    }

    /// Marks a secret: nobody may keep the answer.
    pub fn no_store(self) -> Self {
        self.with(header::CACHE_CONTROL, "no-store")
    }

    /// Marks the answer of an earlier identical request.
    pub fn replayed(self, replayed: bool) -> Self {
        if replayed { self.with(HeaderName::from_static("idempotent-replayed"), "true") } else { self }
    }

    fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_string(&self.body) {
            Ok(text) => {
                let mut response = (self.status, text).into_response();
                response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                response.headers_mut().extend(self.headers);
                response
            }
            Err(error) => ApiError::internal(format!("an answer is not JSON: {error}")).into_response(),
        }
    }
}

/// The body of a request, already within its limit.
#[derive(Clone, Debug)]
pub struct Payload(pub axum::body::Bytes);

impl<S: Sync> FromRequest<S> for Payload {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        // The envelope has read the body within its limit: this cannot wait or grow.
        let collected = http_body_util::BodyExt::collect(request.into_body()).await;
        let body = collected.map_err(|error| ApiError::internal(format!("a buffered body failed: {error}")))?;
        Ok(Self(body.to_bytes()))
    }
}
