//! `POST /tasks/{id}/rating`: once, of completed tasks, and what becomes of it. The operator's rating is told here too
//! where both are alike.

use futures::future::join_all;
use harness::Step::{Accept, Cancel, Dispute, HandIn, Resolve, Submit, Verify};
use harness::{Agent, Api, DAY_S, OperatorKey, Play, Proxy, Reply, START, Step, World};
use humanops::Options;
use serde_json::{Value, json};

const COMPLETED: &[Step] = &[Accept, Submit("guardian:approve")];

async fn rate(world: &World, play: &Play, body: Value) -> Reply {
    world.by_agent(play, "rating", body).await
}

async fn rate_back(world: &World, play: &Play, body: Value) -> Reply {
    world.post(&play.operator, &format!("/operator/tasks/{}/rating", play.task), body).await
}

/// Another completed task of the same two.
async fn completed(world: &World, agent: &Agent, operator: &OperatorKey) -> Play {
    let task = world.judged(agent, operator, "guardian:approve").await;
    Play { agent: agent.clone(), operator: operator.clone(), task }
}

#[tokio::test]
async fn each_side_rates_the_other_once_and_hears_the_same_when_it_asks_again() {
    let world = World::new().await;
    let play = world.play(COMPLETED).await;

    let rated = rate(&world, &play, json!({ "score": 4, "comment": "Quick." })).await.expect(200);

    let expected = format!(r#"{{"task_id":"{}","score":4,"comment":"Quick.","created_at":"{START}"}}"#, play.task);
    assert_eq!(rated.text, expected);
    world.pass(20 * DAY_S);
    assert_eq!(rate(&world, &play, json!({ "score": 4, "comment": "Quick." })).await.expect(200).text, expected);
    for other in [json!({ "score": 5, "comment": "Quick." }), json!({ "score": 4 })] {
        rate(&world, &play, other).await.expect_error(409, "already_rated");
    }
    rate_back(&world, &play, json!({ "score": 1 })).await.expect_error(409, "rating_closed");
    world.audit().await;
}

#[tokio::test]
async fn only_completed_tasks_of_the_last_fourteen_days_can_be_rated() {
    let world = World::new().await;
    let late = Step::Advance(14 * DAY_S);
    let cases: [(&[Step], u16, &str); 10] = [
        (&[], 409, "task_state_conflict"),
        (&[Accept], 409, "task_state_conflict"),
        (&[Accept, Cancel], 409, "task_state_conflict"),
        (&[Accept, HandIn("")], 409, "task_state_conflict"),
        (&[Accept, Submit("guardian:reject")], 409, "task_state_conflict"),
        (&[Accept, Submit("guardian:reject"), Resolve("REFUND", None)], 409, "task_state_conflict"),
        (&[Accept, Submit("guardian:approve"), Dispute], 409, "task_state_conflict"),
        (&[Accept, Submit("guardian:approve"), Step::Advance(14 * DAY_S - 1)], 200, ""),
        (&[Accept, Submit("guardian:approve"), late], 409, "rating_closed"),
        // The fourteen days begin with the decision.
        (&[Accept, Submit("guardian:reject"), Step::Advance(13 * DAY_S), Resolve("SPLIT", Some(5_000))], 200, ""),
    ];
    for (steps, status, code) in cases {
        let play = world.play(steps).await;
        let (by_agent, by_operator) =
            (rate(&world, &play, json!({ "score": 3 })).await, rate_back(&world, &play, json!({ "score": 3 })).await);
        assert_eq!(by_agent.status, status, "{steps:?}: {}", by_agent.text);
        // Of a pending task there is no operator who could ask.
        assert_eq!(by_operator.status, if steps.is_empty() { 404 } else { status }, "{steps:?}: {}", by_operator.text);
        if status == 409 {
            by_agent.expect_error(status, code);
        }
    }
    let (play, stranger, other) = (world.play(COMPLETED).await, world.agent("0").await, world.operator("Jo").await);
    let body = json!({ "score": 5 });
    world.post(&stranger, &format!("/tasks/{}/rating", play.task), body.clone()).await.expect_error(404, "not_found");
    let path = format!("/operator/tasks/{}/rating", play.task);
    world.post(&other, &path, body).await.expect_error(404, "not_found");
    world.audit().await;
}

#[tokio::test]
async fn a_score_is_a_whole_number_from_one_to_five() {
    let world = World::new().await;
    let play = world.play(COMPLETED).await;
    for score in [json!(0), json!(6), json!(4.5), json!("five"), json!(null)] {
        rate(&world, &play, json!({ "score": score })).await.expect_fields(&["score"]);
    }
    let long = json!({ "score": 0, "comment": "x".repeat(501), "stars": 1 });
    rate(&world, &play, long).await.expect_fields(&["comment", "score", "stars"]);
    rate(&world, &play, json!({ "score": 5, "comment": "🦀".repeat(500) })).await.expect(200);
}

#[tokio::test]
async fn a_mean_is_shown_once_there_are_three_and_with_one_decimal() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let mut last = None;
    for (score, rating) in [(5, json!(null)), (5, json!(null)), (4, json!(4.7)), (4, json!(4.5))] {
        let play = completed(&world, &agent, &operator).await;
        rate(&world, &play, json!({ "score": score })).await.expect(200);
        let shown = &world.show(&agent, &play.task).await["operator"];
        assert_eq!(shown["rating"], rating);
        last = Some((play, shown["rating_count"].clone()));
    }
    let (play, count) = last.unwrap();
    assert_eq!(count, 4);
    assert_eq!(world.show(&agent, &play.task).await.amount("rating"), "4.5");
    let line = &world.get(&agent, "/tasks").await.expect(200)["data"][0]["operator"];
    assert_eq!(*line, json!({ "id": operator.0, "name": "Jane D.", "rating": 4.5, "rating_count": 4 }));
    let me = world.get(&operator, "/operator/me").await.expect(200);
    assert_eq!((&me["rating"], &me["rating_count"]), (&json!(4.5), &json!(4)));
    world.audit().await;
}

#[tokio::test]
async fn operators_see_how_an_agent_is_rated_and_what_it_approves_and_nothing_else_of_it() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let pending = world.task(&agent, "25").await;
    let seen = async || {
        let task = world.get(&operator, &format!("/operator/tasks/{pending}")).await.expect(200);
        let feed = world.get(&operator, "/operator/tasks").await.expect(200);
        assert_eq!(feed["data"][0]["agent"], task["agent"]);
        assert!(!feed.text.contains(&agent.id), "{}", feed.text);
        task["agent"].clone()
    };
    assert_eq!(seen().await, json!({ "rating": null, "rating_count": 0, "approval_rate": null }));
    for score in [5, 4, 4] {
        let play = completed(&world, &agent, &operator).await;
        rate_back(&world, &play, json!({ "score": score })).await.expect(200);
    }
    assert_eq!(seen().await, json!({ "rating": 4.3, "rating_count": 3, "approval_rate": 1.0 }));
    // What is in dispute is not decided; what staff refund was not approved; what was cancelled was not submitted.
    let disputed = world.judged(&agent, &operator, "guardian:reject").await;
    assert_eq!(seen().await["approval_rate"], 1.0);
    world.resolve(&disputed, "REFUND", None).await.expect(200);
    let cancelled = world.task(&agent, "25").await;
    world.post(&agent, &format!("/tasks/{cancelled}/cancel"), json!({})).await.expect(200);
    let expected = json!({ "rating": 4.3, "rating_count": 3, "approval_rate": 0.75 });
    assert_eq!(seen().await, expected);
    let mine = world.get(&operator, "/operator/tasks/mine").await.expect(200);
    assert_eq!(mine["data"][0]["agent"], expected);
    world.audit().await;
}

#[tokio::test]
async fn of_many_ratings_at_once_one_counts() {
    let world = World::new().await;
    let play = world.play(COMPLETED).await;
    let scores = (0..20).map(|number| number % 5 + 1);
    let replies = join_all(scores.map(|score| rate(&world, &play, json!({ "score": score })))).await;
    let rated: Vec<&Reply> = replies.iter().filter(|reply| reply.status == 200).collect();
    assert_eq!(rated.len(), 4, "the same score four times");
    assert!(rated.iter().all(|reply| reply.text == rated[0].text));
    for reply in replies.into_iter().filter(|reply| reply.status != 200) {
        reply.expect_error(409, "already_rated");
    }
    assert_eq!(world.get(&play.operator, "/operator/me").await.expect(200)["rating_count"], 1);
    world.audit().await;
}

#[tokio::test]
async fn a_rating_whose_answer_was_lost_counts_once() {
    use harness::Fault::{self, BreakAnswer, Conflict, Fail, LoseAnswer};
    let cases: [&[Fault]; 4] = [&[LoseAnswer], &[BreakAnswer], &[Conflict; 3], &[Fail, Fail]];
    for faults in cases {
        let (proxy, world) = Proxy::world(Options::ephemeral()).await;
        let play = world.play(COMPLETED).await;
        proxy.inject("TransactWriteItems", faults);
        rate(&world, &play, json!({ "score": 2 })).await.expect(200);
        assert_eq!(proxy.unmet(), 0, "{faults:?}");
        rate(&world, &play, json!({ "score": 2 })).await.expect(200);
        assert_eq!(world.show(&play.agent, &play.task).await["operator"]["rating_count"], 1, "{faults:?}");
        world.audit().await;
    }
}

#[tokio::test]
async fn what_was_said_stays_when_the_task_is_disputed() {
    let world = World::new().await;
    let play = world.play(COMPLETED).await;
    rate(&world, &play, json!({ "score": 5 })).await.expect(200);
    world.act(&play, &[Dispute, Resolve("REFUND", None)]).await;
    rate(&world, &play, json!({ "score": 5 })).await.expect(200);
    rate(&world, &play, json!({ "score": 1 })).await.expect_error(409, "already_rated");
    rate_back(&world, &play, json!({ "score": 1 })).await.expect_error(409, "task_state_conflict");
    let reviewed = world.play(&[Accept, Submit("guardian:review"), Verify("APPROVE")]).await;
    rate_back(&world, &reviewed, json!({ "score": 5 })).await.expect(200);
    world.audit().await;
}
