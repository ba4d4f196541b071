//! The store ends a page of a query after a megabyte: whoever reads one goes on until there is what was asked for.

use harness::{Api, Proxy, World};
use humanops::Options;
use serde_json::json;

/// Every list, and what else is read by queries and scans.
async fn all(world: &World, agent: &harness::Agent, operator: &harness::OperatorKey, task: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for path in
        ["/tasks", "/tasks?status=PENDING&limit=4", "/tasks?status=COMPLETED", "/agents/deposits", "/agents/keys"]
    {
        texts.push(world.get(agent, path).await.expect(200).text);
    }
    for path in ["", "?limit=2&offset=3", "?task_type=VERIFICATION", "/mine", "/mine?limit=2"] {
        texts.push(world.get(operator, &format!("/operator/tasks{path}")).await.expect(200).text);
    }
    texts.push(world.get(operator, "/operator/payouts").await.expect(200).text);
    texts.push(world.get(operator, "/operator/earnings").await.expect(200).text);
    texts.push(
        world
            .get(agent, &format!("/tasks/{task}"))
            .await
            .expect(200)
            .text
            .split("X-Amz-Date")
            .next()
            .unwrap()
            .to_owned(),
    );
    texts.push(world.get(world.admin(), "/admin/disputes").await.expect(200).text);
    texts.push(world.get(world.admin(), "/admin/ledger/audit").await.expect(200).text);
    texts
}

#[tokio::test]
async fn a_page_of_the_store_that_ends_early_ends_no_answer() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let (agent, operator) = (world.agent("2000").await, world.operator("Jane Doe").await);
    let mut task = String::new();
    for _ in 0..3 {
        world.deposit(&agent, "20").await;
        task = world.judged(&agent, &operator, "guardian:approve").await;
        world.judged(&agent, &operator, "guardian:reject").await;
    }
    world.advance(harness::DAY_S * 7).await;
    for _ in 0..3 {
        let payout = json!({ "amount_usd": 10, "wallet_address": format!("0x{}", "ab".repeat(20)) });
        world.post(&operator, "/operator/payout", payout).await.expect(200);
    }
    // More than what is counted exactly, so that these are counted.
    for _ in 0..53 {
        world.task(&agent, "10").await;
    }

    let whole = all(&world, &agent, &operator, &task).await;
    world.pass(60);
    proxy.end_pages_after(1);
    let in_pieces = all(&world, &agent, &operator, &task).await;
    for (piecewise, whole) in in_pieces.iter().zip(&whole) {
        assert_eq!(piecewise, whole);
    }
}
