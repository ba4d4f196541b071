//! `POST /admin/tasks/{id}/resolve`: staff decide. How that divides the money is told by `lifecycle`.

use harness::{Api, World};
use serde_json::{Value, json};

#[tokio::test]
async fn a_resolution_is_one_of_three_outcomes_with_a_reason_and_for_a_disputed_task() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    world.pass(1);
    let task = world.judged(&agent, &operator, "guardian:reject").await;
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
        "resolved_by": "admin", "resolved_at": "2026-02-05T12:00:01.000Z", "next_action": null,
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
