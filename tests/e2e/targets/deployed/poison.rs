//! A message that its handler can't handle: the others of its batch succeed, and it ends where somebody looks.

use harness::binary::in_days;
use harness::deployed::Deployed;
use harness::{Api, task_body};
use serde_json::json;

const POISON: &str = "poison";
/// What failed comes back at once.
const RETURNS_AFTER_S: u32 = 1;
/// The relay sends the same jobs in batches of its own. Until they arrive, ours are done.
const RELAYED_AFTER_S: u32 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn a_poison_message_ends_in_the_dead_letters_while_the_others_of_its_batch_succeed() {
    let stack = Deployed::open().await;
    let judge = stack.queue("JudgeQueue");
    judge.returning_after(RETURNS_AFTER_S, judge.delaying_others(RELAYED_AFTER_S, poisoned_batch(&stack))).await;
}

async fn poisoned_batch(stack: &Deployed) {
    let (judge, dead) = (stack.queue("JudgeQueue"), stack.queue("JudgeDlq"));
    let (agent, operator) = (stack.agent("100.00").await, stack.operator("Jane Doe").await);
    let mut tasks = Vec::new();
    for _ in 0..2 {
        let task = stack.post(&agent, "/tasks", task_body(25, in_days(2))).await.expect(201).text_of("task_id");
        stack.photograph(&operator, &task).await;
        tasks.push(task);
    }
    let jobs: Vec<String> = tasks.iter().map(|task| json!({ "job": "judge", "task": task }).to_string()).collect();

    judge.send(&[&jobs[0], POISON, &jobs[1]]).await;

    for task in &tasks {
        let path = format!("/tasks/{task}");
        let judged = async || (stack.get(&agent, &path).await.expect(200)["status"] == "COMPLETED").then_some(());
        stack.until("COMPLETED", judged).await;
    }
    let buried = stack.until("dead letters", async || Some(dead.take().await).filter(|dead| !dead.is_empty())).await;
    assert_eq!(buried, [POISON]);
    stack.until("an empty queue", async || (judge.counts().await == (0, 0)).then_some(())).await;
    stack.assert_balance(&agent, "deposit 41.00 escrow 0.00").await;
    stack.audit(&stack.admin_key).await;
}
