//! Deadlines: what happens on the second, and not one earlier, also when the sweeper is late.

use harness::Step::{Accept, Dispute, HandIn, Start, Submit, Verify};
use harness::{Api, DAY_S, HOUR_S, Inbox, MINUTE_S, Photo, Reply, World};
use humanops::Options;
use humanops::system::Rig;
use serde_json::json;
use std::time::Duration;

const DEADLINE_S: u32 = 2 * DAY_S;
const REVIEW_S: u32 = 72 * HOUR_S;
const JUDGE_S: u32 = 10 * MINUTE_S;
const ESCALATION_S: u32 = 5 * DAY_S;

fn status(shown: &Reply) -> &str {
    shown["status"].as_str().unwrap()
}

#[tokio::test]
async fn a_task_expires_at_its_deadline_with_a_full_refund() {
    let world = World::new().await;
    let plays = [world.play(&[]).await, world.play(&[Accept]).await, world.play(&[Accept, Start]).await];

    world.advance(DEADLINE_S - 1).await;
    for (play, before) in plays.iter().zip(["PENDING", "ACCEPTED", "IN_PROGRESS"]) {
        assert_eq!(status(&world.show(&play.agent, &play.task).await), before);
    }

    world.advance(1).await;
    for play in &plays {
        let shown = world.show(&play.agent, &play.task).await;
        assert_eq!(status(&shown), "CANCELLED");
        let at = "2026-02-07T12:00:00.000Z";
        assert_eq!(
            (&shown["cancellation"]["reason"], &shown["cancellation"]["cancelled_at"]),
            (&json!("EXPIRED"), &json!(at))
        );
        assert_eq!(shown.amount("refunded_usd"), "29.50");
        world.assert_balances(&play.agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
        world.by_operator(play, "accept").await.expect_error(410, "task_expired");
    }
    world.audit().await;
}

#[tokio::test]
async fn an_operator_who_is_late_loses_the_task_and_another_may_do_it() {
    let world = World::new().await;
    let (agent, late) = (world.agent("100").await, world.operator("Jane Doe").await);
    let inbox = Inbox::open().await;
    let mut body = world.task_body("25");
    body["work_window_s"] = json!(HOUR_S);
    body["callback_url"] = json!(inbox.url);
    body["callback_events"] = json!(["task.released"]);
    let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    let due_at = world.accept(&late, &task).await["next_action"].clone();
    assert_eq!(
        due_at,
        json!({ "by": "OPERATOR", "action": "submit", "due_at": "2026-02-05T13:00:00.000Z", "on_due": "PENDING" })
    );
    let photo = world.upload(&late, &task, &Photo::fresh()).await;

    world.advance(HOUR_S - 1).await;
    assert_eq!(status(&world.show(&agent, &task).await), "ACCEPTED");
    world.pass(1);
    let path = format!("/operator/tasks/{task}/submit");
    world.post(&late, &path, json!({ "photos": [photo] })).await.expect_error(410, "work_window_over");
    world.settle().await;

    let shown = world.show(&agent, &task).await;
    assert_eq!((status(&shown), &shown["operator"], &shown["accepted_at"]), ("PENDING", &json!(null), &json!(null)));
    assert_eq!(inbox.events(), ["task.released"]);
    world.assert_balances(&agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
    world.post(&late, &path, json!({ "photos": [photo] })).await.expect_error(409, "task_state_conflict");

    let other = world.operator("John Roe").await;
    world.accept(&other, &task).await;
    world.submit(&other, &task, "guardian:approve").await;
    world.settle().await;
    world.assert_earnings(&other, "pending 25.00 available 0.00 total 25.00").await;
    world.assert_earnings(&late, "pending 0.00 available 0.00 total 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn nobody_can_accept_or_submit_at_the_deadline_even_before_the_sweeper_came() {
    let world = World::new().await;
    let (open, taken) = (world.play(&[]).await, world.play(&[Accept]).await);
    let photo = world.upload(&taken.operator, &taken.task, &Photo::fresh()).await;
    let feed = async || world.get(&open.operator, "/operator/tasks").await.expect(200)["pagination"]["total"].clone();
    world.pass(DEADLINE_S - 1);
    assert_eq!(feed().await, 1);
    world.pass(1);

    assert_eq!(feed().await, 0);
    world.by_operator(&open, "accept").await.expect_error(410, "task_expired");
    let path = format!("/operator/tasks/{}/submit", taken.task);
    world.post(&taken.operator, &path, json!({ "photos": [photo] })).await.expect_error(410, "task_expired");
    for (play, still) in [(&open, "PENDING"), (&taken, "ACCEPTED")] {
        assert_eq!(status(&world.show(&play.agent, &play.task).await), still, "the sweeper has not been here");
        world.assert_balances(&play.agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
    }

    world.settle().await;
    for play in [&open, &taken] {
        world.assert_balances(&play.agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    }
    world.audit().await;
}

#[tokio::test]
async fn what_is_handed_in_a_second_before_the_deadline_counts() {
    let world = World::new().await;
    let play = world.play(&[]).await;
    world.pass(DEADLINE_S - 1);
    world.act(&play, &[Accept, HandIn("guardian:approve")]).await;
    world.advance(1).await;
    assert_eq!(status(&world.show(&play.agent, &play.task).await), "COMPLETED");
    world.audit().await;
}

#[tokio::test]
async fn a_review_that_the_agent_forgets_completes_after_72_hours() {
    let world = World::new().await;
    let play = world.play(&[Accept, Submit("guardian:review")]).await;
    world.advance(REVIEW_S - 1).await;
    assert_eq!(status(&world.show(&play.agent, &play.task).await), "SUBMITTED");
    world.assert_balances(&play.agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;

    world.advance(1).await;

    let shown = world.show(&play.agent, &play.task).await;
    assert_eq!((status(&shown), &shown["completed_at"]), ("COMPLETED", &json!("2026-02-08T12:00:00.000Z")));
    world.assert_earnings(&play.operator, "pending 25.00 available 0.00 total 25.00").await;
    world.act(&play, &[Dispute]).await;
    world.audit().await;
}

#[tokio::test]
async fn a_guardian_who_cannot_see_the_photos_leaves_the_task_to_the_agent() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { ephemeral: false, data_dir: folder.path().to_owned(), ..Options::ephemeral() };
    let world = World::with(options, Rig::default()).await;
    let play = world.play(&[Accept]).await;
    let photo = world.upload(&play.operator, &play.task, &Photo::fresh()).await;
    let body = json!({ "photos": [photo], "notes": "guardian:approve" });
    let path = format!("/operator/tasks/{}/submit", play.task);
    world.post(&play.operator, &path, body).await.expect(200);
    // The bucket fails at this object from now on.
    let file = folder.path().join(photo.split_once(&format!("{}/", world.address)).unwrap().1);
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();

    world.advance(JUDGE_S - 1).await;
    let waiting = world.show(&play.agent, &play.task).await;
    assert_eq!((status(&waiting), waiting["guardian_result"].is_null()), ("SUBMITTED", true));

    world.advance(1).await;
    let shown = world.show(&play.agent, &play.task).await;
    let result = &shown["guardian_result"];
    assert_eq!((status(&shown), &result["decision"]), ("SUBMITTED", &json!("MANUAL_REVIEW")));
    assert_eq!(result["review_reason"], "AUTOMATED_VERIFICATION_UNAVAILABLE");
    assert_eq!(result["requirement_results"].as_array().unwrap().len(), 2);
    assert_eq!(shown["next_action"]["due_at"], "2026-02-08T12:10:00.000Z");
    world.act(&play, &[Verify("APPROVE")]).await;
    world.assert_earnings(&play.operator, "pending 25.00 available 0.00 total 25.00").await;
    world.audit().await;
}

/// Sweeps without letting anything else happen: the Guardian is down.
async fn sweep(world: &World) {
    let carry = |_| std::future::ready(Ok::<_, std::convert::Infallible>(()));
    sweeper::sweep(&world.system.store, Duration::from_secs(60), carry).await.unwrap();
}

#[tokio::test]
async fn a_guardian_that_is_down_for_eighty_hours_completes_nothing_and_loses_nothing() {
    let world = World::new().await;
    let mut plays = Vec::new();
    for handed_in in ["", "guardian:approve", "guardian:review"] {
        plays.push(world.play(&[Accept, Start, HandIn(handed_in)]).await);
    }
    for _ in 0..80 {
        world.pass(HOUR_S);
        sweep(&world).await;
    }
    for play in &plays {
        let shown = world.show(&play.agent, &play.task).await;
        assert_eq!((status(&shown), &shown["dispute"]["origin"]), ("DISPUTED", &json!("REVIEW_OVERDUE")));
        world.assert_balances(&play.agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
        world.assert_earnings(&play.operator, "pending 0.00 available 0.00 total 0.00").await;
    }
    // It is back: staff have them now, and no verdict decides any more.
    world.settle().await;
    let disputes = world.get(world.admin(), "/admin/disputes").await.expect(200);
    assert_eq!(disputes["data"].as_array().unwrap().len(), plays.len());
    world.audit().await;
}

#[tokio::test]
async fn a_guardian_that_takes_fifteen_minutes_is_still_heard() {
    for (handed_in, becomes) in [("", "COMPLETED"), ("guardian:review", "SUBMITTED"), ("guardian:reject", "DISPUTED")] {
        let world = World::new().await;
        let play = world.play(&[Accept, HandIn(handed_in)]).await;
        world.pass(JUDGE_S);
        sweep(&world).await;
        let waiting = world.show(&play.agent, &play.task).await;
        assert_eq!(waiting["guardian_result"]["review_reason"], "AUTOMATED_VERIFICATION_UNAVAILABLE");
        assert_eq!(waiting["next_action"]["on_due"], "DISPUTED");

        world.advance(5 * MINUTE_S).await;

        let shown = world.show(&play.agent, &play.task).await;
        assert_eq!(status(&shown), becomes, "{handed_in}");
        assert_ne!(shown["guardian_result"]["review_reason"], "AUTOMATED_VERIFICATION_UNAVAILABLE");
        world.audit().await;
    }
}

#[tokio::test]
async fn what_the_agent_decided_meanwhile_stands_whatever_the_guardian_says_later() {
    let world = World::new().await;
    let play = world.play(&[Accept, HandIn("guardian:reject")]).await;
    world.pass(JUDGE_S);
    sweep(&world).await;
    world.act(&play, &[Verify("APPROVE")]).await;
    world.settle().await;
    assert_eq!(status(&world.show(&play.agent, &play.task).await), "COMPLETED");
    world.audit().await;
}

#[tokio::test]
async fn staff_who_are_late_are_reminded_and_nothing_else_happens() {
    let world = World::new().await;
    let play = world.play(&[Accept, Submit("guardian:reject")]).await;
    world.advance(ESCALATION_S - 1).await;
    assert!(world.show(&play.agent, &play.task).await["dispute"]["escalated_at"].is_null());

    world.advance(1).await;
    world.advance(ESCALATION_S).await;

    let shown = world.show(&play.agent, &play.task).await;
    let expected = json!({
        "origin": "GUARDIAN",
        "opened_at": "2026-02-05T12:00:00.000Z",
        "escalated_at": "2026-02-15T12:00:00.000Z",
        "reason": null,
    });
    assert_eq!((status(&shown), &shown["dispute"]), ("DISPUTED", &expected));
    world.assert_balances(&play.agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
    world.audit().await;
}
