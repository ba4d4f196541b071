//! `/mcp`: who comes in, and what a host may say in headers.

use super::assistant::{Desk, post};
use serde_json::{Value, json};

fn list() -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" })
}

#[tokio::test]
async fn a_key_is_needed_and_a_foreign_page_or_name_stays_outside() {
    let desk = Desk::open().await;
    let key = desk.agent.key.as_str();
    let bearer = format!("Bearer {key}");
    let foreign = "http://evil.example";
    for (headers, status) in [
        (vec![], 401),
        (vec![("authorization", "Bearer ")], 401),
        (vec![("authorization", "Basic eDp5")], 401),
        (vec![("authorization", bearer.as_str())], 200),
        (vec![("x-api-key", key)], 200),
        (vec![("x-api-key", key), ("origin", foreign)], 403),
        (vec![("x-api-key", key), ("host", "evil.example")], 400),
        (vec![("x-api-key", ""), ("authorization", bearer.as_str())], 200),
        (vec![("x-api-key", "ho_test_nobody")], 401),
        (vec![("x-api-key", "ho_live_EXAMPLE_KEY")], 401),
        (vec![("x-api-key", key), ("x-mcp-readonly", "perhaps")], 400),
        (vec![("x-api-key", key), ("x-mcp-readonly", "true\u{a0}")], 400),
        (vec![("x-api-key", key), ("x-mcp-tools", ",")], 400),
        (vec![("x-api-key", key), ("x-humanops-max-reward-usd", "25€")], 400),
        (vec![("x-api-key", key), ("x-humanops-max-reward-usd", "-1")], 400),
        (vec![("x-api-key", key), ("x-mcp-tools", "rm")], 400),
        (vec![("x-api-key", key), ("x-humanops-max-reward-usd", "1e3")], 400),
        (vec![("x-api-key", key), ("mcp-protocol-version", "1999-01-01")], 400),
    ] {
        let (answered, body) = post(&desk.url(), &headers, &list()).await;
        assert_eq!(answered, status, "{headers:?}: {body}");
        assert!(
            body.is_object() && body["error"].is_string() != (status == 200 || body["jsonrpc"].is_string()),
            "{body}"
        );
    }
}

#[tokio::test]
async fn headers_limit_an_assistant_as_options_do() {
    let desk = Desk::open().await;
    let key = ("x-api-key", desk.agent.key.as_str());
    let (_, all) = post(&desk.url(), &[key], &list()).await;
    assert_eq!(all["result"]["tools"].as_array().unwrap().len(), 16);
    let (_, few) =
        post(&desk.url(), &[key, ("x-mcp-readonly", "true"), ("x-mcp-tools", "get_balance,post_task")], &list()).await;
    assert_eq!(few["result"]["tools"].as_array().unwrap().len(), 1);
    let draft = json!({
        "title": "t", "description": "d", "digital_category": "CONTENT_REVIEW", "reward_usd": 30,
        "deadline": harness::binary::in_days(2).to_string(), "proof_requirements": ["A verdict"],
    });
    let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "dispatch_digital_task", "arguments": draft } });
    let (_, refused) = post(&desk.url(), &[key, ("x-humanops-max-reward-usd", "29.99")], &call).await;
    assert!(refused["result"]["content"][0]["text"].as_str().unwrap().starts_with("reward_limit: "), "{refused}");
}

#[tokio::test]
async fn what_is_no_message_is_told_so_by_the_protocol() {
    let desk = Desk::open().await;
    let key = ("x-api-key", desk.agent.key.as_str());
    for (message, code) in [
        (json!([1]), -32700),
        (json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "arguments": [] } }), -32602),
        (json!({ "jsonrpc": "2.0", "id": 1, "method": "no/such" }), -32601),
    ] {
        let (_, answer) = post(&desk.url(), &[key], &message).await;
        assert_eq!(answer["error"]["code"], code, "{message}: {answer}");
    }
}

/// Those who guess, and those who call too often, whichever tool it is.
#[tokio::test]
async fn calls_are_counted_for_the_caller() {
    let desk = Desk::open().await;
    let balance = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "get_balance", "arguments": {} } });
    let mut called = 0;
    loop {
        let (_, answer) = post(&desk.url(), &[("x-api-key", &desk.agent.key)], &balance).await;
        let text = answer["result"]["content"][0]["text"].as_str().unwrap().to_owned();
        if text.starts_with("rate_limited: ") {
            break;
        }
        called += 1;
        // A minute may end in between: then it begins anew.
        assert!(called <= 200, "{text}");
    }
    let mut guessed = 0;
    while post(&desk.url(), &[("x-api-key", "ho_test_nobody")], &balance).await.0 == 401 {
        guessed += 1;
        assert!(guessed <= 200);
    }
    assert!(called >= 100 && guessed >= 100, "{called} {guessed}");
}
