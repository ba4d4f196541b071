//! `GET /agents/keys`: all active keys, newest first. Never a key itself.

use axum::extract::State;
use contract::agents::keys::list::{ApiKey, Reply};
use contract::read::Nothing;
use contract::wire::{Id, Moment};
use std::cmp::Reverse;
use store::people::api_keys::KeyRecord;
use web::{AgentCaller, Answer, Gate, Json, Query};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, query: Query) -> Answer<Reply> {
    let (_, _, mut keys) = caller.authenticate_beside(|_| [], |agent| gate.store().keys(agent)).await?;
    query.read::<Nothing>()?;

    keys.sort_by_key(|record| Reverse((record.created_at, record.slot)));
    Ok(Json::ok(Reply { data: keys.into_iter().map(view).collect() }))
}

fn view(record: KeyRecord) -> ApiKey {
    ApiKey {
        id: Id(record.id),
        key_prefix: record.prefix,
        name: record.name,
        last_used: record.last_used.map(Moment),
        created_at: Moment(record.created_at),
    }
}
