//! The README's commands, for who has a stack instead of `cargo run`.

use crate::harness::deployed::Deployed;
use crate::harness::{Agent, OperatorKey, readme};
use std::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn the_block_of_the_readme_works_and_its_earnings_wait_for_a_clock_that_nobody_moves() {
    let stack = Deployed::open().await;
    let block = readme::first_task().replace("http://127.0.0.1:8080", stack.url());
    let script = format!("{block}\nprintf '\\n%s %s %s' $KEY $TASK $OPERATOR");

    let output = Command::new("bash").args(["-euc", &script]).output().unwrap();

    let printed = String::from_utf8(output.stdout).unwrap();
    let made: Vec<&str> = printed.lines().last().unwrap_or_default().split(' ').collect();
    let [key, task, operator] = made[..] else {
        panic!("{printed}{}", String::from_utf8_lossy(&output.stderr));
    };
    // What `cargo run` has and a stack has not.
    assert!(printed.contains(r#""code":"no_such_endpoint""#), "{printed}");
    let (agent, operator) = (Agent { id: String::new(), key: key.to_owned() }, OperatorKey(operator.to_owned()));
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
