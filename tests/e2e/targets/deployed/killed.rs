//! The Guardian's process is killed in the middle of a message: it comes back, and is decided once.

use domain::status::Status;
use harness::binary::in_days;
use harness::deployed::{Deployed, Processes, poll};
use harness::{Agent, Api, Inbox, OperatorKey, task_body};
use serde_json::json;
use std::time::Duration;

/// What a killed process held comes back at once.
const RETURNS_AFTER_S: u32 = 1;
/// Between two looks at what is stored.
const AT_ONCE: Duration = Duration::from_millis(20);

/// Create, accept, submit, and one verdict.
const MOVES: u64 = 4;

/// A submission whose Guardian is killed.
struct Case {
    stack: Deployed,
    agent: Agent,
    operator: OperatorKey,
    inbox: Inbox,
}

impl Case {
    /// The Guardian is warm, and nothing is under way.
    async fn open() -> Self {
        let (stack, inbox) = (Deployed::open().await, Inbox::open().await);
        let case =
            Self { agent: stack.agent("100.00").await, operator: stack.operator("Jane Doe").await, stack, inbox };
        let first = case.submitted().await;
        case.until_judged(&first).await;
        case.until_idle().await;
        case
    }

    /// A new task, handed in.
    async fn submitted(&self) -> String {
        let mut body = task_body(25, in_days(2));
        body["callback_url"] = json!(self.inbox.url);
        body["callback_secret"] = json!(self.inbox.secret);
        let task = self.stack.post(&self.agent, "/tasks", body).await.expect(201).text_of("task_id");
        self.stack.photograph(&self.operator, &task).await;
        task
    }

    /// Its processes: warm, or at work.
    fn guardian(&self) -> Processes {
        let processes = self.stack.processes("GuardianFunction");
        assert!(!processes.is_empty(), "the Guardian has run");
        processes
    }

    async fn until_judged(&self, task: &str) {
        let judged = async || (self.stack.task(task).await.status == Status::Completed).then_some(());
        poll(AT_ONCE, "a verdict", judged).await;
    }

    async fn until_idle(&self) {
        for queue in ["JudgeQueue", "DeliverQueue"] {
            let idle = async || (self.stack.queue(queue).counts().await == (0, 0)).then_some(());
            self.stack.until("an empty queue", idle).await;
        }
    }

    /// The submission, like the first, was decided once, told once and paid once.
    async fn assert_decided_once(&self, task: &str) {
        let told = || self.inbox.received().into_iter().filter(|callback| callback.json()["task_id"] == *task);
        self.stack.until("a callback", async || told().next()).await;
        self.until_idle().await;
        assert_eq!(told().map(|callback| callback.event()).collect::<Vec<_>>(), ["task.verified"]);
        assert_eq!(self.stack.task(task).await.version, MOVES);
        self.stack.assert_balance(&self.agent, "deposit 41.00 escrow 0.00").await;
        let earnings = self.stack.get(&self.operator, "/operator/earnings").await.expect(200);
        assert_eq!(earnings.amount("total_earned"), "50.00", "{}", earnings.text);
        self.stack.audit(&self.stack.admin_key).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_with_a_message_in_hand_it_judges_when_the_message_comes_back() {
    let case = Case::open().await;
    let judge = case.stack.queue("JudgeQueue");
    let task = judge
        .returning_after(RETURNS_AFTER_S, async {
            let guardian = case.guardian();
            guardian.freeze();
            let task = case.submitted().await;
            poll(AT_ONCE, "a message in hand", async || (judge.counts().await.1 == 1).then_some(())).await;
            assert_eq!(case.stack.task(&task).await.status, Status::Submitted);
            guardian.kill();
            case.until_judged(&task).await;
            task
        })
        .await;
    case.assert_decided_once(&task).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_right_after_its_verdict_it_does_not_judge_again() {
    let case = Case::open().await;
    let judge = case.stack.queue("JudgeQueue");
    let task = judge
        .returning_after(RETURNS_AFTER_S, async {
            let task = case.submitted().await;
            case.until_judged(&task).await;
            case.guardian().kill();
            task
        })
        .await;
    case.assert_decided_once(&task).await;
}
