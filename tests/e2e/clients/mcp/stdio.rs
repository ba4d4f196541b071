//! The process on the agent's own machine.

use super::assistant::{Assistant, Desk, Server};
use harness::binary::{run, signal};
use serde_json::{Value, json};

fn names(list: &Value) -> Vec<&str> {
    list["result"]["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect()
}

const LIST: &str = r#"{"jsonrpc": "2.0", "id": 5, "method": "tools/list"}"#;

#[tokio::test]
async fn standard_output_is_the_protocols_and_ends_with_it() {
    let desk = Desk::open().await;
    let list: Value = serde_json::from_str(LIST).unwrap();
    // Closed input, Ctrl-C, and what hosts send.
    for how in ["", "INT", "TERM"] {
        let mut server = Server::start(desk.command(&[]));
        assert_eq!(names(&server.ask(&list)).len(), 16);
        if how.is_empty() {
            server.stdin.take();
        } else {
            signal(server.child.id(), how);
        }
        assert_eq!(server.end(), (vec![], Some(0)), "{how}");
    }
}

#[tokio::test]
async fn a_broken_message_and_an_unknown_tool_end_nothing() {
    let desk = Desk::open().await;
    let mut server = Server::start(desk.command(&[]));
    let unknown =
        json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": { "name": "rm", "arguments": {} } });
    let refused = server.ask(&unknown);
    assert_eq!(refused["error"]["code"], -32602, "{refused}");
    assert!(refused["error"]["message"].as_str().unwrap().contains("post_task"));
    let method = server.ask(&json!({ "jsonrpc": "2.0", "id": 8, "method": "resources/list" }));
    assert_eq!(method["error"]["code"], -32601, "{method}");
    assert_eq!(names(&server.ask(&serde_json::from_str(LIST).unwrap())).len(), 16);
}

#[tokio::test]
async fn a_host_limits_what_its_assistant_may_do() {
    let desk = Desk::open().await;
    let list: Value = serde_json::from_str(LIST).unwrap();
    let mut reader = Server::start(desk.command(&["--read-only"]));
    let allowed = reader.ask(&list);
    assert_eq!(
        names(&allowed),
        [
            "search_operators",
            "list_digital_categories",
            "get_task_result",
            "check_verification_status",
            "get_balance",
            "list_tasks",
            "get_events"
        ]
    );
    let post = json!({ "jsonrpc": "2.0", "id": 9, "method": "tools/call", "params": { "name": "post_task", "arguments": {} } });
    assert_eq!(reader.ask(&post)["error"]["code"], -32602);
    let mut few = Server::start(desk.command(&["--tools", "get_balance, cancel_task"]));
    assert_eq!(names(&few.ask(&list)), ["get_balance", "cancel_task"]);

    let mut frugal = Assistant::Stdio(Server::start(desk.command(&["--max-reward-usd", "20.00"])));
    for (reward, is_refused) in [
        (json!(20.01), true),
        (json!("20.01"), true),
        (json!(1e3), true),
        (json!([20]), true),
        (json!(20), false),
        (json!("20.00"), false),
    ] {
        let draft = json!({
            "title": format!("Assess a page for {reward}"), "description": "d", "digital_category": "CONTENT_REVIEW", "reward_usd": reward,
            "deadline": harness::binary::in_days(2).to_string(), "proof_requirements": ["A verdict"],
        });
        if is_refused {
            let refused = frugal.refused("dispatch_digital_task", draft).await;
            assert!(
                refused.starts_with("reward_limit: ") || refused.starts_with("invalid_request: reward_usd"),
                "{refused}"
            );
        } else {
            frugal.call("dispatch_digital_task", draft).await;
        }
    }
    desk.binary.assert_balance(&desk.agent, "deposit 952.80 escrow 47.20").await;
}

#[tokio::test]
async fn what_is_wrong_with_the_setting_is_one_clear_sentence() {
    let desk = Desk::open().await;
    for (variable, value, sentence) in [
        ("HUMANOPS_API_KEY", "", "set HUMANOPS_API_KEY to an agent's API key: ho_test_… or ho_live_…"),
        (
            "HUMANOPS_API_KEY",
            "ho_test_wrong",
            "This is not an API key. Check that it was copied whole. Check HUMANOPS_API_KEY.",
        ),
        (
            "HUMANOPS_API_KEY",
            "ho_live_EXAMPLE_KEY",
            "This is a live key, but this deployment is in test mode. Check HUMANOPS_API_KEY.",
        ),
        (
            "HUMANOPS_API_URL",
            "http://127.0.0.1:9",
            "no answer from http://127.0.0.1:9: it cannot be reached. Check HUMANOPS_API_URL, and that the API runs there.",
        ),
        (
            "HUMANOPS_API_URL",
            "nowhere",
            "the API's address must be like https://api.humanops.io, without user, query and fragment",
        ),
        (
            "HUMANOPS_API_URL",
            "https://me:secret@api.example.com",
            "the API's address must be like https://api.humanops.io, without user, query and fragment",
        ),
        (
            "HUMANOPS_API_URL",
            "http://api.example.com",
            "HUMANOPS_API_URL must begin with https://, or name this machine: a key would go out unencrypted",
        ),
    ] {
        let mut doctor = desk.command(&["doctor"]);
        let ended = run({
            doctor.env(variable, value);
            doctor
        })
        .await;
        assert_eq!(
            (ended.code, ended.stdout.len(), ended.stderr),
            (Some(1), 0, vec![format!("humanops-mcp: {sentence}")])
        );
    }
    let ended = run(desk.command(&["doctor"])).await;
    assert_eq!((ended.code, ended.stderr.len()), (Some(0), 0), "{:?}", ended.stdout);
    for args in
        [&["--tools", "get_balanc"][..], &["--tools", ","], &["--max-reward-usd", "many"], &["--max-reward-usd=-1"]]
    {
        let ended = run(desk.command(args)).await;
        assert_eq!((ended.code, ended.stdout.len()), (Some(2), 0), "{args:?}");
    }
    let mut elsewhere = desk.command(&[]);
    let ended = run({
        elsewhere.env("HUMANOPS_HOME", "~/keys");
        elsewhere
    })
    .await;
    assert_eq!(
        (ended.code, ended.stderr),
        (Some(1), vec!["humanops-mcp: HUMANOPS_HOME must be a whole path, from / on".to_owned()])
    );
    // The assistant hears it with its first call.
    let mut wrong = desk.command(&[]);
    wrong.env("HUMANOPS_API_KEY", "ho_live_EXAMPLE_KEY");
    let refused = Assistant::Stdio(Server::start(wrong)).refused("get_balance", json!({})).await;
    assert!(refused.starts_with("wrong_mode: This is a live key"), "{refused}");
}
