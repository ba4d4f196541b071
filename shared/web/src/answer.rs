//! A successful answer: status, headers, JSON.

use crate::error::ApiError;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::BASE;
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

    /// 201, with where the new thing is: a path below [`BASE`].
    pub fn created(path: &str, body: T) -> Self {
        let location = HeaderValue::try_from(format!("{BASE}{path}")).expect("ids are characters of a URL");
        Self { status: StatusCode::CREATED, headers: vec![(header::LOCATION, location)], body }
    }

    /// 202: it is going to be done.
    pub fn accepted(body: T) -> Self {
        Self { status: StatusCode::ACCEPTED, headers: Vec::new(), body }
    }

    /// Marks the answer of an earlier identical request.
    pub fn replayed(mut self, replayed: bool) -> Self {
        if replayed {
            self.headers.push((HeaderName::from_static("idempotent-replayed"), HeaderValue::from_static("true")));
        }
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
