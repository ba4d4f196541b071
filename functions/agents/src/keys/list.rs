//! GET /agents/keys: all active keys, newest first. Never a key itself.

use axum::extract::State;
use domain::Timestamp;
use serde::Serialize;
use std::cmp::Reverse;
use store::keys::KeyRecord;
use web::{AgentCaller, Answer, Gate, Json, Query};

pub(crate) async fn handle(caller: AgentCaller, State(gate): State<Gate>, Query(query): Query) -> Answer<Reply> {
    let parsed = query.finish();

    let (_, _, mut keys) = caller.enter_with(|agent| ([], gate.store().keys(agent))).await?;
    parsed?;

    keys.sort_by_key(|record| Reverse((record.created_at, record.slot)));
    Ok(Json::ok(Reply { data: keys.into_iter().map(View::of).collect() }))
}

#[derive(Serialize)]
pub(crate) struct Reply {
    data: Vec<View>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct View {
    id: String,
    key_prefix: String,
    name: String,
    last_used: Option<String>,
    created_at: String,
}

impl View {
    fn of(record: KeyRecord) -> Self {
        Self {
            id: record.id.to_string(),
            key_prefix: record.prefix,
            name: record.name,
            last_used: record.last_used.as_ref().map(Timestamp::to_string),
            created_at: record.created_at.to_string(),
        }
    }
}
