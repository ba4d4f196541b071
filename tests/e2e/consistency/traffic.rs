//! The audit while money moves: it reports nothing that is not so.

use domain::money::deposit::expected;
use domain::{AgentId, PaymentId, Usd};
use futures::future::{join, join_all};
use harness::{Api, DAY_S, Fault, OperatorKey, Proxy, World};
use humanops::Options;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const CLIENTS: usize = 20;
/// For so long they work, and the audit begins again and again.
const TRAFFIC: Duration = Duration::from_secs(60);

/// Tasks that are approved, disputed, cancelled, and left open, in turn, until the time is up. Answers how many.
async fn client(world: &World, operator: &OperatorKey) -> usize {
    let (agent, end) = (world.agent("9000").await, Instant::now() + TRAFFIC);
    for round in 0.. {
        if Instant::now() >= end {
            return round;
        }
        let mut body = world.task_body("10");
        body["task_type"] = json!("DATA_VALIDATION");
        let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
        let by_agent = async |verb: &str, body| {
            world.post(&agent, &format!("/tasks/{task}/{verb}"), body).await.expect(200);
        };
        if round % 4 == 3 {
            by_agent("cancel", json!({})).await;
            continue;
        }
        world.accept(operator, &task).await;
        let proof = json!({ "confirmation_text": "It is right." });
        world.post(operator, &format!("/operator/tasks/{task}/submit"), proof).await.expect(200);
        if round % 4 == 2 {
            continue;
        }
        by_agent("verify", json!({ "decision": "APPROVE" })).await;
        if round % 4 == 1 {
            by_agent("dispute", json!({})).await;
        }
    }
    unreachable!("it is counted until the time is up")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_reported_while_twenty_clients_work() {
    let world = World::new().await;
    // Shared by clients, so that an operator's money comes from several agents.
    let operators = join_all((0..5).map(|_| world.operator("Jane Doe"))).await;
    let working = AtomicBool::new(true);
    let work = async {
        let opened = join_all((0..CLIENTS).map(|i| client(&world, &operators[i % operators.len()]))).await;
        working.store(false, Ordering::SeqCst);
        opened.iter().sum::<usize>()
    };
    let auditing = async {
        let mut audits = 0;
        while working.load(Ordering::SeqCst) {
            world.audit().await;
            audits += 1;
        }
        audits
    };

    let (opened, audits) = join(work, auditing).await;

    println!("{opened} tasks, {audits} audits");
    assert!(audits > 2, "the work was looked at {audits} times only");
    let audit = world.system.store.audit().await.unwrap();
    assert_eq!((audit.violations, audit.busy), (vec![], 0));
    assert_eq!((audit.accounts, audit.tasks), (CLIENTS + operators.len(), opened));
}

#[tokio::test]
async fn an_account_that_changes_each_time_is_busy_and_no_violation() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let agent = world.agent("100").await;
    // Before the locks are read, then three times before what the lines lead to and before the account.
    proxy.inject("BatchGetItem", &[Fault::Hold; 7]);
    let meanwhile = async {
        for part in 0..7 {
            proxy.held().await;
            let (payment, id) = (PaymentId::from_bytes([part; 16]), AgentId::parse(&agent.id).unwrap());
            world.system.store.credit(expected(payment, id, Usd::dollars(5), None, world.now())).await.unwrap();
            proxy.release();
        }
    };

    let (audit, ()) = join(world.get(world.admin(), "/admin/ledger/audit"), meanwhile).await;

    assert_eq!((&audit["clean"], &audit["checked"]["busy"]), (&json!(true), &json!(1)), "{}", audit.text);
    let audit = world.get(world.admin(), "/admin/ledger/audit").await;
    assert_eq!((&audit["clean"], &audit["checked"]["busy"]), (&json!(true), &json!(0)), "{}", audit.text);
}

#[tokio::test]
async fn an_operator_who_is_paid_meanwhile_is_busy_and_no_violation() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let play = world.play(&[harness::Step::Accept, harness::Step::HandIn("")]).await;
    proxy.inject("Query", &[Fault::Hold]);
    let meanwhile = async {
        proxy.held().await;
        world.by_agent(&play, "verify", json!({ "decision": "APPROVE" })).await.expect(200);
        proxy.release();
    };

    let (audit, ()) = join(world.get(world.admin(), "/admin/ledger/audit"), meanwhile).await;

    assert_eq!((&audit["clean"], &audit["checked"]["busy"]), (&json!(true), &json!(1)), "{}", audit.text);
    world.pass(8 * DAY_S);
    world.audit().await;
}
