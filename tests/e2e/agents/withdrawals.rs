//! `/agents/withdrawals`: an agent takes its own money back, and no other.

use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn test_mode_pays_at_once_and_shows_it() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let id = world.withdrawn(&agent).await;
    let shown = world.get(&agent, &format!("/agents/withdrawals/{id}")).await.expect(200);
    assert_eq!((shown.text_of("status"), shown.amount("amount_usd")), ("completed".to_owned(), "10.00".to_owned()));
    let listed = world.get(&agent, "/agents/withdrawals").await.expect(200);
    assert_eq!(listed["data"], json!([shown.json]));
    world.settle().await;
    let told = world.get(&agent, "/events?type=withdrawal.completed").await.expect(200);
    assert_eq!(told["data"][0]["payload"]["withdrawal"]["withdrawal_id"], json!(id));
    world.assert_balances(&agent, "deposit 90.00 escrow 0.00 revenue 0.00").await;
    let stranger = world.agent("0").await;
    world.get(&stranger, &format!("/agents/withdrawals/{id}")).await.expect_error(404, "not_found");
    assert_eq!(world.get(&stranger, "/agents/withdrawals").await.expect(200)["data"], json!([]));
    world.audit().await;
}

#[tokio::test]
async fn what_is_in_escrow_stays_there() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    world.withdrawn(&agent).await;
    world.task(&agent, "25").await;
    let refused = world.post(&agent, "/agents/withdrawals", json!({ "amount_usd": "60.51" })).await;
    let refused = refused.expect_error(402, "insufficient_balance");
    assert_eq!(refused["details"]["available_usd"], json!("60.50"));
    for amount in [json!("9.99"), json!("10000.01"), json!("1e2"), json!(-10)] {
        let body = json!({ "amount_usd": amount });
        world.post(&agent, "/agents/withdrawals", body).await.expect_fields(&["amount_usd"]);
    }
    world.post(&agent, "/agents/withdrawals", json!({ "amount_usd": "60.50" })).await.expect(200);
    world.assert_balances(&agent, "deposit 0.00 escrow 29.50 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn the_same_key_and_amount_is_one_withdrawal() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    world.withdrawn(&agent).await;
    let ask = async |amount: &str| {
        let (headers, body) = ([("idempotency-key", "k-1")], json!({ "amount_usd": amount }));
        world.request(&agent, "POST", "/agents/withdrawals", &headers, Some(body)).await
    };
    let first = ask("20").await.expect(200);
    assert_eq!(ask("20.00").await.expect(200).text, first.text);
    ask("21").await.expect_error(409, "idempotency_key_reused");
    world.assert_balances(&agent, "deposit 70.00 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn pages_go_from_the_newest_to_the_oldest_and_show_each_once() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let mut made = Vec::new();
    for _ in 0..3 {
        made.insert(0, json!(world.withdrawn(&agent).await));
        world.pass(60);
    }
    let (mut seen, mut path) = (Vec::new(), "/agents/withdrawals?limit=1".to_owned());
    while seen.len() < made.len() {
        let page = world.get(&agent, &path).await.expect(200);
        seen.push(page["data"][0]["withdrawal_id"].clone());
        let Some(cursor) = page["pagination"]["next_cursor"].as_str() else { break };
        path = format!("/agents/withdrawals?limit=1&cursor={cursor}");
    }
    assert_eq!(seen, made);
    world.audit().await;
}
