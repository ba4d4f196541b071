//! `POST /agents/deposit`: dollars by card or bank. In test mode they are there at once.

mod status;
pub(crate) mod usdc;

use crate::agents::balance::deposited;
use harness::{Agent, Api, Caller, Reply, World, send};
use serde_json::{Value, json};

/// Amounts as JSON, and whether they can be deposited as USDC and as US dollars.
const AMOUNTS: [(&str, bool, bool); 28] = [
    ("5", true, true),
    ("5.00", true, true),
    (r#""5""#, true, true),
    (r#""5.50""#, true, true),
    ("10000", true, true),
    (r#""10000.00""#, true, true),
    ("9999.99", true, true),
    ("5.000001", true, false),
    (r#""9999.999999""#, true, false),
    ("4.99", false, false),
    ("4.999999", false, false),
    ("10000.01", false, false),
    ("10000.000001", false, false),
    ("5.0000001", false, false),
    ("0", false, false),
    ("-5", false, false),
    (r#""-5""#, false, false),
    (r#""+5""#, false, false),
    ("1e2", false, false),
    (r#""1e2""#, false, false),
    (r#""NaN""#, false, false),
    (r#""Infinity""#, false, false),
    (r#""０５""#, false, false),
    (r#""5,00""#, false, false),
    (r#"" 5""#, false, false),
    (r#""0x10""#, false, false),
    ("90071992547409930", false, false),
    ("null", false, false),
];

async fn deposit(world: &World, agent: &Agent, key: &str, amount: Value) -> Reply {
    let body = json!({ "amount_usd": amount, "payment_method": "card" });
    world.request(agent, "POST", "/agents/deposit", &[("idempotency-key", key)], Some(body)).await
}

#[tokio::test]
async fn the_request_of_the_reference_completes_at_once() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let body = json!({ "amount_usd": 100, "payment_method": "card", "return_url": "https://example.com/back" });
    let reply = world.post(&agent, "/agents/deposit", body).await.expect(200);
    let (transaction, payment) = (reply.text_of("transaction_id"), reply.text_of("payment_id"));
    let expected = format!(
        r#"{{"transaction_id":"{transaction}","amount_usd":100.00,"status":"completed","message":"Funds added (test mode)","payment_id":"{payment}"}}"#
    );
    assert_eq!(reply.text, expected);
    assert_eq!(deposited(&world, &agent).await, "100.00");
    world.audit().await;
}

#[tokio::test]
async fn an_amount_is_five_to_ten_thousand_with_at_most_two_decimals() {
    let world = World::new().await;
    for (amount, _, good) in AMOUNTS {
        let agent = world.agent("0").await;
        let credential = Caller::from(&agent).header().unwrap();
        let body = format!(r#"{{"amount_usd": {amount}, "payment_method": "bank_transfer"}}"#);
        let reply = send(world.router(), "POST", "/agents/deposit", &[credential], Some(body)).await;
        if good {
            let credited = reply.expect(200).amount("amount_usd");
            assert_eq!(deposited(&world, &agent).await, credited, "{amount}");
        } else {
            reply.expect_fields(&["amount_usd"]);
            assert_eq!(deposited(&world, &agent).await, "0.00", "{amount}");
        }
    }
    world.audit().await;
}

#[tokio::test]
async fn a_payment_needs_a_known_method_and_a_safe_way_back() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let with = |method: Value, url: Value| json!({ "amount_usd": 5, "payment_method": method, "return_url": url });
    let cases: [(Value, &[&str]); 6] = [
        (with(json!("cash"), json!(null)), &["payment_method"]),
        (with(json!(null), json!(null)), &["payment_method"]),
        (with(json!("card"), json!("http://example.com")), &["return_url"]),
        (with(json!("card"), json!("javascript:alert(1)")), &["return_url"]),
        (with(json!("CARD"), json!(5)), &["payment_method", "return_url"]),
        (json!({ "currency": "BRL" }), &["amount_usd", "currency", "payment_method"]),
    ];
    for (body, fields) in cases {
        world.post(&agent, "/agents/deposit", body).await.expect_fields(fields);
    }
    assert_eq!(deposited(&world, &agent).await, "0.00");
}

#[tokio::test]
async fn the_same_key_pays_once_and_another_request_with_it_is_refused() {
    let world = World::new().await;
    let (agent, other) = (world.agent("0").await, world.agent("0").await);
    let first = deposit(&world, &agent, "k-1", json!(50)).await.expect(200);
    assert_eq!(first.header("idempotent-replayed"), None);
    for amount in [json!(50), json!("50.00")] {
        let again = deposit(&world, &agent, "k-1", amount).await.expect(200);
        assert_eq!(again.text, first.text);
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
    }
    deposit(&world, &agent, "k-1", json!(51)).await.expect_error(409, "idempotency_key_reused");
    // The key is the agent's own, and is not remembered for what was refused.
    deposit(&world, &other, "k-1", json!(60)).await.expect(200);
    deposit(&world, &agent, "k-2", json!(1)).await.expect_fields(&["amount_usd"]);
    deposit(&world, &agent, "k-2", json!(10)).await.expect(200);
    assert_eq!(deposited(&world, &agent).await, "60.00");
    assert_eq!(deposited(&world, &other).await, "60.00");
    world.audit().await;
}

#[tokio::test]
async fn without_a_key_every_request_is_a_payment() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    for _ in 0..2 {
        let body = json!({ "amount_usd": 5, "payment_method": "card" });
        world.post(&agent, "/agents/deposit", body).await.expect(200);
    }
    assert_eq!(deposited(&world, &agent).await, "10.00");
    for key in ["", &"k".repeat(256), "tab\tinside"] {
        deposit(&world, &agent, key, json!(5)).await.expect_fields(&["Idempotency-Key"]);
    }
    deposit(&world, &agent, &"k".repeat(255), json!(5)).await.expect(200);
    assert_eq!(deposited(&world, &agent).await, "15.00");
    world.audit().await;
}

#[tokio::test]
async fn a_key_is_for_one_request_whole() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let first = json!({ "amount_usd": 50, "payment_method": "card", "return_url": "https://example.com/back" });
    let with_key = async |body: Value| {
        world.request(&agent, "POST", "/agents/deposit", &[("idempotency-key", "k-1")], Some(body)).await
    };
    with_key(first.clone()).await.expect(200);
    for (field, value) in [
        ("payment_method", json!("bank_transfer")),
        ("return_url", json!("https://example.com/elsewhere")),
        ("return_url", json!(null)),
        ("amount_usd", json!(51)),
    ] {
        let mut other = first.clone();
        other[field] = value;
        with_key(other).await.expect_error(409, "idempotency_key_reused");
    }
    let mut same = first;
    same["amount_usd"] = json!("50.00");
    let again = with_key(same).await.expect(200);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(deposited(&world, &agent).await, "50.00");
    world.audit().await;
}
