//! `GET /operator/payouts`: what was paid, and where it went.

use super::payout::{WALLET, earner, pay_out};
use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn payouts_are_listed_newest_first_with_where_they_went() {
    let world = World::new().await;
    let operator = earner(&world, 3).await;
    let mut paid = Vec::new();
    for body in [
        json!({ "amount_usd": 10, "wallet_address": WALLET }),
        json!({ "amount_usd": 11, "method": "payoneer", "payoneer_payee_id": "payee_123" }),
        json!({ "amount_usd": 12, "method": "usdc", "wallet_address": WALLET, "payoneer_payee_id": "payee_123" }),
    ] {
        world.pass(1);
        paid.push(pay_out(&world, &operator, body).await.expect(200).text_of("payout_id"));
    }
    let list = world.get(&operator, "/operator/payouts").await.expect(200);
    let line = |index: usize, amount: f64, rail: &str, to: &str, at: &str| {
        json!({
            "payout_id": paid[index], "status": "completed", "amount_usd": amount, "rail": rail, "destination": to,
            "created_at": at,
        })
    };
    let expected = json!([
        line(2, 12.0, "base", WALLET, "2026-02-12T12:00:03.000Z"),
        line(1, 11.0, "payoneer", "payee_123", "2026-02-12T12:00:02.000Z"),
        line(0, 10.0, "base", WALLET, "2026-02-12T12:00:01.000Z"),
    ]);
    assert_eq!(list["data"], expected);
    let first = world.get(&operator, "/operator/payouts?limit=2").await.expect(200);
    assert_eq!(first["pagination"]["total"], 3);
    let cursor = first["pagination"]["next_cursor"].as_str().unwrap();
    let second = world.get(&operator, &format!("/operator/payouts?limit=2&cursor={cursor}")).await.expect(200);
    assert_eq!(second["data"], json!([expected[2]]));
    world.audit().await;
}
