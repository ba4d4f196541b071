//! `POST /tasks/{id}/verify` with REQUEST_CHANGES: back to the operator, twice at most.

use harness::Step::{Accept, Advance, HandIn, Submit, Verify};
use harness::{Api, DAY_S, HOUR_S, Play, Reply, Step, World};
use serde_json::{Value, json};

const REVIEWED: &[Step] = &[Accept, Submit("guardian:review")];
const REASON: &str = "The sign is not in the picture.";

async fn ask(world: &World, play: &Play, reason: &str) -> Reply {
    world.by_agent(play, "verify", json!({ "decision": "REQUEST_CHANGES", "reason": reason })).await
}

#[tokio::test]
async fn changes_can_be_asked_for_twice_and_each_submission_is_judged_anew() {
    let world = World::new().await;
    let play = world.play(REVIEWED).await;

    let first = ask(&world, &play, REASON).await.expect(200);
    let expected = json!({
        "task_id": play.task, "status": "IN_PROGRESS", "message": "Changes requested; the operator hands in again.",
        "next_action": { "by": "OPERATOR", "action": "submit", "on_due": "CANCELLED", "due_at": "2026-02-07T12:00:00.000Z" },
        "revision": { "count": 1, "max": 2, "reason": REASON, "due_at": "2026-02-07T12:00:00.000Z" },
    });
    assert_eq!(first.json, expected);
    let again = ask(&world, &play, "Other words, and the first count.").await.expect(200);
    assert_eq!(again.text, first.text, "the second time");
    world.assert_balances(&play.agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
    for shown in [seen_by_agent(&world, &play).await, seen_by_operator(&world, &play).await] {
        assert_eq!((&shown["revision"], &shown["decision"]), (&expected["revision"], &Value::Null));
        assert_eq!((&shown["guardian_result"], &shown["submitted_at"]), (&Value::Null, &Value::Null));
        assert_eq!(shown["proof"]["notes"], "guardian:review", "what was handed in can still be seen");
    }

    world.act(&play, &[Submit("guardian:review, the sign is in it")]).await;
    let shown = seen_by_operator(&world, &play).await;
    assert_eq!((&shown["status"], &shown["revision"]["due_at"]), (&json!("SUBMITTED"), &Value::Null));
    assert_eq!(shown["guardian_result"]["decision"], "MANUAL_REVIEW");
    assert_eq!(ask(&world, &play, REASON).await.expect(200)["revision"]["count"], 2);
    world.act(&play, &[Submit("guardian:review, from nearer")]).await;

    let refused = ask(&world, &play, REASON).await.expect_error(409, "revision_limit_reached");
    assert_eq!(refused["details"]["max"], 2);
    world.act(&play, &[Verify("APPROVE")]).await;
    world.assert_balances(&play.agent, "deposit 70.50 escrow 0.00 revenue 4.50").await;
    world.assert_earnings(&play.operator, "pending 25.00 available 0.00 total 25.00").await;
    world.audit().await;
}

#[tokio::test]
async fn the_deadline_leaves_a_day_for_the_changes() {
    let world = World::new().await;
    for (waits_s, due_at, deadline) in [
        (0, "2026-02-07T12:00:00.000Z", "2026-02-07T12:00:00.000Z"),
        (47 * HOUR_S, "2026-02-08T11:00:00.000Z", "2026-02-08T11:00:00.000Z"),
    ] {
        let world = if waits_s == 0 { &world } else { &World::new().await };
        let play = world.play(&[Advance(waits_s), Accept, Submit("guardian:review")]).await;
        assert_eq!(ask(world, &play, REASON).await.expect(200)["revision"]["due_at"], due_at);
        assert_eq!(world.show(&play.agent, &play.task).await["deadline"], deadline);
        world.audit().await;
    }
}

#[tokio::test]
async fn whoever_leaves_the_changes_undone_has_not_done_the_task() {
    let world = World::new().await;
    let play = world.play(REVIEWED).await;
    ask(&world, &play, REASON).await.expect(200);

    world.advance(2 * DAY_S).await;

    assert_eq!(world.show(&play.agent, &play.task).await["status"], "CANCELLED");
    let record = &world.get(&play.operator, "/operator/me").await.expect(200)["record"];
    assert_eq!((&record["accepted"], &record["no_shows"]), (&json!(1), &json!(1)), "{record}");
    world.assert_balances(&play.agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn the_next_operator_knows_nothing_of_the_changes() {
    let world = World::new().await;
    let play = world.play(REVIEWED).await;
    ask(&world, &play, REASON).await.expect(200);
    world.by_operator(&play, "release").await.expect(200);
    let next = Play { operator: world.operator("John Roe").await, ..play };

    let shown = seen_by_operator(&world, &next).await;
    assert_eq!((&shown["proof"], &shown["revision"]), (&Value::Null, &Value::Null));
    world.act(&next, &[Accept, Submit("guardian:review, by another")]).await;
    assert_eq!(ask(&world, &next, REASON).await.expect(200)["revision"]["count"], 1);
    world.act(&next, &[Submit("guardian:approve")]).await;
    world.assert_earnings(&next.operator, "pending 25.00 available 0.00 total 25.00").await;
    world.audit().await;
}

#[tokio::test]
async fn the_same_proof_handed_in_again_is_judged_again() {
    let world = World::new().await;
    let play = world.play(REVIEWED).await;
    ask(&world, &play, REASON).await.expect(200);
    world.act(&play, &[Submit("guardian:review")]).await;
    let shown = world.show(&play.agent, &play.task).await;
    assert_eq!(
        (&shown["status"], &shown["guardian_result"]["decision"]),
        (&json!("SUBMITTED"), &json!("MANUAL_REVIEW"))
    );
    world.audit().await;
}

#[tokio::test]
async fn they_are_asked_for_in_a_manual_review_and_with_a_reason() {
    let world = World::new().await;
    let play = world.play(&[Accept, HandIn("guardian:review")]).await;
    ask(&world, &play, REASON).await.expect_error(409, "task_state_conflict");
    world.settle().await;
    for (body, problem) in [
        (json!({ "decision": "REQUEST_CHANGES" }), "must say in at least 10 characters what is to be changed"),
        (
            json!({ "decision": "REQUEST_CHANGES", "reason": "no" }),
            "must say in at least 10 characters what is to be changed",
        ),
        (
            json!({ "decision": "APPROVE", "reason": "It is good." }),
            "is for REJECT and REQUEST_CHANGES only; leave it out",
        ),
    ] {
        let refused = world.by_agent(&play, "verify", body).await.expect_error(400, "invalid_request");
        assert_eq!(refused["details"]["fields"]["reason"], problem);
    }
    world.audit().await;
}

async fn seen_by_agent(world: &World, play: &Play) -> Value {
    world.show(&play.agent, &play.task).await.json
}

async fn seen_by_operator(world: &World, play: &Play) -> Value {
    world.get(&play.operator, &format!("/operator/tasks/{}", play.task)).await.expect(200).json
}
