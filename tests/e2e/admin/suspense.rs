//! `/admin/suspense`: what staff are to look at, and let go.

use domain::ledger::Rail;
use domain::money::deposit::{self, Deposit, DepositMove, Evidence, Incoming, Suspicion};
use domain::{AgentId, Usd};
use harness::{Agent, Api, World};
use serde_json::json;

/// A deposit of $4 that is too small to be credited; answers its transaction.
async fn suspended(world: &World, agent: &Agent) -> String {
    let (agent, amount) = (AgentId::parse(&agent.id).unwrap(), Usd::dollars(4));
    let tx_hash = format!("0x{}", "ab".repeat(32));
    let reference = deposit::reference(84_532, &tx_hash, agent);
    let from = format!("0x{}", "12".repeat(20));
    let transfers = vec![Incoming { ordinal: 0, from, amount }];
    let evidence = Evidence {
        chain_id: 84_532,
        tx_hash,
        block: 7,
        block_hash: format!("0x{}", "cd".repeat(32)),
        transfers,
        inside: Usd::ZERO,
    };
    let asked = Deposit::asked(Rail::Base, reference.clone(), deposit::transaction(&reference), agent, amount);
    let found =
        Deposit { at: world.now(), evidence: Some(evidence), suspicion: Some(Suspicion::BelowMinimum), ..asked };
    let (booked, _) = world.system.store.book(found, DepositMove::Suspend).await.unwrap().split();
    booked.transaction.to_string()
}

#[tokio::test]
async fn what_is_released_is_the_agents_once() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let id = suspended(&world, &agent).await;
    let held = world.get(&agent, "/agents/balance").await.expect(200);
    assert_eq!((held.amount("deposit_balance"), held.amount("suspended_balance")), ("0.00".into(), "4.00".into()));
    let listed = world.get(world.admin(), "/admin/suspense").await.expect(200);
    assert_eq!(listed["data"][0]["transaction_id"], json!(id));
    assert_eq!(listed["data"][0]["reason"], json!("below_minimum"));
    world.audit().await;

    let path = format!("/admin/suspense/{id}/release");
    for _ in 0..2 {
        let released = world.post(world.admin(), &path, json!({})).await.expect(200);
        assert_eq!(released.text_of("status"), "completed");
    }
    world.assert_balances(&agent, "deposit 4.00 escrow 0.00 revenue 0.00").await;
    assert_eq!(world.get(world.admin(), "/admin/suspense").await.expect(200)["data"], json!([]));
    world.settle().await;
    let told = world.get(&agent, "/events?type=deposit.confirmed").await.expect(200);
    assert_eq!(told["data"].as_array().unwrap().len(), 1);
    world.audit().await;
}

#[tokio::test]
async fn what_is_not_there_can_not_be_released() {
    let world = World::new().await;
    for id in ["txn_00000000000000000000000001", "none"] {
        let path = format!("/admin/suspense/{id}/release");
        world.post(world.admin(), &path, json!({})).await.expect_error(404, "not_found");
    }
}
