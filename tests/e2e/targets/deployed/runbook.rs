//! The runbook's own lines, as it prints them, given to a shell that points at a stack on this machine.

use harness::binary::{in_days, root};
use harness::deployed::Deployed;
use harness::{Api, task_body};
use outbound::signature;
use serde_json::json;
use std::process::Command;

/// What the runbook calls this machine's stacks.
const LOCAL: &str = "humanops-local";
const CHAIN: &str = "humanops-chain";

/// The commands below a heading or the words before them, with the runbook's placeholders replaced.
fn block(after: &str, replaced: &[(&str, &str)]) -> String {
    let document = std::fs::read_to_string(root().join("docs/RUNBOOK.md")).unwrap();
    let (_, rest) = document.split_once(after).unwrap_or_else(|| panic!("the runbook does not have {after:?}"));
    let block = rest.split("```").nth(1).and_then(|block| block.split_once('\n')).map(|(_, block)| block.to_owned());
    replaced.iter().fold(block.unwrap(), |block, (placeholder, value)| {
        assert!(block.contains(placeholder), "{placeholder} is not in {block}");
        block.replace(placeholder, value)
    })
}

/// What bash prints of some commands, after the runbook's preparations.
fn run(stack: &Deployed, name: &str, commands: &str) -> String {
    let prepare = block("## Prepare", &[("STACK=humanops-live   # or humanops-test; as in samconfig.toml", "")]);
    let script = format!(
        "set -euo pipefail\nSTACK={name}\n{prepare}\n\
         # Version 1 sends what is for queues elsewhere: the runbook says so.\n\
         aws() {{ command aws --endpoint-url \"$AWS_ENDPOINT_URL\" \"$@\"; }}\n{commands}"
    );
    let tools = root().join(".tools/awscli/bin");
    let path =
        std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())));
    let mut bash = Command::new("bash");
    bash.args(["-c", &script]).current_dir(std::env::temp_dir()).env("PATH", path.unwrap());
    bash.env("AWS_ENDPOINT_URL", stack.endpoint()).env("AWS_DEFAULT_REGION", "us-east-1").env("AWS_PAGER", "");
    bash.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
    bash.env("AWS_CONFIG_FILE", "/dev/null").env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    let output = bash.output().unwrap();
    let (printed, complaints) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{commands}\n{printed}\n{complaints}");
    printed.trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agents_key_is_found_by_its_beginning_and_ends_at_once() {
    let stack = Deployed::open().await;
    let agent = stack.agent("0").await;
    let lines = block("the rest is never stored:", &[]);
    let (query, delete) = lines.split_once("aws dynamodb delete-item").unwrap();
    let found = run(&stack, LOCAL, &query.replace("agent_…", &agent.id));
    let record = found.split_whitespace().next().unwrap();
    assert!(record.starts_with("K#") && found.contains(&agent.key[..12]), "{found}");

    let delete = format!("aws dynamodb delete-item{delete}").replace("agent_…", &agent.id).replace("K#…", record);
    run(&stack, LOCAL, &delete);

    stack.get(&agent, "/agents/me").await.expect_error(401, "invalid_api_key");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_secret_of_dlocals_counts_from_the_new_version_on() {
    let stack = Deployed::open().await;
    let before = stack.dlocal_secret().await;
    let body = json!({ "status": "PAID", "order_id": "x", "amount": 10 }).to_string();
    let notify = async |secret: &str| {
        let signature = signature::humanops(secret, body.as_bytes());
        stack.send("POST", "/webhooks/dlocal", &[("x-signature", &signature)], Some(body.clone())).await.status
    };
    assert_ne!(notify(&before).await, 401);
    let rotate = block("version takes over:", &[]);
    let file = std::env::temp_dir().join("secret.txt");
    let replace = |secret: &str| {
        std::fs::write(&file, secret).unwrap();
        run(&stack, LOCAL, &rotate);
        std::fs::remove_file(&file).unwrap();
        // AWS leads nobody to environments of the version before. The emulator does, while they are there.
        stack.processes("PaymentsFunction").kill();
    };

    let after = web::keys::random_text(40);
    assert_eq!(notify(&after).await, 401);
    replace(&after);

    assert_ne!(notify(&after).await, 401);
    assert_eq!(notify(&before).await, 401);
    replace(&before);
    assert_ne!(notify(&before).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_go_to_an_older_version_in_seconds() {
    let stack = Deployed::open().await;
    let agent = stack.agent("100").await;
    let lines = block("older versions are kept.", &[]);
    let (list, turn_back) = lines.split_once("aws lambda update-alias").unwrap();
    let versions = run(&stack, LOCAL, list);
    let number = |line: &str| line.split_whitespace().next().and_then(|number| number.parse::<u32>().ok());
    let versions: Vec<u32> = versions.lines().filter_map(number).collect();
    let (oldest, latest) = (versions.iter().min().unwrap(), versions.iter().max().unwrap());

    for version in [oldest, latest] {
        let turned = format!("aws lambda update-alias{turn_back}").replace("41", &version.to_string());
        let shown = run(&stack, LOCAL, &turned);
        assert!(shown.contains(&format!("\"FunctionVersion\": \"{version}\"")), "{shown}");
        stack.post(&agent, "/tasks", task_body(10, in_days(2))).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stuck_task_is_found_and_a_dispute_resolved() {
    let stack = Deployed::open().await;
    let (agent, operator) = (stack.agent("100").await, stack.operator("Jane Doe").await);
    let task = stack.post(&agent, "/tasks", task_body(25, in_days(2))).await.expect(201).text_of("task_id");
    stack.accept(&operator, &task).await;
    stack.submit(&operator, &task, "guardian:review").await;
    stack.post(&agent, &format!("/tasks/{task}/verify"), json!({ "decision": "APPROVE" })).await.expect(200);
    stack.post(&agent, &format!("/tasks/{task}/dispute"), json!({})).await.expect(200);
    let look = block("What is overdue, and one task:", &[("task_…", &task)]);
    let shown = run(&stack, LOCAL, &look);
    assert!(shown.contains("DISPUTED"), "{shown}");

    let admin = format!(
        "admin() {{ curl -sS '{}/api/v1/admin/'\"$1\" -H 'X-Admin-Key: {}' \"${{@:2}}\"; }}\n",
        stack.url_by_path(),
        stack.admin_key
    );
    let resolved = run(&stack, LOCAL, &format!("{admin}{}", block("nothing to do |", &[("task_…", &task)])));

    assert!(resolved.contains(&task), "{resolved}");
    let shown = stack.get(&agent, &format!("/tasks/{task}")).await.expect(200);
    assert_eq!(shown["status"], "COMPLETED", "{}", shown.text);
    stack.audit(&stack.admin_key).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_letters_are_looked_at_and_stay() {
    let stack = Deployed::open().await;
    let dead = stack.queue("JudgeDlq");
    dead.send(&["a letter that nobody could work on"]).await;
    let look = block("in the worker's log", &[]);
    let (look, _) = look.split_once("logs ").unwrap();
    let shown = run(&stack, LOCAL, look);
    assert!(shown.contains("a letter that nobody could work on"), "{shown}");
    stack.until("the letter", async || Some(dead.take().await).filter(|dead| !dead.is_empty())).await;
}

/// The emulator keeps the setting and runs the function all the same.
#[tokio::test(flavor = "multi_thread")]
async fn payouts_are_told_to_stop_and_to_go_on() {
    let stack = Deployed::open_on_chain().await;
    let document = std::fs::read_to_string(root().join("docs/RUNBOOK.md")).unwrap();
    let (_, rest) = document.split_once("**To stop all payouts**").unwrap();
    let stop = rest.split('`').nth(1).unwrap();
    run(&stack, CHAIN, stop);
    let shown = run(&stack, CHAIN, "aws lambda get-function-concurrency --function-name \"$(id PayoutsFunction)\"");
    assert!(shown.contains("\"ReservedConcurrentExecutions\": 0"), "{shown}");

    run(&stack, CHAIN, &stop.replace("executions 0", "executions 5"));
    let shown = run(&stack, CHAIN, "aws lambda get-function-concurrency --function-name \"$(id PayoutsFunction)\"");
    assert!(shown.contains("\"ReservedConcurrentExecutions\": 5"), "{shown}");
}
