//! `cargo run -- mcp`: an assistant in one command.

use super::assistant::{Assistant, Server, read_private};
use harness::binary::{Binary, command};
use serde_json::json;

fn draft() -> serde_json::Value {
    json!({
        "title": "Assess a page", "description": "Is it accurate?", "digital_category": "CONTENT_REVIEW", "reward_usd": 10,
        "deadline": harness::binary::in_days(2).to_string(), "proof_requirements": ["A verdict"],
    })
}

/// Two starts: it runs the system itself, and is the same agent again.
#[tokio::test]
async fn it_runs_a_system_of_its_own_for_an_agent_with_money() {
    let home = tempfile::tempdir().unwrap();
    for deposit in [988.0, 976.0] {
        let mut mcp = command(home.path(), &["mcp"]);
        mcp.env("HOME", home.path()).env("HUMANOPS_MAX_REWARD_USD", "10");
        let mut assistant = Assistant::Stdio(Server::start(mcp));
        let mut dear = draft();
        dear["reward_usd"] = json!(11);
        assert!(assistant.refused("dispatch_digital_task", dear).await.starts_with("reward_limit: "));
        assistant.call("dispatch_digital_task", draft()).await;
        assert_eq!(assistant.call("get_balance", json!({})).await["deposit_balance"], deposit);
    }
    assert!(read_private(&home.path().join(".humanops/system/assistant-key")).starts_with("ho_test_"));
    assert_eq!(home.path().read_dir().unwrap().count(), 1, "nothing lies where a host starts its servers");
}

#[tokio::test]
async fn it_speaks_to_the_system_that_runs_on_this_machine() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let binary = Binary::start(folder.path(), &["--ephemeral"]).await;
    let mut mcp = command(home.path(), &["mcp"]);
    mcp.env("HOME", home.path()).env("HUMANOPS_LISTEN", &binary.address);
    let mut assistant = Assistant::Stdio(Server::start(mcp));
    let id = assistant.call("dispatch_digital_task", draft()).await["task_id"].clone();
    let key = read_private(&home.path().join(".humanops/system/assistant-key"));
    let agent = harness::Agent { id: String::new(), key };
    let listed = harness::Api::get(&*binary, &agent, "/tasks").await.expect(200);
    assert_eq!(listed["data"][0]["task_id"], id);
}
