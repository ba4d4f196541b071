//! A successful answer: status, headers, JSON.

use crate::error::ApiError;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An answer.
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
