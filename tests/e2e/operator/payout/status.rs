//! `GET /operator/payout/status/{id}`: how far a payout is, for whose it is.

use super::{earner, pay_out};
use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn a_payout_has_a_status_that_its_operator_alone_sees() {
    let world = World::new().await;
    let operator = earner(&world, 2).await;
    let id = pay_out(&world, &operator, json!({ "amount_usd": 50 })).await.expect(200).text_of("payout_id");

    let status = world.get(&operator, &format!("/operator/payout/status/{id}")).await.expect(200);
    assert_eq!(status.text, format!(r#"{{"payout_id":"{id}","status":"completed","amount_usd":50.00}}"#));
    let stranger = world.operator("John Roe").await;
    world.get(&stranger, &format!("/operator/payout/status/{id}")).await.expect_error(404, "not_found");
    let list = world.get(&stranger, "/operator/payouts").await.expect(200);
    assert_eq!(list["data"], json!([]));
}
