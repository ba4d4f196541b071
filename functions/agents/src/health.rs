//! `GET /health`: answers while the process lives. Outside the rate limits.

use axum::extract::State;
use serde::Serialize;
use web::{Answer, Gate, Json};

#[derive(Serialize)]
pub(crate) struct Reply {
    status: &'static str,
    mode: &'static str,
}

pub(crate) async fn handle(State(gate): State<Gate>) -> Answer<Reply> {
    Ok(Json::ok(Reply { status: "ok", mode: gate.mode().word() }))
}
