//! `GET /operator/me`: who an operator is.

use harness::{Api, OperatorKey, START, World};
use serde_json::json;

#[tokio::test]
async fn in_development_any_id_is_an_identity() {
    let world = World::new().await;
    let operator = OperatorKey("op_xyz789".to_owned());
    let body = json!({ "name": "Jane Doe", "email": "jane@example.com" });
    let reply = world.post(&operator, "/operator/register", body.clone()).await.expect(201);
    assert_eq!(reply["operator_id"], "op_xyz789");
    let me = world.get(&operator, "/operator/me").await.expect(200);
    let expected = json!({
        "operator_id": "op_xyz789", "name": "Jane Doe", "email": "jane@example.com", "phone": null,
        "location": { "city": null, "country": null }, "skills": [], "kyc_status": "VERIFIED", "created_at": START,
        "record": {
            "accepted": 0, "at_work": 0, "at_work_max": 5, "completed": 0, "released": 0, "no_shows": 0, "disputes_lost": 0,
        },
    });
    assert_eq!(me.json, expected);
    // Two identities are two operators, even with the same details.
    let other = OperatorKey("op_XYZ789".to_owned());
    world.get(&other, "/operator/me").await.expect_error(404, "not_found");
    world.post(&other, "/operator/register", body).await.expect(201);
}
