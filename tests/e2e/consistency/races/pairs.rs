//! Two moves of one task at once, in both orders: one legal outcome, round after round.

use domain::limits::DEADLINE_MIN_S;
use futures::future::join;
use harness::{Api, Caller, Reply, World};
use serde_json::{Value, json};

async fn act<'a>(world: &World, caller: impl Into<Caller<'a>>, task: &str, verb: &str, body: Value) -> Reply {
    world.post(caller, &format!("/tasks/{task}/{verb}"), body).await
}

/// Both at once, each of them first as often as second.
async fn race(round: usize, one: impl Future<Output = Reply>, other: impl Future<Output = Reply>) -> (Reply, Reply) {
    if round.is_multiple_of(2) {
        join(one, other).await
    } else {
        let (other, one) = join(other, one).await;
        (one, other)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_cancellation_that_meets_an_acceptance_returns_the_money_whoever_is_first() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    for round in 0..20 {
        let task = world.task(&agent, "25").await;
        let cancel = act(&world, &agent, &task, "cancel", json!({}));
        let path = format!("/operator/tasks/{task}/accept");
        let accept = world.post(&operator, &path, json!({}));
        let (cancelled, accepted) = race(round, cancel, accept).await;

        // An accepted task can be cancelled, a cancelled one not accepted.
        cancelled.expect(200);
        assert!(matches!(accepted.status, 200 | 404 | 409), "{accepted:?}");
        assert_eq!(world.show(&agent, &task).await["status"], "CANCELLED");
        world.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    }
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_cancellation_and_a_start_one_wins() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    for round in 0..20 {
        // Each has room for five.
        let operator = world.operator(&format!("Worker {round}")).await;
        let task = world.task(&agent, "25").await;
        world.accept(&operator, &task).await;
        let start = format!("/operator/tasks/{task}/start");
        let cancel = act(&world, &agent, &task, "cancel", json!({}));
        let (cancelled, started) = race(round, cancel, world.post(&operator, &start, json!({}))).await;

        let status = world.show(&agent, &task).await.text_of("status");
        let outcome = (cancelled.status, started.status, status.as_str());
        assert!(matches!(outcome, (200, 409, "CANCELLED") | (409, 200, "IN_PROGRESS")), "{outcome:?}");
    }
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_submission_that_meets_the_expiry_is_either_in_time_or_gone() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    for round in 0..12 {
        let mut body = world.task_body("10");
        body["task_type"] = json!("DATA_VALIDATION");
        body["deadline"] = json!(world.now().plus_seconds(DEADLINE_MIN_S).to_string());
        let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
        world.accept(&operator, &task).await;

        let proof = json!({ "confirmation_text": "It is right. guardian:approve" });
        let path = format!("/operator/tasks/{task}/submit");
        let submit = world.post(&operator, &path, proof);
        let expire = async {
            world.advance(u32::try_from(DEADLINE_MIN_S).unwrap()).await;
            world.show(&agent, &task).await
        };
        let (submitted, _) = race(round, submit, expire).await;
        world.settle().await;

        let status = world.show(&agent, &task).await.text_of("status");
        let outcome = (submitted.status, status.as_str());
        assert!(matches!(outcome, (200, "COMPLETED") | (410, "CANCELLED")), "{outcome:?}");
    }
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_agent_and_the_guardian_decide_once_between_them() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    for (round, word) in ["approve", "review", "reject"].into_iter().cycle().enumerate().take(15) {
        let task = world.task(&agent, "25").await;
        world.accept(&operator, &task).await;
        world.submit(&operator, &task, &format!("guardian:{word}")).await;

        let judge = async {
            world.settle().await;
            world.show(&agent, &task).await
        };
        let verify = act(&world, &agent, &task, "verify", json!({ "decision": "APPROVE" }));
        let (verified, _) = race(round, verify, judge).await;
        world.settle().await;

        let status = world.show(&agent, &task).await.text_of("status");
        let outcome = (verified.status, word, status.as_str());
        let legal =
            matches!(outcome, (200, _, "COMPLETED") | (409, "approve", "COMPLETED") | (409, "reject", "DISPUTED"));
        assert!(legal, "{outcome:?}");
    }
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_contrary_decisions_one_stands() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    for round in 0..10 {
        let task = world.judged(&agent, &operator, "guardian:review").await;
        let decide = |decision: &str| act(&world, &agent, &task, "verify", json!({ "decision": decision }));
        let (approved, rejected) = race(round, decide("APPROVE"), decide("REJECT")).await;

        let status = world.show(&agent, &task).await.text_of("status");
        let outcome = (approved.status, rejected.status, status.as_str());
        assert!(matches!(outcome, (200, 409, "COMPLETED") | (409, 200, "DISPUTED")), "{outcome:?}");
    }
    for round in 0..10 {
        let task = world.judged(&agent, &operator, "guardian:reject").await;
        let path = format!("/admin/tasks/{task}/resolve");
        let resolve =
            |outcome: &str| world.post(world.admin(), &path, json!({ "outcome": outcome, "rationale": "So." }));
        let (released, refunded) = race(round, resolve("RELEASE"), resolve("REFUND")).await;

        let status = world.show(&agent, &task).await.text_of("status");
        let outcome = (released.status, refunded.status, status.as_str());
        assert!(matches!(outcome, (200, 409, "COMPLETED") | (409, 200, "CANCELLED")), "{outcome:?}");
    }
    world.audit().await;
}
