//! `POST /admin/operators/{id}/kyc`: whether somebody is who they say.

use harness::{Api, OperatorKey, World};
use serde_json::json;

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
