//! `GET /admin/ledger/audit`: what it counts. What it finds is told by `consistency`.

use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn the_audit_counts_what_it_checked() {
    let world = World::new().await;
    let empty = world.get(world.admin(), "/admin/ledger/audit").await.expect(200);
    assert_eq!(empty.text, r#"{"clean":true,"checked":{"accounts":0,"entries":0,"tasks":0,"busy":0},"violations":[]}"#);
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    world.judged(&agent, &operator, "guardian:approve").await;
    let audit = world.get(world.admin(), "/admin/ledger/audit").await.expect(200);
    // Deposit, escrow, settlement.
    assert_eq!((&audit["clean"], &audit["checked"]["entries"]), (&json!(true), &json!(3)), "{}", audit.text);
    assert_eq!(audit["checked"]["tasks"], 1);
}
