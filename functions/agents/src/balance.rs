//! GET /agents/balance: what can be spent, and what is held for open tasks.

use crate::account;
use serde::Serialize;
use store::Key;
use web::{AgentCaller, Answer, Json, Money, Query};

pub(crate) async fn handle(caller: AgentCaller, Query(query): Query) -> Answer<Reply> {
    let parsed = query.finish();

    let (id, mut found) = caller.enter(|id| [Key::agent(id)]).await?;
    parsed?;

    let agent = account::of(id, &mut found)?;
    Ok(Json::ok(Reply { deposit_balance: Money(agent.deposit), escrow_balance: Money(agent.escrow), currency: "USD" }))
}

#[derive(Serialize)]
pub(crate) struct Reply {
    deposit_balance: Money,
    escrow_balance: Money,
    currency: &'static str,
}
