//! `/mcp` of the stack: a function of its own, that answers as the embedded system does.

use crate::clients::mcp::assistant::{Assistant, post};
use harness::Api;
use harness::binary::in_days;
use harness::deployed::Deployed;
use serde_json::json;

#[tokio::test]
async fn the_tools_are_served_by_name_to_whoever_has_a_key() {
    let stack = Deployed::open().await;
    let agent = stack.agent("0").await;
    let host = stack.url().split_once("://").unwrap().1.to_owned();
    let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    for (headers, status) in [
        (vec![("host", host.as_str()), ("x-api-key", &agent.key)], 200),
        (vec![("host", host.as_str())], 401),
        (vec![("host", host.as_str()), ("x-api-key", &agent.key), ("origin", "http://evil.example")], 403),
    ] {
        let (answered, body) = post(stack.endpoint(), &headers, &list).await;
        assert_eq!(answered, status, "{headers:?}: {body}");
        assert!(status != 200 || body["result"]["tools"].as_array().unwrap().len() == 16);
    }
    // By its path the stack is spoken to under another name.
    let by_path = stack.address("").trim_end_matches("/api/v1").to_owned();
    let (status, body) = post(&by_path, &[("x-api-key", &agent.key)], &list).await;
    assert_eq!(status, 403, "{body}");

    let mut assistant = Assistant::Http { url: stack.endpoint().to_owned(), key: agent.key.clone(), host: Some(host) };
    assistant.call("fund_account", json!({ "amount_usdc": 100, "tx_hash": "0xabc...def" })).await;
    let draft = json!({
        "title": "Verify storefront signage", "description": "Take a clear photo of the sign at 123 Main St",
        "location": { "lat": 40.7128, "lng": -74.006, "address": "123 Main St, New York, NY" }, "reward_usd": 25,
        "deadline": in_days(2).to_string(), "proof_requirements": ["Photo of storefront sign"], "task_type": "VERIFICATION",
    });
    let posted = assistant.call("post_task", draft.clone()).await;
    let again = assistant.call("post_task", draft).await;
    assert_eq!((&again["task_id"], &again["already_posted"]), (&posted["task_id"], &json!(true)));
    let id = posted["task_id"].as_str().unwrap();

    let jane = stack.operator("Jane Doe").await;
    stack.photograph(&jane, id).await;
    let done = stack.until("the task is COMPLETED", async || {
        let shown = stack.get(&agent, &format!("/tasks/{id}")).await.expect(200);
        (shown["status"] == "COMPLETED").then_some(())
    });
    done.await;
    let shown = assistant.call("get_task_result", json!({ "task_id": id })).await;
    assert_eq!((&shown["status"], shown["proof"]["photos"].as_array().unwrap().len()), (&json!("COMPLETED"), 1));
    assert_eq!(shown["proof"]["operator_text"]["notes"], "Sign confirmed at location");
    let balance = assistant.call("get_balance", json!({})).await;
    assert_eq!((&balance["deposit_balance"], &balance["escrow_balance"]), (&json!(70.5), &json!(0.0)));
    let found = assistant.call("search_operators", json!({ "lat": 40.7, "lng": -74.0 })).await;
    assert!(found["coverage"].is_object());
    let events = assistant.call("get_events", json!({ "task_id": id })).await;
    assert_eq!(events["events"][0]["type"], "task.created");
    stack.audit(&stack.admin_key).await;
}
