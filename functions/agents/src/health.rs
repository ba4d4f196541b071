//! `GET /health`: answers while the process lives. Outside the rate limits.

use axum::extract::State;
use contract::system::health::Reply;
use contract::wire::Word;
use web::{Answer, Gate, Json};

pub(crate) async fn handle(State(gate): State<Gate>) -> Answer<Reply> {
    Ok(Json::ok(Reply { status: "ok", mode: Word(gate.mode()) }))
}
