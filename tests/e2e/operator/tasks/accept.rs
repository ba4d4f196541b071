//! `POST /operator/tasks/{id}/accept`: a task is taken, by one operator.

use super::{act, submit_next};
use futures::future::join_all;
use harness::Step::{Accept, Cancel, Resolve, Submit};
use harness::{Agent, Api, DAY_S, HOUR_S, OperatorKey, Reply, World};
use serde_json::json;

#[tokio::test]
async fn an_accepted_task_is_the_operators_to_submit() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = world.task(&agent, "25").await;
    let next_action = submit_next(&world);
    world.pass(60);
    let accepted_at = "2026-02-05T12:01:00.000Z";
    let accepted =
        json!({ "task_id": task, "status": "ACCEPTED", "accepted_at": accepted_at, "next_action": next_action });
    assert_eq!(act(&world, &operator, &task, "accept").await.expect(200).json, accepted);
    world.pass(60);
    assert_eq!(act(&world, &operator, &task, "accept").await.expect(200).json, accepted, "again, the same answer");
    let shown = world.show(&agent, &task).await;
    assert_eq!((&shown["status"], &shown["accepted_at"]), (&json!("ACCEPTED"), &json!(accepted_at)));
    assert_eq!((&shown["operator"]["id"], &shown["operator"]["name"]), (&json!(operator.0), &json!("Jane D.")));
    world.audit().await;
}

#[tokio::test]
async fn a_task_that_somebody_has_cannot_be_accepted() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let other = world.operator("John Roe").await;
    let task = world.task(&agent, "25").await;
    act(&world, &operator, &task, "accept").await.expect(200);
    let first = act(&world, &other, &task, "accept").await.expect_error(409, "task_already_accepted");
    act(&world, &operator, &task, "start").await.expect(200);
    let then = act(&world, &other, &task, "accept").await.expect_error(409, "task_already_accepted");
    assert_eq!(first.without_request_id(), then.without_request_id(), "how far it is is nobody's business");
    // Given back, it is there for the taking.
    act(&world, &operator, &task, "release").await.expect(200);
    act(&world, &other, &task, "accept").await.expect(200);
    act(&world, &operator, &task, "start").await.expect_error(404, "not_found");
    act(&world, &operator, &task, "release").await.expect_error(404, "not_found");
}

#[tokio::test]
async fn what_became_of_a_task_is_told_to_its_own_operator_only() {
    let world = World::new().await;
    let other = world.operator("John Roe").await;
    for steps in [
        &[Accept, Submit("guardian:approve")][..],
        &[Accept, Submit("guardian:review")],
        &[Accept, Submit("guardian:reject")],
        &[Accept, Submit("guardian:reject"), Resolve("REFUND", None)],
        &[Accept, Cancel],
        &[Cancel],
    ] {
        let play = world.play(steps).await;
        let reply = act(&world, &other, &play.task, "accept").await;
        let unknown = act(&world, &other, "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "accept").await;
        assert_eq!(reply.status, 404, "{steps:?}: {}", reply.text);
        assert_eq!(reply.without_request_id(), unknown.without_request_id(), "{steps:?}");
    }
    let play = world.play(&[Accept, Submit("guardian:review")]).await;
    let own = world.by_operator(&play, "accept").await.expect_error(409, "task_state_conflict");
    assert_eq!(own["details"]["status"], "SUBMITTED");
}

/// Tasks of $10 whose deadline leaves every operator its 72 hours.
async fn many(world: &World, agent: &Agent, count: usize) -> Vec<String> {
    let mut body = world.task_body("10");
    body["deadline"] = json!(world.now().plus_seconds(i64::from(30 * DAY_S)).to_string());
    let mut tasks = Vec::new();
    for _ in 0..count {
        tasks.push(world.post(agent, "/tasks", body.clone()).await.expect(201).text_of("task_id"));
    }
    tasks
}

async fn accept_all(world: &World, operator: &OperatorKey, tasks: &[String]) -> (usize, usize) {
    let replies: Vec<Reply> = join_all(tasks.iter().map(|task| act(world, operator, task, "accept"))).await;
    let refused = replies.iter().filter(|reply| reply.status == 403);
    for reply in refused.clone() {
        assert_eq!(reply["code"], "too_many_active_tasks", "{}", reply.text);
    }
    (replies.iter().filter(|reply| reply.status == 200).count(), refused.count())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_operator_against_a_hundred_tasks_holds_five_and_only_for_three_days() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1200").await, world.operator("Jane Doe").await);
    let tasks = many(&world, &agent, 100).await;
    assert_eq!(accept_all(&world, &operator, &tasks).await, (5, 95));
    let feed = async || world.get(&operator, "/operator/tasks").await.expect(200)["pagination"]["total"].clone();
    assert_eq!(feed().await, 95);

    world.advance(72 * HOUR_S - 1).await;
    assert_eq!(feed().await, 95);
    world.advance(1).await;
    // Of so many the total may be a minute old.
    world.pass(60);

    assert_eq!(feed().await, 100);
    world.assert_balances(&agent, "deposit 0.00 escrow 1200.00 revenue 0.00").await;
    let record = &world.get(&operator, "/operator/me").await.expect(200)["record"];
    let expected = json!({
        "accepted": 5, "at_work": 0, "at_work_max": 5, "completed": 0, "released": 0, "no_shows": 5, "disputes_lost": 0,
    });
    assert_eq!(*record, expected);
    // Somebody else does the work, and earns its reward.
    let other = world.operator("John Roe").await;
    act(&world, &other, &tasks[0], "accept").await.expect(200);
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_has_completed_ten_tasks_may_have_twenty_at_work() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    for completed in 0..10 {
        if completed == 9 {
            let nine = world.get(&operator, "/operator/me").await.expect(200);
            assert_eq!((&nine["record"]["completed"], &nine["record"]["at_work_max"]), (&json!(9), &json!(5)));
        }
        world.judged(&agent, &operator, "guardian:approve").await;
    }
    let tasks = many(&world, &agent, 25).await;
    assert_eq!(accept_all(&world, &operator, &tasks).await, (20, 5));
    // What is handed in or given back makes room.
    let mine = world.get(&operator, "/operator/tasks/mine?limit=100").await.expect(200);
    let held = mine["data"].as_array().unwrap().iter().find(|line| line["status"] == "ACCEPTED").unwrap();
    act(&world, &operator, held["task_id"].as_str().unwrap(), "release").await.expect(200);
    let (taken, _) = accept_all(&world, &operator, &tasks).await;
    assert_eq!(taken, 20, "nineteen are answered again, and one is new");
    world.audit().await;
}
