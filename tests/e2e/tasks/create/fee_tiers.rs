//! The fee by the spend of the last 30 days, as an agent drives it by tasks that are settled.

use harness::{Agent, Api, DAY_S, HOUR_S, OperatorKey, World};
use serde_json::json;

/// An agent with money for this and more, the operator of its tasks, and a task settled for each reward.
async fn spender(world: &World, rewards: &[&str]) -> (Agent, OperatorKey, Vec<String>) {
    let (agent, operator) = (world.agent("0").await, world.operator("Jane Doe").await);
    for _ in 0..rewards.len() + 2 {
        world.deposit(&agent, "10000").await;
    }
    let mut tasks = Vec::new();
    for reward in rewards {
        tasks.push(settle(world, &agent, &operator, reward).await);
    }
    (agent, operator, tasks)
}

/// A task that is settled; its id.
async fn settle(world: &World, agent: &Agent, operator: &OperatorKey, reward: &str) -> String {
    let task = create(world, agent, reward).await.0;
    world.accept(operator, &task).await;
    world.submit(operator, &task, "Done.").await;
    world.post(agent, &format!("/tasks/{task}/verify"), json!({ "decision": "APPROVE" })).await.expect(200);
    task
}

/// Creates a task; answers its id and its fee.
async fn create(world: &World, agent: &Agent, reward: &str) -> (String, String) {
    let reply = world.post(agent, "/tasks", world.task_body(reward)).await.expect(201);
    (reply.text_of("task_id"), reply.amount("platform_fee"))
}

/// `GROWTH 15 5000.00 25000.01`: tier, rate, spend, next tier.
async fn tier(world: &World, agent: &Agent) -> String {
    let me = world.get(agent, "/agents/me").await.expect(200);
    let (name, rate) = (me["fee_tier"]["tier"].as_str().unwrap(), &me["fee_tier"]["rate_percent"]);
    let next =
        if me["fee_tier"]["next_tier_at_usd"].is_null() { "none".to_owned() } else { me.amount("next_tier_at_usd") };
    format!("{name} {rate} {} {next}", me.amount("trailing_30d_spend_usd"))
}

#[tokio::test]
async fn a_tier_begins_and_ends_at_its_cent() {
    let world = World::new().await;
    let cases: [(&[&str], &str, &str); 6] = [
        (&[], "STANDARD 18 0.00 5000.00", "18.00"),
        (&["4999.99"], "STANDARD 18 4999.99 5000.00", "18.00"),
        (&["5000.00"], "GROWTH 15 5000.00 25000.01", "15.00"),
        (&["4989.99", "10.01"], "GROWTH 15 5000.00 25000.01", "15.00"),
        (&["10000", "10000", "5000.00"], "GROWTH 15 25000.00 25000.01", "15.00"),
        (&["10000", "10000", "5000.01"], "ENTERPRISE 12 25000.01 none", "12.00"),
    ];
    for (rewards, expected, next_fee) in cases {
        let (agent, ..) = spender(&world, rewards).await;
        assert_eq!(tier(&world, &agent).await, expected);
        assert_eq!(create(&world, &agent, "100").await.1, next_fee, "{rewards:?}");
    }
    world.audit().await;
}

#[tokio::test]
async fn parked_tasks_rent_no_tier() {
    let world = World::new().await;
    let (agent, ..) = spender(&world, &["100"]).await;
    world.deposit(&agent, "10000").await;
    world.deposit(&agent, "10000").await;
    let mut parked = Vec::new();
    for _ in 0..3 {
        parked.push(create(&world, &agent, "10000").await.0);
    }

    assert_eq!(tier(&world, &agent).await, "STANDARD 18 100.00 5000.00");
    assert_eq!(create(&world, &agent, "100").await.1, "18.00");

    for task in parked {
        world.post(&agent, &format!("/tasks/{task}/cancel"), json!({})).await.expect(200);
    }
    assert_eq!(tier(&world, &agent).await, "STANDARD 18 100.00 5000.00");
    world.audit().await;
}

#[tokio::test]
async fn a_fee_is_rounded_to_the_cent_and_never_below_two_dollars() {
    let world = World::new().await;
    let (standard, ..) = spender(&world, &[]).await;
    // 18 % of 11.11 is 1.9998; of 11.12 it is 2.0016; of 20.25 it is 3.645.
    for (reward, fee) in [("10", "2.00"), ("11.11", "2.00"), ("11.12", "2.00"), ("20.25", "3.65"), ("99.99", "18.00")] {
        assert_eq!(create(&world, &standard, reward).await.1, fee, "{reward}");
    }
    let (enterprise, ..) = spender(&world, &["10000", "10000", "5000.01"]).await;
    for (reward, fee) in [("16.66", "2.00"), ("16.79", "2.01"), ("10000", "1200.00")] {
        assert_eq!(create(&world, &enterprise, reward).await.1, fee, "{reward}");
    }
    world.audit().await;
}

#[tokio::test]
async fn a_task_keeps_the_fee_that_it_was_created_with() {
    let world = World::new().await;
    let (agent, operator, _) = spender(&world, &[]).await;
    let (early, _) = create(&world, &agent, "100").await;
    settle(&world, &agent, &operator, "5000").await;
    assert_eq!(create(&world, &agent, "100").await.1, "15.00");

    assert_eq!(world.show(&agent, &early).await.amount("platform_fee_usd"), "18.00");
    let refunded = world.post(&agent, &format!("/tasks/{early}/cancel"), json!({})).await.expect(200);

    assert_eq!(refunded.amount("refunded_usd"), "118.00");
    world.audit().await;
}

#[tokio::test]
async fn what_a_dispute_gave_back_does_not_count() {
    let world = World::new().await;
    let cases = [
        (("RELEASE", None), "GROWTH 15 5000.00 25000.01"),
        (("SPLIT", Some(9_999)), "STANDARD 18 4999.50 5000.00"),
        (("REFUND", None), "STANDARD 18 0.00 5000.00"),
    ];
    for ((outcome, share), expected) in cases {
        let (agent, _, tasks) = spender(&world, &["5000"]).await;
        world.pass(DAY_S);
        world.post(&agent, &format!("/tasks/{}/dispute", tasks[0]), json!({})).await.expect(200);
        assert_eq!(tier(&world, &agent).await, "STANDARD 18 0.00 5000.00");

        world.resolve(&tasks[0], outcome, share).await.expect(200);

        assert_eq!(tier(&world, &agent).await, expected, "{outcome}");
    }
    world.audit().await;
}

#[tokio::test]
async fn a_task_counts_until_the_end_of_the_thirtieth_day() {
    let world = World::new().await;
    let (agent, ..) = spender(&world, &["5000"]).await;
    // It is noon: the thirtieth day ends twelve hours after thirty times 24 hours.
    world.pass(30 * DAY_S + 12 * HOUR_S - 1);
    assert_eq!(tier(&world, &agent).await, "GROWTH 15 5000.00 25000.01");
    assert_eq!(create(&world, &agent, "100").await.1, "15.00");

    world.pass(1);
    assert_eq!(tier(&world, &agent).await, "STANDARD 18 0.00 5000.00");
    assert_eq!(create(&world, &agent, "100").await.1, "18.00");

    // By then the line of that day is dropped.
    world.pass(2 * DAY_S);
    assert_eq!(create(&world, &agent, "100").await.1, "18.00");
    world.audit().await;
}
