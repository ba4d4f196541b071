//! `GET` and `POST /agents/deposit/status`: how far a payment is.

use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn a_payment_has_one_status_whichever_way_it_is_asked_for() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let body = json!({ "amount_usd": 100, "payment_method": "card" });
    let reply = world.post(&agent, "/agents/deposit", body).await.expect(200);
    let (transaction, payment) = (reply.text_of("transaction_id"), reply.text_of("payment_id"));

    let status = format!(r#"{{"payment_id":"{payment}","status":"completed","amount_usd":100.00}}"#);
    let by_query = world.get(&agent, &format!("/agents/deposit/status?payment_id={payment}")).await.expect(200);
    let by_body = world.post(&agent, "/agents/deposit/status", json!({ "payment_id": payment })).await.expect(200);
    assert_eq!((by_query.text, by_body.text), (status.clone(), status));
    for id in ["pay_abc123", "pay_", " ", &transaction] {
        let reply = world.post(&agent, "/agents/deposit/status", json!({ "payment_id": id })).await;
        reply.expect_error(404, "not_found");
    }
    world.post(&agent, "/agents/deposit/status", json!({})).await.expect_fields(&["payment_id"]);
    world.get(&agent, "/agents/deposit/status").await.expect_fields(&["payment_id"]);
}
