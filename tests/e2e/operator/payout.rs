//! `POST /operator/payout`: available earnings go out, once, to where they should.

mod status;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::OperatorId;
use harness::{Api, OperatorKey, Reply, World};
use humanops::Options;
use humanops::engine::Engine;
use humanops::system::Rig;
use serde_json::{Value, json};
use store::Key;

const WEEK_S: u32 = 7 * 86_400;
pub(super) const WALLET: &str = "0x52908400098527886E0F7030069857D2E4169EE7";

/// An operator with so many tasks of $25 whose reward is available.
pub(super) async fn earner(world: &World, tasks: usize) -> OperatorKey {
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    for _ in 0..tasks {
        world.judged(&agent, &operator, "guardian:approve").await;
    }
    world.advance(WEEK_S).await;
    operator
}

pub(super) async fn pay_out(world: &World, operator: &OperatorKey, body: Value) -> Reply {
    world.post(operator, "/operator/payout", body).await
}

#[tokio::test]
async fn the_request_of_the_reference_is_paid_at_once() {
    let world = World::new().await;
    let operator = earner(&world, 2).await;
    let body = json!({ "amount_usd": 50, "payoneer_payee_id": "payee_123" });
    let earnings = async || {
        let id = OperatorId::parse(&operator.0).unwrap();
        world.system.store.read([Key::earnings(&id)]).await.unwrap().earnings(&id).unwrap().unwrap()
    };
    assert_eq!(earnings().await.vesting.len(), 1);
    let reply = pay_out(&world, &operator, body).await.expect(200);
    assert!(earnings().await.vesting.is_empty(), "what has vested needs no line any more");
    let id = reply.text_of("payout_id");
    assert!(id.starts_with("payout_"));
    let expected = format!(
        r#"{{"payout_id":"{id}","status":"completed","amount_usd":50.00,"message":"Payout completed (test mode)"}}"#
    );
    assert_eq!(reply.text, expected);
    world.assert_earnings(&operator, "pending 0.00 available 0.00 total 50.00").await;
    world.audit().await;
}

#[tokio::test]
async fn no_more_is_paid_than_is_available() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    world.judged(&agent, &operator, "guardian:approve").await;
    for (seconds, available) in [(0, "0.00"), (WEEK_S - 1, "0.00"), (1, "25.00")] {
        world.pass(seconds);
        let reply = pay_out(&world, &operator, json!({ "amount_usd": "25.01" })).await;
        let reply = reply.expect_error(402, "insufficient_available_balance");
        assert_eq!(reply["details"], json!({ "required_usd": "25.01", "available_usd": available }));
    }
    pay_out(&world, &operator, json!({ "amount_usd": "15.00" })).await.expect(200);
    pay_out(&world, &operator, json!({ "amount_usd": "10.01" }))
        .await
        .expect_error(402, "insufficient_available_balance");
    pay_out(&world, &operator, json!({ "amount_usd": "10.00" })).await.expect(200);
    world.assert_earnings(&operator, "pending 0.00 available 0.00 total 25.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_payout_is_ten_dollars_at_least_and_goes_to_a_real_place() {
    let world = World::new().await;
    let operator = earner(&world, 2).await;
    let agent = world.agent("0").await;
    let ours = world.get(&agent, "/agents/deposit-address").await.expect(200).text_of("address");
    let cases: [(Value, &[&str]); 15] = [
        (json!({}), &["amount_usd"]),
        (json!({ "amount_usd": "9.99" }), &["amount_usd"]),
        (json!({ "amount_usd": 0 }), &["amount_usd"]),
        (json!({ "amount_usd": -10 }), &["amount_usd"]),
        (json!({ "amount_usd": "10.001" }), &["amount_usd"]),
        (json!({ "amount_usd": "1e1" }), &["amount_usd"]),
        (json!({ "amount_usd": "NaN" }), &["amount_usd"]),
        (json!({ "amount_usd": 10, "wallet_address": "0x" }), &["wallet_address"]),
        (json!({ "amount_usd": 10, "wallet_address": &WALLET[2..] }), &["wallet_address"]),
        (json!({ "amount_usd": 10, "wallet_address": format!("{WALLET}0") }), &["wallet_address"]),
        (json!({ "amount_usd": 10, "wallet_address": WALLET.replace('9', "g") }), &["wallet_address"]),
        (json!({ "amount_usd": 10, "wallet_address": format!("0x{}", "0".repeat(40)) }), &["wallet_address"]),
        (json!({ "amount_usd": 10, "wallet_address": ours }), &["wallet_address"]),
        (json!({ "amount_usd": 10, "payoneer_payee_id": "p".repeat(101) }), &["payoneer_payee_id"]),
        (json!({ "amount_usd": 9, "method": "cash", "to": "me" }), &["amount_usd", "method", "to"]),
    ];
    for (body, fields) in cases {
        pay_out(&world, &operator, body).await.expect_fields(fields);
    }
    world.assert_earnings(&operator, "pending 0.00 available 50.00 total 50.00").await;
}

#[tokio::test]
async fn the_same_key_pays_once_and_another_request_with_it_is_refused() {
    let world = World::new().await;
    let (operator, other) = (earner(&world, 2).await, earner(&world, 1).await);
    let with_key = async |who: &OperatorKey, key: &str, body: Value| {
        world.request(who, "POST", "/operator/payout", &[("idempotency-key", key)], Some(body)).await
    };
    let body = json!({ "amount_usd": 20, "wallet_address": WALLET });
    let first = with_key(&operator, "k-1", body.clone()).await.expect(200);
    assert_eq!(first.header("idempotent-replayed"), None);
    for seconds in [0, 1, 60] {
        world.pass(seconds);
        let again = with_key(&operator, "k-1", body.clone()).await.expect(200);
        assert_eq!(again.text, first.text);
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "after {seconds} s");
    }
    for changed in [
        json!({ "amount_usd": 21, "wallet_address": WALLET }),
        json!({ "amount_usd": 20, "wallet_address": WALLET.replace('5', "6") }),
        json!({ "amount_usd": 20, "payoneer_payee_id": "payee_123" }),
        json!({ "amount_usd": 20, "wallet_address": WALLET, "payoneer_payee_id": "payee_123" }),
    ] {
        with_key(&operator, "k-1", changed).await.expect_error(409, "idempotency_key_reused");
    }
    with_key(&other, "k-1", body.clone()).await.expect(200);
    // What was refused is not remembered.
    with_key(&operator, "k-2", json!({ "amount_usd": 1000 })).await.expect_error(402, "insufficient_available_balance");
    with_key(&operator, "k-2", json!({ "amount_usd": 10 })).await.expect(200);
    with_key(&operator, &"k".repeat(256), body).await.expect_fields(&["Idempotency-Key"]);
    world.assert_earnings(&operator, "pending 0.00 available 20.00 total 50.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_thousand_matured_lines_lock_nobody_s_balance() {
    let engine = Engine::open(None).unwrap();
    let client = engine.client();
    let world = World::with(Options::ephemeral(), Rig { engine: Some(engine), ..Rig::default() }).await;
    let operator = earner(&world, 1).await;
    let lines = (0..1_000).map(|i| (format!("{:013}", 1_700_000_000_000_i64 + i), AttributeValue::N("1".to_owned())));
    client
        .update_item()
        .table_name("humanops-ledger")
        .key("pk", AttributeValue::S(operator.0.clone()))
        .key("sk", AttributeValue::S("$".to_owned()))
        .update_expression("SET vb = :lines")
        .expression_attribute_values(":lines", AttributeValue::M(lines.collect()))
        .send()
        .await
        .unwrap();

    pay_out(&world, &operator, json!({ "amount_usd": 10 })).await.expect(200);
    pay_out(&world, &operator, json!({ "amount_usd": 15 })).await.expect(200);
    world.assert_earnings(&operator, "pending 0.00 available 0.00 total 25.00").await;
}
