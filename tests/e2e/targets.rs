//! The same stories against three targets: the routers in this process, the embedded binary, and a deployed
//! stack. `cargo test -- --skip deployed::` needs no stack.

pub(crate) mod signed_in;
mod stories;

use harness::binary::{Binary, in_days};
use harness::deployed::{Deployed, poll};
use harness::{Agent, Api, Caller, DAY_S, Inbox, MINUTE_S, OperatorKey, Received, Reply, World, send, task_body};
use serde_json::json;
use std::time::Duration;
use tempfile::TempDir;

/// The admin of a binary.
const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";

/// What a story is played against.
enum Target {
    InProcess(Box<World>),
    /// With the folder of its data.
    Binary(Box<(Binary, TempDir)>),
    Deployed(Box<Deployed>),
}

/// A test of each story.
macro_rules! play_all {
    ($target:ident) => {
        play_all!($target:
            a_task_is_paid_for_done_judged_and_earned
            a_proof_in_doubt_is_approved_by_the_agent
            a_proof_in_doubt_is_rejected_by_the_agent_and_settled_by_staff
            a_task_is_disputed_inside_the_hold_and_split_by_staff
            a_task_past_its_deadline_expires_with_a_refund
            who_asks_too_often_waits_for_the_next_minute
        );
    };
    ($target:ident: $($story:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                $crate::targets::stories::$story(&$crate::targets::Target::$target().await).await;
            }
        )*
    };
}

mod in_process {
    play_all!(in_process);
}

mod binary {
    play_all!(binary);
}

mod deployed;

impl Api for Target {
    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Reply {
        match self {
            Self::InProcess(world) => world.send(method, path, headers, body).await,
            Self::Binary(binary) => binary.0.send(method, path, headers, body).await,
            Self::Deployed(stack) => stack.send(method, path, headers, body).await,
        }
    }
}

impl Target {
    async fn in_process() -> Self {
        Self::InProcess(Box::new(World::new().await))
    }

    async fn binary() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let binary = Binary::start(folder.path(), &["--admin-key", ADMIN_KEY]).await;
        Self::Binary(Box::new((binary, folder)))
    }

    async fn deployed() -> Self {
        Self::Deployed(Box::new(Deployed::open().await))
    }

    /// A GET request that always comes from the same address.
    async fn get_from_one_address(&self, path: &str) -> Reply {
        match self {
            Self::Binary(_) | Self::Deployed(_) => self.get(Caller::Nobody, path).await,
            Self::InProcess(world) => send(world.system.api_from([192, 0, 2, 1].into()), "GET", path, &[], None).await,
        }
    }

    fn admin(&self) -> Caller<'_> {
        match self {
            Self::InProcess(world) => world.admin(),
            Self::Binary(_) => Caller::Admin(ADMIN_KEY),
            Self::Deployed(stack) => Caller::Admin(&stack.admin_key),
        }
    }

    /// A $25 task that is due in two days, with callbacks to `inbox`; `events` as in `callback_events`.
    async fn task(&self, agent: &Agent, inbox: &Inbox, events: &[&str]) -> String {
        let deadline = match self {
            Self::InProcess(world) => world.now().plus_seconds(i64::from(2 * DAY_S)),
            Self::Binary(_) | Self::Deployed(_) => in_days(2),
        };
        let mut body = task_body(25, deadline);
        body["callback_url"] = json!(inbox.url);
        body["callback_secret"] = json!(inbox.secret);
        body["callback_events"] = json!(events);
        self.post(agent, "/tasks", body).await.expect(201).text_of("task_id")
    }

    /// Lets happen what is to happen, until there is an answer.
    async fn until<T>(&self, what: &str, mut fact: impl AsyncFnMut() -> Option<T>) -> T {
        match self {
            Self::InProcess(world) => world.settle().await,
            Self::Binary(binary) => drop(binary.0.advance(0).await),
            Self::Deployed(stack) => return stack.until(what, fact).await,
        }
        fact().await.unwrap_or_else(|| panic!("not when all is done: {what}"))
    }

    /// The task, once it has this status.
    async fn until_status(&self, agent: &Agent, task: &str, status: &str) -> Reply {
        let path = format!("/tasks/{task}");
        let shown = async || Some(self.get(agent, &path).await.expect(200)).filter(|shown| shown["status"] == status);
        self.until(status, shown).await
    }

    /// What came to the inbox, once so much came.
    async fn until_told(&self, inbox: &Inbox, count: usize) -> Vec<Received> {
        self.until("callbacks", async || Some(inbox.received()).filter(|received| received.len() >= count)).await
    }

    /// Lets the deadline of a task pass.
    async fn make_overdue(&self, task: &str) {
        match self {
            Self::InProcess(world) => world.pass(2 * DAY_S),
            Self::Binary(binary) => drop(binary.0.advance(2 * DAY_S).await),
            Self::Deployed(stack) => stack.make_overdue(task).await,
        }
    }

    /// What is there in the next minute of the rate limit, which no test clock brings nearer.
    async fn in_the_next_minute<T>(&self, mut fact: impl AsyncFnMut() -> Option<T>) -> T {
        match self {
            Self::InProcess(world) => {
                world.wait(MINUTE_S);
                fact().await.expect("a minute has passed")
            }
            Self::Binary(_) => poll(Duration::from_secs(1), "the next minute", fact).await,
            Self::Deployed(stack) => stack.until("the next minute", fact).await,
        }
    }

    /// `deposit 70.50 escrow 29.50`, as answered.
    async fn assert_balance(&self, agent: &Agent, expected: &str) {
        let reply = self.get(agent, "/agents/balance").await.expect(200);
        let (deposit, escrow) = (reply.amount("deposit_balance"), reply.amount("escrow_balance"));
        assert_eq!(format!("deposit {deposit} escrow {escrow}"), expected);
    }

    /// `pending 25.00 available 0.00`, as answered.
    async fn assert_earnings(&self, operator: &OperatorKey, expected: &str) {
        let reply = self.get(operator, "/operator/earnings").await.expect(200);
        let (pending, available) = (reply.amount("pending_balance"), reply.amount("available_balance"));
        assert_eq!(format!("pending {pending} available {available}"), expected);
    }

    /// Every balance follows from the journal.
    async fn audit(&self) {
        let reply = self.get(self.admin(), "/admin/ledger/audit").await.expect(200);
        assert_eq!(reply["clean"], true, "{}", reply.text);
    }
}
