//! `GET /agents/balance`: what can be spent, and what is held for open tasks.

use crate::account;
use contract::agents::balance::Reply;
use contract::read::Nothing;
use contract::wire::Money;
use domain::Usd;
use store::Key;
use web::{AgentCaller, Answer, Json, Query};

pub(crate) async fn handle(caller: AgentCaller, query: Query) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::agent(id)]).await?;
    query.read::<Nothing>()?;

    let agent = account::of(id, &mut found)?;
    Ok(Json::ok(Reply {
        deposit_balance: Money(agent.deposit),
        escrow_balance: Money(agent.escrow),
        currency: "USD",
        suspended_balance: some(agent.suspended),
        in_flight_balance: some(agent.in_flight),
        owed_usd: some(agent.owed),
    }))
}

/// An amount that there is.
fn some(amount: Usd) -> Option<Money> {
    (amount > Usd::ZERO).then_some(Money(amount))
}
