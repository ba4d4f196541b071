//! The README's commands, for who has a stack instead of `cargo run`.

use crate::documents::FIRST_TASK;
use harness::deployed::Deployed;
use harness::{Agent, Api, OperatorKey};
use serde_json::Value;
use std::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn the_block_of_the_readme_works_and_its_earnings_wait_for_a_clock_that_nobody_moves() {
    let stack = Deployed::open().await;
    let block = FIRST_TASK.code().replace("http://127.0.0.1:8080", stack.url());

    let output = Command::new("bash").args(["-euc", &block]).output().unwrap();

    let (printed, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let answers: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = |field: &str| {
        let found = answers.iter().find_map(|answer| answer[field].as_str());
        found.unwrap_or_else(|| panic!("no {field} in {printed}{said}")).to_owned()
    };
    // What `cargo run` has and a stack has not.
    assert!(said.contains(r#""code":"no_such_endpoint""#), "{said}");
    let (agent, operator) =
        (Agent { id: String::new(), key: answered("api_key") }, OperatorKey(answered("operator_id")));
    let task = answered("task_id");
    let path = format!("/tasks/{task}");
    let completed = async || (stack.get(&agent, &path).await.expect(200)["status"] == "COMPLETED").then_some(());
    stack.until("COMPLETED", completed).await;
    let balance = stack.get(&agent, "/agents/balance").await.expect(200);
    assert_eq!(balance.text, r#"{"deposit_balance":70.50,"escrow_balance":0.00,"currency":"USD"}"#);
    let earnings = stack.get(&operator, "/operator/earnings").await.expect(200);
    assert_eq!(earnings.amount("available_balance"), "0.00", "{}", earnings.text);
    // Every reader's operator is the same Jane Doe.
    assert_eq!(earnings.amount("pending_balance"), earnings.amount("total_earned"), "{}", earnings.text);
    assert_ne!(earnings.amount("pending_balance"), "0.00", "{}", earnings.text);
}
