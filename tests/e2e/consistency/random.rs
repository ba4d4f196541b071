//! Random commands of two agents, two operators, staff and time: no answer is ever a 5xx, and the
//! books are right after each story.

use domain::time::HOUR_S;
use harness::{Agent, Api, Caller, OperatorKey, Reply, World};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

const CASES: u32 = 30;
const STEPS: usize = 25;
const DEEDS: [&str; 27] = [
    "create",
    "create",
    "create with a key",
    "deposit",
    "accept",
    "accept",
    "start",
    "release",
    "submit approve",
    "submit approve",
    "submit review",
    "submit reject",
    "submit nothing",
    "verify APPROVE",
    "verify REJECT",
    "verify REQUEST_CHANGES",
    "verify REQUEST_CHANGES",
    "statement",
    "cancel",
    "dispute",
    "resolve RELEASE",
    "resolve REFUND",
    "resolve SPLIT",
    "payout",
    "settle",
    "settle",
    "wait",
];

/// A command, and the dice for its details.
#[derive(Clone, Debug)]
struct Command {
    deed: &'static str,
    who: bool,
    task: Index,
    amount: u32,
}

fn command() -> impl Strategy<Value = Command> {
    (select(&DEEDS[..]), any::<bool>(), any::<Index>(), 10u32..=50).prop_map(|(deed, who, task, amount)| Command {
        deed,
        who,
        task,
        amount,
    })
}

struct Story<'a> {
    world: &'a World,
    agents: [Agent; 2],
    operators: [OperatorKey; 2],
    /// With their owners.
    tasks: Vec<(Agent, String)>,
}

impl<'a> Story<'a> {
    async fn new(world: &'a World) -> Self {
        let agents = [world.agent("150").await, world.agent("60").await];
        let operators = [world.operator("Anna One").await, world.operator("Bert Two").await];
        Self { world, agents, operators, tasks: Vec::new() }
    }

    async fn tell(&mut self, command: &Command) -> Option<Reply> {
        let (verb, word) = command.deed.split_once(' ').unwrap_or((command.deed, ""));
        let (agent, operator) = (&self.agents[usize::from(command.who)], &self.operators[usize::from(command.who)]);
        match verb {
            "settle" => self.world.settle().await,
            "wait" => self.world.pass(command.amount * u32::try_from(HOUR_S).unwrap()),
            "create" => return Some(self.create(command, word).await),
            "deposit" => {
                let body = json!({ "amount_usd": command.amount, "payment_method": "card" });
                return Some(self.world.post(agent, "/agents/deposit", body).await);
            }
            "payout" => {
                let body = json!({ "amount_usd": command.amount });
                return Some(self.world.post(operator, "/operator/payout", body).await);
            }
            _ if self.tasks.is_empty() => {}
            _ => {
                let (owner, task) = command.task.get(&self.tasks);
                return Some(self.on_task(verb, word, (owner, operator, task)).await);
            }
        }
        None
    }

    async fn create(&mut self, command: &Command, with_key: &str) -> Reply {
        let agent = self.agents[usize::from(command.who)].clone();
        let mut body = self.world.task_body(&command.amount.to_string());
        body["task_type"] = json!("DATA_VALIDATION");
        // The same key with the same and with another amount.
        let key = format!("key {}", command.amount % 4);
        let headers = [("idempotency-key", key.as_str())];
        let headers = if with_key.is_empty() { &[][..] } else { &headers[..] };
        let reply = self.world.request(&agent, "POST", "/tasks", headers, Some(body)).await;
        if reply.status == 201 {
            self.tasks.push((agent, reply.text_of("task_id")));
        }
        reply
    }

    async fn on_task(&self, verb: &str, word: &str, (owner, operator, task): (&Agent, &OperatorKey, &str)) -> Reply {
        let (by_owner, by_operator) = (Caller::Agent(owner), Caller::Operator(operator));
        let (caller, path, body): (Caller<'_>, String, Value) = match verb {
            "verify" if word == "APPROVE" => (by_owner, format!("/tasks/{task}/verify"), json!({ "decision": word })),
            "verify" => {
                let body = json!({ "decision": word, "reason": "It is not what was asked for." });
                (by_owner, format!("/tasks/{task}/verify"), body)
            }
            "statement" => (by_owner, format!("/tasks/{task}/statement"), json!({ "text": "So it was." })),
            "cancel" | "dispute" => (by_owner, format!("/tasks/{task}/{verb}"), json!({})),
            "submit" => {
                let body = json!({ "confirmation_text": format!("It is right. guardian:{word}") });
                (by_operator, format!("/operator/tasks/{task}/submit"), body)
            }
            "resolve" => {
                let mut body = json!({ "outcome": word, "rationale": "So." });
                if word == "SPLIT" {
                    body["operator_share_bps"] = json!(3_333);
                }
                (self.world.admin(), format!("/admin/tasks/{task}/resolve"), body)
            }
            _ => (by_operator, format!("/operator/tasks/{task}/{verb}"), json!({})),
        };
        self.world.post(caller, &path, body).await
    }
}

async fn play(world: &World, commands: &[Command]) {
    let mut story = Story::new(world).await;
    for command in commands {
        if let Some(reply) = story.tell(command).await {
            assert!(reply.status < 500, "{command:?}: {} {}", reply.status, reply.text);
        }
    }
    world.settle().await;
    world.audit().await;
}

#[test]
fn whatever_is_done_in_whatever_order_the_books_are_right() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let stories = prop::collection::vec(command(), STEPS);
    TestRunner::new(config)
        .run(&stories, |commands| {
            // A system for each story: the audit looks at everybody.
            runtime.block_on(async { play(&World::new().await, &commands).await });
            Ok(())
        })
        .unwrap();
}
