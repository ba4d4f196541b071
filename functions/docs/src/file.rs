//! A file of this binary, as an answer.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// What a file is.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Json,
    Html,
    Script,
    Style,
}

/// A file and what it is.
#[derive(Clone, Copy)]
pub(crate) struct File {
    kind: Kind,
    bytes: &'static [u8],
}

/// Only this host's own files, and requests to this host; Swagger UI draws its icons as `data:` and sets styles.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

impl File {
    pub(crate) const fn new(kind: Kind, bytes: &'static [u8]) -> Self {
        Self { kind, bytes }
    }
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        let media_type = match self.kind {
            Kind::Json => "application/json",
            Kind::Html => "text/html; charset=utf-8",
            Kind::Script => "text/javascript; charset=utf-8",
            Kind::Style => "text/css; charset=utf-8",
        };
        let mut response = self.bytes.into_response();
        for (name, value) in [
            (header::CONTENT_TYPE, media_type),
            (header::CACHE_CONTROL, "public, max-age=300"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ] {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}
