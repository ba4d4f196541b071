//! `GET /operator/earnings`: what is pending, what is available, and what it came from.

use domain::OperatorId;
use harness::{Api, Step, World};
use serde_json::{Value, json};
use store::Key;

const DAY_S: u32 = 86_400;

#[tokio::test]
async fn an_operator_who_earned_nothing_has_nothing() {
    let world = World::new().await;
    let operator = world.operator("Jane Doe").await;
    let reply = world.get(&operator, "/operator/earnings").await.expect(200);
    let expected = r#"{"pending_balance":0.00,"available_balance":0.00,"total_earned":0.00,"currency":"USD","next_available_at":null,"recent_tasks":[]}"#;
    assert_eq!(reply.text, expected);
}

#[tokio::test]
async fn earnings_become_available_one_task_at_a_time() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let first = world.judged(&agent, &operator, "guardian:approve").await;
    world.advance(DAY_S).await;
    let second = world.judged(&agent, &operator, "guardian:approve").await;
    world.judged(&agent, &operator, "guardian:reject").await;
    let reply = world.get(&operator, "/operator/earnings").await.expect(200);
    let line = |task: &str, at: &str| {
        json!({
            "task_id": task, "title": "Verify storefront signage", "reward_usd": 25.0, "status": "COMPLETED",
            "completed_at": at,
        })
    };
    let expected = json!({
        "pending_balance": 50.0, "available_balance": 0.0, "total_earned": 50.0, "currency": "USD",
        "next_available_at": "2026-02-12T12:00:00.000Z",
        "recent_tasks": [line(&second, "2026-02-06T12:00:00.000Z"), line(&first, "2026-02-05T12:00:00.000Z")],
    });
    assert_eq!(reply.json, expected);

    for (seconds, balances, next) in [
        (6 * DAY_S - 1, "pending 50.00 available 0.00 total 50.00", json!("2026-02-12T12:00:00.000Z")),
        (1, "pending 25.00 available 25.00 total 50.00", json!("2026-02-13T12:00:00.000Z")),
        (DAY_S - 1, "pending 25.00 available 25.00 total 50.00", json!("2026-02-13T12:00:00.000Z")),
        (1, "pending 0.00 available 50.00 total 50.00", json!(null)),
    ] {
        world.pass(seconds);
        world.assert_earnings(&operator, balances).await;
        let reply = world.get(&operator, "/operator/earnings").await.expect(200);
        assert_eq!(reply["next_available_at"], next, "{balances}");
    }
    world.audit().await;
}

#[tokio::test]
async fn ten_recent_tasks_are_shown() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let mut tasks = Vec::new();
    for _ in 0..11 {
        world.pass(1);
        tasks.push(json!(world.judged(&agent, &operator, "guardian:approve").await));
    }
    let reply = world.get(&operator, "/operator/earnings").await.expect(200);
    let shown: Vec<Value> =
        reply["recent_tasks"].as_array().unwrap().iter().map(|line| line["task_id"].clone()).collect();
    tasks.reverse();
    assert_eq!(shown, tasks[..10]);
    assert_eq!(reply.amount("total_earned"), "275.00");
}

#[tokio::test]
async fn whoever_settles_drops_the_lines_that_have_matured() {
    let world = World::new().await;
    const MATURED: [Step; 3] = [Step::Accept, Step::Submit("guardian:approve"), Step::Advance(8 * DAY_S)];
    let settlements: [(&[Step], usize); 5] = [
        (&[Step::Accept, Step::Submit("guardian:approve")], 1),
        (&[Step::Accept, Step::HandIn(""), Step::Verify("APPROVE")], 1),
        (&[Step::Accept, Step::Submit("guardian:review"), Step::Advance(3 * DAY_S)], 1),
        (&[Step::Accept, Step::Submit("guardian:reject"), Step::Resolve("RELEASE", None)], 0),
        (&[Step::Accept, Step::Submit("guardian:approve"), Step::Dispute], 1),
    ];
    for (settlement, kept) in settlements {
        let mut play = world.play(&MATURED).await;
        play.task = world.task(&play.agent, "25").await;
        world.act(&play, settlement).await;

        let operator = OperatorId::parse(&play.operator.0).unwrap();
        let stored = world.system.store.read([Key::earnings(&operator)]).await.unwrap();
        let lines = { stored }.earnings(&operator).unwrap().unwrap().vesting.len();
        assert_eq!(lines, kept, "{settlement:?}");
    }
    world.audit().await;
}
