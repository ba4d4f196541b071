//! Pages have one origin: photos go to it, and what a browser keeps for them lies below its name.

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// Sends whoever asks for a page under `localhost` on to `own`: `http://127.0.0.1:8080`.
pub(crate) async fn keep(State(own): State<Arc<str>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let path = request.uri().path();
    if host.split(':').next() == Some("localhost") && pages::paths().any(|page| page == path) {
        return Redirect::temporary(&format!("{own}{path}")).into_response();
    }
    next.run(request).await
}
