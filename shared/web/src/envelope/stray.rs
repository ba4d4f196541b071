//! Requests to what is not there, or not with that method: counted like others, and heard out.

use super::body;
use crate::error::ApiError;
use crate::gate::{Arrival, Gate};
use axum::extract::Request;
use contract::endpoint::Caller;
use contract::{BASE, Code, Route};

/// What all of them are counted as.
const NOWHERE: Route = Route::get("/{nowhere}", Caller::Anyone);

/// 404 or 405 as `code` says; 429 where there were too many. A service without a store counts nothing.
pub(super) async fn answer(gate: Option<Gate>, code: Code, request: Request) -> ApiError {
    let (parts, rest) = request.into_parts();
    // The path decides before the body does.
    let _ = body::read(rest).await;
    let counted = match gate {
        Some(gate) => match Arrival::at(&parts, gate, NOWHERE) {
            Ok(arrival) => arrival.count().await,
            Err(error) => Err(error),
        },
        None => Ok(()),
    };
    match counted {
        Ok(()) if code == Code::NoSuchEndpoint => ApiError::of(code).saying(sentence(parts.uri.path())),
        Ok(()) => ApiError::of(code),
        Err(refused) => refused,
    }
}

fn sentence(path: &str) -> &'static str {
    match path.strip_prefix(BASE) {
        Some(rest) if rest.len() > 1 && rest.ends_with('/') => "No such endpoint. Leave out the slash at the end.",
        Some(rest) if rest.starts_with('/') => "No such endpoint. GET /api/v1/openapi.json lists them.",
        Some(_) | None => Code::NoSuchEndpoint.sentence(),
    }
}
