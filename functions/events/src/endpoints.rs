//! `GET /events/endpoints`: where callbacks do not arrive.

pub(crate) mod enable;

use axum::extract::State;
use contract::events::endpoints::{Line, Reply};
use contract::read::Nothing;
use contract::wire::Moment;
use store::events::endpoints::Standing;
use web::{AgentCaller, Answer, Gate, Json, Query};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, query: Query) -> Answer<Reply> {
    let (_, _, standings) = caller.authenticate_beside(|_| [], |agent| gate.store().standings(agent)).await?;
    query.read::<Nothing>()?;

    Ok(Json::ok(Reply { data: standings.into_iter().map(line).collect() }))
}

fn line(standing: Standing) -> Line {
    Line {
        endpoint: standing.endpoint,
        failing_since: Moment(standing.failing_since),
        disabled_at: standing.disabled.map(|(at, _)| Moment(at)),
        reason: standing.disabled.map(|(_, reason)| reason.word()),
    }
}
