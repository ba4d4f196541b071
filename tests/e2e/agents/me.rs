//! `GET` and `PATCH /agents/me`: who an agent is, and what it pays.

use harness::{Agent, Api, Caller, START, World};
use serde_json::json;

#[tokio::test]
async fn an_agent_sees_what_it_registered_with_and_its_tier() {
    let world = World::new().await;
    let body = json!({ "name": "my-agent", "email": "agent@example.com", "company": "Acme Inc" });
    let reply = world.post(Caller::Nobody, "/agents/register", body).await.expect(201);
    let agent = Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") };
    let me = world.get(&agent, "/agents/me").await.expect(200);
    let expected = json!({
        "agent_id": agent.id, "name": "my-agent", "email": "agent@example.com", "company": "Acme Inc", "mode": "test",
        "fee_tier": {
            "tier": "STANDARD", "rate_percent": 18, "trailing_30d_spend_usd": 0.0, "next_tier_at_usd": 5000.0,
        },
        "created_at": START,
    });
    assert_eq!(me.json, expected);
}

#[tokio::test]
async fn a_profile_changes_where_it_is_told_to_and_no_money_does() {
    let world = World::new().await;
    let (agent, other) = (world.agent("100").await, world.agent("50").await);
    let before = world.get(&agent, "/agents/me").await.expect(200);
    let changed = async |body| world.request(&agent, "PATCH", "/agents/me", &[], Some(body)).await.expect(200).json;

    let mut expected = before.json;
    assert_eq!(changed(json!({})).await, expected);
    // Not to say what changes is a mistake; to say that nothing does is none.
    world.request(&agent, "PATCH", "/agents/me", &[], None).await.expect_error(400, "invalid_json");
    assert_eq!(changed(json!({ "name": "", "email": null })).await, expected);
    for (field, value) in
        [("email", "new@example.org"), ("name", "renamed"), ("company", "Acme Inc"), ("company", "Ltd")]
    {
        expected[field] = json!(value);
        assert_eq!(changed(json!({ field: value })).await, expected);
        assert_eq!(world.get(&agent, "/agents/me").await.json, expected);
    }
    world.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    assert_ne!(world.get(&other, "/agents/me").await.expect(200)["email"], "new@example.org");
    world.audit().await;
}

#[tokio::test]
async fn a_profile_takes_what_a_registration_takes_and_is_its_owners() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let body = json!({ "email": "jane@example,com", "name": "\u{200b}", "company": "a\nb", "mode": "live" });
    let refused = world.request(&agent, "PATCH", "/agents/me", &[], Some(body)).await;
    refused.expect_fields(&["company", "email", "mode", "name"]);
    let nobody = world.request(Caller::Nobody, "PATCH", "/agents/me", &[], Some(json!({}))).await;
    nobody.expect_error(401, "missing_api_key");
}
