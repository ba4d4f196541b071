//! `POST /events/endpoints/enable`: what it takes. What it does is told beside it.

use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn any_endpoint_can_be_enabled_and_none_is_refused() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let body = json!({ "endpoint": "https://your-app.com" });
    let enabled = world.post(&agent, "/events/endpoints/enable", body).await.expect(200);
    assert_eq!(enabled.json, json!({ "endpoint": "https://your-app.com", "enabled": true }));
    world.post(&agent, "/events/endpoints/enable", json!({})).await.expect_fields(&["endpoint"]);
}
