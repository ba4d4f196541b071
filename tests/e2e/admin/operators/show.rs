//! `GET /admin/operators/{id}`: who an operator is, what they have done, what they have earned.

use harness::{Api, Caller, DAY_S, World};
use serde_json::json;

#[tokio::test]
async fn staff_see_who_an_operator_is_their_earnings_payouts_and_tasks() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("200").await, world.operator("Jane Doe").await);
    let first = world.judged(&agent, &operator, "guardian:approve").await;
    world.advance(7 * DAY_S).await;
    let second = world.judged(&agent, &operator, "guardian:approve").await;
    let payout = world.post(&operator, "/operator/payout", json!({ "amount_usd": 10 })).await.expect(200);
    let path = format!("/admin/operators/{}", operator.0);
    let unchecked = world.get(world.admin(), &path).await.expect(200);
    assert_eq!(unchecked["checked"], json!(null));
    world.post(world.admin(), &format!("{path}/kyc"), json!({ "status": "VERIFIED" })).await.expect(200);

    let shown = world.get(world.admin(), &path).await.expect(200);

    assert_eq!(shown["profile"], world.get(&operator, "/operator/me").await.expect(200).json);
    assert_eq!(shown["checked"], json!({ "by": "admin", "at": world.now().to_string() }));
    let earnings = json!({
        "pending_balance": 25.0, "available_balance": 15.0, "in_flight_balance": 0.0, "total_earned": 50.0,
    });
    assert_eq!(shown["earnings"], earnings);
    assert_eq!(shown["payouts"], world.get(&operator, "/operator/payouts").await.expect(200)["data"]);
    assert_eq!(shown["payouts"][0]["payout_id"], payout["payout_id"]);
    let lines = shown["recent_tasks"].as_array().unwrap().iter();
    let lines: Vec<_> =
        lines.map(|line| (line["task_id"].as_str().unwrap(), line["status"].as_str().unwrap())).collect();
    assert_eq!(lines, [(&*second, "COMPLETED"), (&*first, "COMPLETED")]);

    world.get(Caller::Operator(&operator), &path).await.expect_error(403, "admin_key_required");
    world.get(world.admin(), "/admin/operators/op_nobody").await.expect_error(404, "not_found");
}
