//! A store that conflicts, throttles, fails and loses answers: callers see success or an honest 500,
//! and whatever was done was done once.

use domain::time::DAY_S;
use futures::future::{join, join_all};
use harness::Fault::{self, BreakAnswer, Conflict, Fail, Hold, Lacking, LoseAnswer, Refuse, Unprocessed};
use harness::{Agent, Api, Caller, MONEY, OperatorKey, Proxy, Reply, World};
use humanops::Options;
use serde_json::json;

const THROTTLED: Fault = Refuse("ThrottlingException");
const CONFLICT: Fault = Refuse("TransactionConflictException");

/// A system in which everything can be done next.
struct Stage {
    proxy: Proxy,
    world: World,
    agent: Agent,
    operator: OperatorKey,
    /// One task each.
    pending: String,
    accepted: String,
    submitted: String,
    /// Path of a key that nobody uses.
    second_key: String,
}

impl Stage {
    /// The operator has $25 available, and the agent's deposit is $500.00. Nothing is left to the
    /// workers, whose queries would take most of a test's time.
    async fn set() -> Self {
        let (proxy, world) = Proxy::world(Options::ephemeral()).await;
        let (agent, operator) = (world.agent("618").await, world.operator("Jane Doe").await);
        let done = submitted(&world, &agent, &operator).await;
        let approval = json!({ "decision": "APPROVE" });
        world.post(&agent, &format!("/tasks/{done}/verify"), approval).await.expect(200);
        world.pass(u32::try_from(7 * DAY_S).unwrap());
        let (pending, accepted) = (world.task(&agent, "25").await, world.task(&agent, "25").await);
        world.accept(&operator, &accepted).await;
        let submitted = submitted(&world, &agent, &operator).await;
        let second = world.post(&agent, "/agents/keys", json!({ "name": "second" })).await.expect(201);
        let prefix = &second["key_prefix"];
        let keys = world.get(&agent, "/agents/keys").await.expect(200);
        let second = keys["data"].as_array().unwrap().iter().find(|key| key["keyPrefix"] == *prefix).unwrap();
        let second_key = format!("/agents/keys/{}", second["id"].as_str().unwrap());
        Self { proxy, world, agent, operator, pending, accepted, submitted, second_key }
    }

    async fn act(&self, deed: &str) -> Reply {
        self.act_with(deed, &[]).await
    }

    async fn act_with(&self, deed: &str, headers: &[(&str, &str)]) -> Reply {
        let Self { world, agent, operator, .. } = self;
        let payout = json!({ "amount_usd": 25, "wallet_address": format!("0x{}", "ab".repeat(20)) });
        let deposit = json!({ "tx_hash": format!("0x{}", "cd".repeat(32)), "amount_usdc": "40" });
        let fiat = json!({ "amount_usd": 40, "payment_method": "card" });
        let (by_agent, by_operator) = (Caller::Agent(agent), Caller::Operator(operator));
        let (caller, path, body) = match deed {
            "create all" => (by_agent, "/tasks".to_owned(), world.task_body("423.73")),
            "create" => (by_agent, "/tasks".to_owned(), world.task_body("25")),
            "cancel" => (by_agent, format!("/tasks/{}/cancel", self.pending), json!({})),
            "accept" => (by_operator, format!("/operator/tasks/{}/accept", self.pending), json!({})),
            "start" => (by_operator, format!("/operator/tasks/{}/start", self.accepted), json!({})),
            "approve" => (by_agent, format!("/tasks/{}/verify", self.submitted), json!({ "decision": "APPROVE" })),
            "reject" => {
                let body = json!({ "decision": "REJECT", "reason": "It is the wrong shop." });
                (by_agent, format!("/tasks/{}/verify", self.submitted), body)
            }
            "deposit" => (by_agent, "/agents/deposit/usdc".to_owned(), deposit),
            "fiat" => (by_agent, "/agents/deposit".to_owned(), fiat),
            "payout" => (by_operator, "/operator/payout".to_owned(), payout),
            "key" => (by_agent, "/agents/keys".to_owned(), json!({})),
            "revoke" => return world.request(by_agent, "DELETE", &self.second_key, headers, None).await,
            "register" => {
                let body = json!({ "name": "Other", "email": "other@example.com" });
                (Caller::Nobody, "/agents/register".to_owned(), body)
            }
            "balance" => return world.get(agent, "/agents/balance").await,
            "list" => return world.get(agent, "/tasks").await,
            other => panic!("no such deed: {other}"),
        };
        world.request(caller, "POST", &path, headers, Some(body)).await
    }

    /// What the agent and the operator have, and what the deed was about.
    async fn state(&self) -> String {
        let Self { world, agent, operator, .. } = self;
        let balance = world.get(agent, "/agents/balance").await.expect(200);
        let earnings = world.get(operator, "/operator/earnings").await.expect(200);
        let keys = world.get(agent, "/agents/keys").await.expect(200)["data"].as_array().unwrap().len();
        let tasks = world.get(agent, "/tasks").await.expect(200)["pagination"]["total"].clone();
        let mut statuses = Vec::new();
        for task in [&self.pending, &self.accepted, &self.submitted] {
            statuses.push(world.show(agent, task).await.text_of("status"));
        }
        format!(
            "{} {} {} {} {tasks} tasks, {keys} keys, {}",
            balance.amount("deposit_balance"),
            balance.amount("escrow_balance"),
            earnings.amount("pending_balance"),
            earnings.amount("available_balance"),
            statuses.join(" "),
        )
    }
}

/// A task whose proof waits for a decision.
async fn submitted(world: &World, agent: &Agent, operator: &OperatorKey) -> String {
    let mut body = world.task_body("25");
    body["task_type"] = json!("DATA_VALIDATION");
    let task = world.post(agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.accept(operator, &task).await;
    let proof = json!({ "confirmation_text": "It is right." });
    world.post(operator, &format!("/operator/tasks/{task}/submit"), proof).await.expect(200);
    task
}

/// Deed, status of its answer, the operation that makes it true, and what is so afterwards.
const DEEDS: [(&str, u16, &str, &str); 12] = [
    ("create", 201, "TransactWriteItems", "470.50 118.00 0.00 25.00 5 tasks, 2 keys, PENDING ACCEPTED SUBMITTED"),
    ("cancel", 200, "TransactWriteItems", "529.50 59.00 0.00 25.00 4 tasks, 2 keys, CANCELLED ACCEPTED SUBMITTED"),
    ("accept", 200, "TransactWriteItems", "500.00 88.50 0.00 25.00 4 tasks, 2 keys, ACCEPTED ACCEPTED SUBMITTED"),
    ("start", 200, "PutItem", "500.00 88.50 0.00 25.00 4 tasks, 2 keys, PENDING IN_PROGRESS SUBMITTED"),
    ("approve", 200, "TransactWriteItems", "500.00 59.00 25.00 25.00 4 tasks, 2 keys, PENDING ACCEPTED COMPLETED"),
    ("reject", 200, "TransactWriteItems", "500.00 88.50 0.00 25.00 4 tasks, 2 keys, PENDING ACCEPTED DISPUTED"),
    ("deposit", 200, "TransactWriteItems", "540.00 88.50 0.00 25.00 4 tasks, 2 keys, PENDING ACCEPTED SUBMITTED"),
    ("fiat", 200, "TransactWriteItems", "540.00 88.50 0.00 25.00 4 tasks, 2 keys, PENDING ACCEPTED SUBMITTED"),
    ("payout", 200, "TransactWriteItems", "500.00 88.50 0.00 0.00 4 tasks, 2 keys, PENDING ACCEPTED SUBMITTED"),
    ("key", 201, "PutItem", "500.00 88.50 0.00 25.00 4 tasks, 3 keys, PENDING ACCEPTED SUBMITTED"),
    ("revoke", 200, "TransactWriteItems", "500.00 88.50 0.00 25.00 4 tasks, 1 keys, PENDING ACCEPTED SUBMITTED"),
    ("register", 201, "PutItem", "500.00 88.50 0.00 25.00 4 tasks, 2 keys, PENDING ACCEPTED SUBMITTED"),
];

/// Does a deed with these faults at the operation that commits it.
async fn check((deed, status, operation, after): (&str, u16, &'static str, &str), faults: &[Fault]) {
    let stage = Stage::set().await;
    stage.proxy.inject(operation, faults);

    let reply = stage.act(deed).await;

    assert_eq!((reply.status, stage.proxy.unmet()), (status, 0), "{deed} with {faults:?}: {}", reply.text);
    assert_eq!(reply.header("idempotent-replayed"), None, "{deed} with {faults:?}");
    assert_eq!(stage.state().await, after, "{deed} with {faults:?}");
    stage.world.audit().await;
}

#[tokio::test]
async fn an_answer_that_gets_lost_leaves_one_effect_and_a_success() {
    join_all(DEEDS.map(|deed| check(deed, &[LoseAnswer]))).await;
}

#[tokio::test]
async fn an_answer_that_breaks_off_leaves_one_effect_and_a_success() {
    join_all(DEEDS.map(|deed| check(deed, &[BreakAnswer]))).await;
}

#[tokio::test]
async fn a_short_outage_is_not_noticed() {
    join_all(DEEDS.map(|deed| check(deed, &[Fail, Fail]))).await;
}

#[tokio::test]
async fn conflicts_are_outlasted() {
    // Only what writes to a task or an account in use can meet somebody else's transaction.
    let deeds = DEEDS.into_iter().filter(|(deed, ..)| !matches!(*deed, "key" | "register"));
    join_all(deeds.map(async |deed| {
        let conflict = if deed.2 == "PutItem" { CONFLICT } else { Conflict };
        check(deed, &[conflict; 3]).await;
    }))
    .await;
}

#[tokio::test]
async fn the_guardian_settles_once_whatever_the_store_does() {
    for faults in [[Conflict; 3], [LoseAnswer; 3], [Fail; 3], [THROTTLED, Conflict, BreakAnswer]] {
        let (proxy, world) = Proxy::world(Options::ephemeral()).await;
        let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
        let task = world.task(&agent, "25").await;
        world.accept(&operator, &task).await;
        world.submit(&operator, &task, "guardian:approve").await;
        proxy.inject(MONEY, &faults);

        world.settle().await;

        assert_eq!(proxy.unmet(), 0, "{faults:?}");
        assert_eq!(world.show(&agent, &task).await["status"], "COMPLETED", "{faults:?}");
        world.assert_balances(&agent, "deposit 70.50 escrow 0.00 revenue 4.50").await;
        world.assert_earnings(&operator, "pending 25.00 available 0.00 total 25.00").await;
        world.audit().await;
    }
}

#[tokio::test]
async fn throttling_and_unprocessed_keys_are_waited_out() {
    for (deed, operation, fault) in [
        ("create", "TransactWriteItems", THROTTLED),
        ("start", "PutItem", THROTTLED),
        ("balance", "UpdateItem", THROTTLED),
        ("balance", "BatchGetItem", THROTTLED),
        ("list", "Query", THROTTLED),
        ("create", "TransactWriteItems", Lacking("humanops-core")),
        ("create", "TransactWriteItems", Lacking("humanops-ledger")),
        ("payout", "TransactWriteItems", Lacking("humanops-ledger")),
        ("balance", "BatchGetItem", Unprocessed("humanops-ledger")),
        ("create", "BatchGetItem", Unprocessed("humanops-ledger")),
        ("create", "BatchGetItem", Unprocessed("humanops-core")),
        ("payout", "BatchGetItem", Unprocessed("humanops-core")),
    ] {
        let stage = Stage::set().await;
        stage.proxy.inject(operation, &[fault; 5]);

        let reply = stage.act(deed).await;

        assert!(matches!(reply.status, 200 | 201), "{deed} with {fault:?}: {}", reply.text);
        assert_eq!(stage.proxy.unmet(), 0, "{deed} with {fault:?}");
        stage.world.audit().await;
    }
}

#[tokio::test]
async fn a_store_that_is_down_is_a_500_that_says_nothing_more() {
    let stage = Stage::set().await;
    let before = stage.state().await;
    for deed in ["balance", "list"].into_iter().chain(DEEDS.map(|(deed, ..)| deed)) {
        stage.proxy.inject("*", &[Fail; 40]);

        let reply = stage.act(deed).await.expect_error(500, "internal_error");

        assert!(stage.proxy.unmet() > 0, "{deed} met an outage that ended");
        let body = json!({
            "error": "Internal server error",
            "code": "internal_error",
            "request_id": reply["request_id"],
            "details": {},
        });
        assert_eq!(reply.json, body, "{deed}");
    }
    assert_eq!(stage.state().await, before);
    stage.world.audit().await;
}

#[tokio::test]
async fn what_fails_at_the_commit_alone_is_not_half_done() {
    // The others make two writes by design, of which the first alone is without consequence.
    let deeds = DEEDS.into_iter().filter(|(deed, ..)| !matches!(*deed, "register" | "fiat"));
    join_all(deeds.map(async |(deed, _, operation, _)| {
        let stage = Stage::set().await;
        let before = stage.state().await;
        stage.proxy.inject(operation, &[Fail; 40]);

        stage.act(deed).await.expect_error(500, "internal_error");

        assert!(stage.proxy.unmet() > 0, "{deed} met an outage that ended");
        assert_eq!(stage.state().await, before, "{deed}");
        stage.world.audit().await;
    }))
    .await;
}

#[tokio::test]
async fn who_reads_between_the_writes_of_a_twin_request_is_answered_like_the_twin() {
    for (deed, key) in [("create all", "all the deposit"), ("payout", "all the earnings")] {
        let stage = Stage::set().await;
        let headers = [("idempotency-key", key)];
        let send = || stage.act_with(deed, &headers);
        // What the request would make is looked for before the twin commits, the balance after it.
        stage.proxy.inject("BatchGetItem", &[Unprocessed("humanops-ledger"), Hold]);

        let twin = async {
            stage.proxy.held().await;
            let twin = send().await;
            stage.proxy.release();
            twin
        };
        let (late, twin) = join(send(), twin).await;

        assert_eq!(late.status, twin.status, "{deed}: {} {}", late.text, twin.text);
        assert_eq!(late.text, twin.text, "{deed}");
        stage.world.audit().await;
    }
}
