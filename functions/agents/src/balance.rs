//! `GET /agents/balance`: what can be spent, and what is held for open tasks.

use crate::account;
use contract::agents::balance::Reply;
use contract::read::Nothing;
use store::Key;
use web::{AgentCaller, Answer, Json, Query};

pub(crate) async fn handle(caller: AgentCaller, query: Query) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::agent(id)]).await?;
    query.read::<Nothing>()?;

    Ok(Json::ok(Reply::from(&account::of(id, &mut found)?)))
}
