//! `/admin`: what staff do. How a resolution divides the money is told by `lifecycle`.

use crate::harness::{Agent, OperatorKey, World};
use serde_json::{Value, json};

async fn kyc(world: &World, operator: &OperatorKey, status: &str) {
    let path = format!("/admin/operators/{}/kyc", operator.0);
    let reply = world.post(world.admin(), &path, json!({ "status": status })).await.expect(200);
    assert_eq!(reply.json, json!({ "operator_id": operator.0, "kyc_status": status }));
}

#[tokio::test]
async fn an_operator_whose_identity_is_not_verified_neither_accepts_nor_is_paid() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let running = world.task(&agent, "25").await;
    world.accept(&operator, &running).await;
    let next = world.task(&agent, "25").await;
    let (accept, payout) = (format!("/operator/tasks/{next}/accept"), json!({ "amount_usd": 10 }));
    for status in ["REJECTED", "PENDING"] {
        kyc(&world, &operator, status).await;
        assert_eq!(world.get(&operator, "/operator/me").await.expect(200)["kyc_status"], status);
        let reply = world.post(&operator, &accept, json!({})).await.expect_error(403, "kyc_required");
        assert!(reply.text_of("error").contains(status), "{}", reply.text);
        world.post(&operator, "/operator/payout", payout.clone()).await.expect_error(403, "kyc_required");
    }
    // What was begun may be finished.
    world.submit(&operator, &running, "guardian:approve").await;
    world.settle().await;
    world.assert_earnings(&operator, "pending 25.00 available 0.00 total 25.00").await;

    kyc(&world, &operator, "VERIFIED").await;
    world.post(&operator, &accept, json!({})).await.expect(200);
    world.audit().await;
}

#[tokio::test]
async fn an_identity_check_has_one_of_three_results_for_somebody_who_exists() {
    let world = World::new().await;
    let operator = world.operator("Jane Doe").await;
    for body in [json!({}), json!({ "status": "verified" }), json!({ "status": true }), json!({ "status": null })] {
        let path = format!("/admin/operators/{}/kyc", operator.0);
        world.post(world.admin(), &path, body).await.expect_fields(&["status"]);
    }
    for id in ["op_nobody", "op_", "jane", "op_%2F"] {
        let path = format!("/admin/operators/{id}/kyc");
        world.post(world.admin(), &path, json!({ "status": "VERIFIED" })).await.expect_error(404, "not_found");
    }
    // Nobody came into being by that.
    world.get(&OperatorKey("op_nobody".to_owned()), "/operator/me").await.expect_error(404, "not_found");
}

/// A disputed task; answers its id.
async fn disputed(world: &World, agent: &Agent, operator: &OperatorKey) -> String {
    world.pass(1);
    world.judged(agent, operator, "guardian:reject").await
}

async fn dispute_ids(world: &World, query: &str) -> (Vec<String>, Value) {
    let list = world.get(world.admin(), &format!("/admin/disputes{query}")).await.expect(200);
    let ids = list["data"].as_array().unwrap().iter().map(|line| line["task_id"].as_str().unwrap().to_owned());
    (ids.collect(), list["pagination"].clone())
}

#[tokio::test]
async fn disputes_are_listed_latest_first_until_they_are_resolved() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    assert_eq!(dispute_ids(&world, "").await.0, [""; 0]);
    let mut tasks = Vec::new();
    for _ in 0..3 {
        tasks.push(disputed(&world, &agent, &operator).await);
    }
    world.judged(&agent, &operator, "guardian:review").await;
    tasks.reverse();
    let (ids, pagination) = dispute_ids(&world, "").await;
    assert_eq!((&ids, &pagination["total"]), (&tasks, &json!(3)));

    let (first, pagination) = dispute_ids(&world, "?limit=2").await;
    let cursor = pagination["next_cursor"].as_str().unwrap().to_owned();
    let (second, last) = dispute_ids(&world, &format!("?limit=2&cursor={cursor}")).await;
    assert_eq!([first, second].concat(), tasks);
    assert_eq!(last["next_cursor"], json!(null));

    let list = world.get(world.admin(), "/admin/disputes?limit=1").await.expect(200);
    let expected = json!({
        "task_id": tasks[0], "title": "Verify storefront signage", "task_type": "VERIFICATION", "reward_usd": 25.0,
        "agent_id": agent.id, "operator": { "id": operator.0, "name": "Jane D." },
        "created_at": "2026-02-05T12:00:03.000Z", "deadline": "2026-02-07T12:00:03.000Z",
    });
    assert_eq!(list["data"][0], expected);

    let path = format!("/admin/tasks/{}/resolve", tasks[1]);
    world.post(world.admin(), &path, json!({ "outcome": "REFUND", "rationale": "r" })).await.expect(200);
    assert_eq!(dispute_ids(&world, "").await.0, [tasks[0].as_str(), &tasks[2]]);
    world.audit().await;
}

#[tokio::test]
async fn a_resolution_is_one_of_three_outcomes_with_a_reason_and_for_a_disputed_task() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let task = disputed(&world, &agent, &operator).await;
    let path = format!("/admin/tasks/{task}/resolve");
    let cases: [(Value, &[&str]); 7] = [
        (json!({}), &["outcome", "rationale"]),
        (json!({ "outcome": "release", "rationale": "r" }), &["outcome"]),
        (json!({ "outcome": "SPLIT", "rationale": "r" }), &["operator_share_bps"]),
        (json!({ "outcome": "SPLIT", "operator_share_bps": 10001, "rationale": "r" }), &["operator_share_bps"]),
        (json!({ "outcome": "SPLIT", "operator_share_bps": 50.5, "rationale": "r" }), &["operator_share_bps"]),
        (json!({ "outcome": "REFUND", "operator_share_bps": 1, "rationale": "r" }), &["operator_share_bps"]),
        (json!({ "outcome": "REFUND", "rationale": "r".repeat(501) }), &["rationale"]),
    ];
    for (body, fields) in cases {
        world.post(world.admin(), &path, body).await.expect_fields(fields);
    }
    let split = json!({ "outcome": "SPLIT", "operator_share_bps": 5000, "rationale": "half of it was done" });
    let reply = world.post(world.admin(), &path, split.clone()).await.expect(200);
    let expected = json!({
        "task_id": task, "status": "COMPLETED", "outcome": "SPLIT", "operator_share_bps": 5000,
        "resolved_at": "2026-02-05T12:00:01.000Z", "next_action": null,
    });
    assert_eq!(reply.json, expected);
    world.pass(1);
    // The same decision again changes nothing; another one comes too late.
    assert_eq!(world.post(world.admin(), &path, split).await.expect(200).json, expected);
    let other = json!({ "outcome": "RELEASE", "rationale": "r" });
    world.post(world.admin(), &path, other.clone()).await.expect_error(409, "task_state_conflict");

    let pending = world.task(&agent, "25").await;
    let path = format!("/admin/tasks/{pending}/resolve");
    world.post(world.admin(), &path, other).await.expect_error(409, "task_state_conflict");
    world.audit().await;
}

#[tokio::test]
async fn the_audit_counts_what_it_checked() {
    let world = World::new().await;
    let empty = world.get(world.admin(), "/admin/ledger/audit").await.expect(200);
    assert_eq!(empty.text, r#"{"clean":true,"checked":{"accounts":0,"entries":0,"tasks":0},"violations":[]}"#);
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    world.judged(&agent, &operator, "guardian:approve").await;
    let audit = world.get(world.admin(), "/admin/ledger/audit").await.expect(200);
    // Deposit, escrow, settlement.
    assert_eq!((&audit["clean"], &audit["checked"]["entries"]), (&json!(true), &json!(3)), "{}", audit.text);
    assert_eq!(audit["checked"]["tasks"], 1);
}
