//! `GET /agents/balance`: what is deposited, and what is held.

use harness::{Agent, Api, World};

/// An agent's deposit balance as it is answered.
pub(crate) async fn deposited(world: &World, agent: &Agent) -> String {
    world.get(agent, "/agents/balance").await.expect(200).amount("deposit_balance")
}

#[tokio::test]
async fn the_balance_has_the_bytes_of_the_reference() {
    let world = World::new().await;
    let agent = world.agent("104.50").await;
    world.task(&agent, "25").await;
    let reply = world.get(&agent, "/agents/balance").await.expect(200);
    assert_eq!(reply.text, r#"{"deposit_balance":75.00,"escrow_balance":29.50,"currency":"USD"}"#);
    world.audit().await;
}
