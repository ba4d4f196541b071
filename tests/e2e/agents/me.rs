//! `GET /agents/me`: who an agent is, and what it pays.

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
