//! `GET /health`: answers while the process lives. Outside the rate limits.

use axum::Router;
use axum::routing::get;
use serde::Serialize;
use web::{Answer, Json, Mode};

#[derive(Serialize)]
struct Reply {
    status: &'static str,
    mode: &'static str,
}

pub(crate) fn router(mode: Mode) -> Router {
    let handle = move || async move { Answer::Ok(Json::ok(Reply { status: "ok", mode: mode.word() })) };
    Router::new().route("/api/v1/health", get(handle))
}
