//! `POST /agents/register`: an agent and its first key.

use domain::{AgentId, KeyId, Usd};
use harness::{Api, Caller, World};
use serde_json::{Value, json};
use store::Key;
use store::people::api_keys::KeyRecord;

#[tokio::test]
async fn the_request_of_the_reference_registers_an_agent() {
    let world = World::new().await;
    let body = json!({ "name": "my-agent", "email": "agent@example.com", "company": "Acme Inc" });
    let reply = world.post(Caller::Nobody, "/agents/register", body).await.expect(201);
    let (id, key) = (reply.text_of("agent_id"), reply.text_of("api_key"));
    let expected =
        format!(r#"{{"agent_id":"{id}","api_key":"{key}","message":"Save this API key - it won't be shown again."}}"#);
    assert_eq!(reply.text, expected);
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert!(id.starts_with("agent_") && key.starts_with("ho_test_"), "{}", reply.text);
}

#[tokio::test]
async fn the_same_registration_again_is_another_agent() {
    let world = World::new().await;
    let (a, b) = (world.agent("5").await, world.agent("0").await);
    assert_ne!(a.id, b.id);
    world.assert_balances(&b, "deposit 0.00 escrow 0.00 revenue 0.00").await;
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_registration_is_said_at_once() {
    let world = World::new().await;
    let cases: [(Value, &[&str]); 5] = [
        (json!({}), &["email", "name"]),
        (json!({ "name": "", "email": "agent", "company": 5 }), &["company", "email", "name"]),
        (json!({ "name": "n".repeat(201), "email": format!("a@{}", "b".repeat(253)) }), &["email", "name"]),
        (json!({ "name": null, "email": ["a@b.co"], "company": "c".repeat(201) }), &["company", "email", "name"]),
        (json!({ "name": "n", "email": "a@b.co", "api_key": "ho_test_mine" }), &["api_key"]),
    ];
    for (body, fields) in cases {
        world.post(Caller::Nobody, "/agents/register", body).await.expect_fields(fields);
    }
}

#[tokio::test]
async fn no_account_is_ever_written_over() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let id = AgentId::parse(&agent.id).unwrap();
    let store = &world.system.store;
    let there = store.read([Key::agent(id)]).await.unwrap().agent(id).unwrap().unwrap();
    let text = |text: &str| text.to_owned();
    let key = KeyRecord {
        id: KeyId::from_bytes([7; 16]),
        slot: 9,
        hash: text("none"),
        prefix: text("ho_test_"),
        name: text("second"),
        created_at: world.now(),
        last_used: None,
    };

    let again = store.register_agent(&domain::agent::Agent { deposit: Usd::ZERO, ..there }, &key).await;

    assert!(again.is_err(), "{again:?}");
    world.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
}
