//! `/agents`: registration, API keys, balance, profile. Deposits are in `payments`.

use crate::harness::{Agent, Caller, Reply, START, World};
use serde_json::{Value, json};

/// The active keys' ids, as listed.
async fn key_ids(world: &World, agent: &Agent) -> Vec<String> {
    let list = world.get(agent, "/agents/keys").await.expect(200);
    let keys = list["data"].as_array().unwrap();
    keys.iter().map(|key| key["id"].as_str().unwrap().to_owned()).collect()
}

async fn revoke(world: &World, agent: &Agent, id: &str) -> Reply {
    world.request(agent, "DELETE", &format!("/agents/keys/{id}"), &[], None).await
}

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

    let agent = Agent { id: id.clone(), key };
    let me = world.get(&agent, "/agents/me").await.expect(200);
    let expected = json!({
        "agent_id": id, "name": "my-agent", "email": "agent@example.com", "company": "Acme Inc", "mode": "test",
        "fee_tier": {
            "tier": "STANDARD", "rate_percent": 18, "trailing_30d_spend_usd": 0.0, "next_tier_at_usd": 5000.0,
        },
        "created_at": START,
    });
    assert_eq!(me.json, expected);
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
        (json!({ "name": null, "email": ["a@b"], "company": "c".repeat(201) }), &["company", "email", "name"]),
        (json!({ "name": "n", "email": "a@b", "api_key": "ho_test_mine" }), &["api_key"]),
    ];
    for (body, fields) in cases {
        world.post(Caller::Nobody, "/agents/register", body).await.expect_fields(fields);
    }
}

#[tokio::test]
async fn a_key_is_listed_with_the_fields_of_the_reference_and_never_whole() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let prefix = &agent.key[..15];
    let listed = |last_used: &str, id: &str| {
        format!(
            r#"{{"data":[{{"id":"{id}","keyPrefix":"{prefix}..","name":"default","lastUsed":{last_used},"createdAt":"{START}"}}]}}"#
        )
    };
    let first = world.get(&agent, "/agents/keys").await.expect(200);
    let id = first["data"][0]["id"].as_str().unwrap();
    assert!(id.starts_with("key_"));
    assert_eq!(first.text, listed("null", id));

    // The use is noted to ten minutes.
    world.pass(599);
    let second = world.get(&agent, "/agents/keys").await.expect(200);
    assert_eq!(second.text, listed(&format!("\"{START}\""), id));
    world.pass(1);
    world.get(&agent, "/agents/balance").await.expect(200);
    let third = world.get(&agent, "/agents/keys").await.expect(200);
    assert_eq!(third.text, listed("\"2026-02-05T12:10:00.000Z\"", id));
}

#[tokio::test]
async fn another_key_has_a_label_and_opens_the_same_account() {
    let world = World::new().await;
    let agent = world.agent("50").await;
    world.pass(1);
    let reply = world.post(&agent, "/agents/keys", json!({ "name": "ci-pipeline" })).await.expect(201);
    let key = reply.text_of("api_key");
    let expected = format!(
        r#"{{"api_key":"{key}","key_prefix":"{}..","name":"ci-pipeline","created_at":"2026-02-05T12:00:01.000Z"}}"#,
        &key[..15]
    );
    assert_eq!(reply.text, expected);
    assert_eq!(reply.header("cache-control"), Some("no-store"));

    let second = Agent { id: agent.id.clone(), key };
    assert_eq!(world.get(&second, "/agents/me").await.expect(200)["agent_id"], agent.id);
    let list = world.get(&second, "/agents/keys").await.expect(200);
    let names: Vec<&Value> = list["data"].as_array().unwrap().iter().map(|key| &key["name"]).collect();
    assert_eq!(names, ["ci-pipeline", "default"], "newest first");

    world.post(&agent, "/agents/keys", json!({ "name": "n".repeat(101) })).await.expect_fields(&["name"]);
}

#[tokio::test]
async fn a_revoked_key_is_dead_at_once_and_the_others_live() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    world.pass(1);
    let key = world.post(&agent, "/agents/keys", json!({})).await.expect(201).text_of("api_key");
    let second = Agent { id: agent.id.clone(), key };
    let ids = key_ids(&world, &second).await;

    let reply = revoke(&world, &agent, &ids[0]).await.expect(200);
    assert_eq!(reply.text, r#"{"revoked":true}"#);
    world.get(&second, "/agents/me").await.expect_error(401, "invalid_api_key");
    assert_eq!(key_ids(&world, &agent).await, ids[1..]);
    revoke(&world, &agent, &ids[0]).await.expect_error(404, "not_found");

    // The last one too, by itself.
    revoke(&world, &agent, &ids[1]).await.expect(200);
    world.get(&agent, "/agents/me").await.expect_error(401, "invalid_api_key");
}

#[tokio::test]
async fn a_key_in_a_slot_that_was_freed_does_not_revive_the_old_one() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let make = async || world.post(&agent, "/agents/keys", json!({})).await.expect(201).text_of("api_key");
    let old = Agent { id: agent.id.clone(), key: make().await };
    let ids = key_ids(&world, &agent).await;
    revoke(&world, &old, &ids[0]).await.expect(200);
    let new = Agent { id: agent.id.clone(), key: make().await };
    world.get(&new, "/agents/me").await.expect(200);
    world.get(&old, "/agents/me").await.expect_error(401, "invalid_api_key");
}

#[tokio::test]
async fn an_agent_has_twenty_keys_at_the_most() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    for _ in 1..20 {
        world.post(&agent, "/agents/keys", json!({})).await.expect(201);
    }
    world.post(&agent, "/agents/keys", json!({})).await.expect_error(409, "too_many_keys");
    let ids = key_ids(&world, &agent).await;
    assert_eq!(ids.len(), 20);
    revoke(&world, &agent, &ids[0]).await.expect(200);
    world.post(&agent, "/agents/keys", json!({})).await.expect(201);
    world.post(&agent, "/agents/keys", json!({})).await.expect_error(409, "too_many_keys");
}

#[tokio::test]
async fn the_balance_has_the_bytes_of_the_reference() {
    let world = World::new().await;
    let agent = world.agent("104.50").await;
    world.task(&agent, "25").await;
    let reply = world.get(&agent, "/agents/balance").await.expect(200);
    assert_eq!(reply.text, r#"{"deposit_balance":75.00,"escrow_balance":29.50,"currency":"USD"}"#);
    world.audit().await;
}

#[tokio::test]
async fn a_deposit_address_belongs_to_one_agent_for_good() {
    let world = World::new().await;
    let (a, b) = (world.agent("0").await, world.agent("0").await);
    let first = world.get(&a, "/agents/deposit-address").await.expect(200);
    let address = first.text_of("address");
    let expected = json!({
        "chain": "base", "chain_id": 84532, "token": "USDC",
        "token_contract": "0x036CbD53842c5426634e7929541eC2318f3dCF7e", "address": address,
        "min_deposit_usdc": "5.00", "max_deposit_usdc": "10000.00",
    });
    assert_eq!(first.json, expected);
    assert!(address.len() == 42 && address.starts_with("0x"), "{address}");
    world.pass(60 * 60);
    assert_eq!(world.get(&a, "/agents/deposit-address").await.expect(200).text, first.text);
    assert_ne!(world.get(&b, "/agents/deposit-address").await.expect(200).text_of("address"), address);
}
