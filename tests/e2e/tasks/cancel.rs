//! `POST /tasks/{id}/cancel`: all of the escrow back, while nobody has begun.

use harness::Step::{Accept, Advance, Cancel, Release, Start, Submit};
use harness::{Api, DAY_S, Step, World};
use serde_json::json;

#[tokio::test]
async fn a_task_that_nobody_has_begun_is_refunded_in_full() {
    let world = World::new().await;
    let before: [&[Step]; 3] = [&[], &[Accept], &[Accept, Start, Release]];
    for steps in before {
        let play = world.play(steps).await;

        let reply = world.by_agent(&play, "cancel", json!({})).await.expect(200);

        let expected =
            format!(r#"{{"task_id":"{}","status":"CANCELLED","refunded_usd":29.50,"next_action":null}}"#, play.task);
        assert_eq!(reply.text, expected, "{steps:?}");
        world.pass(60);
        assert_eq!(world.by_agent(&play, "cancel", json!({})).await.expect(200).text, expected, "the second time");
        let shown = world.show(&play.agent, &play.task).await;
        assert_eq!(shown["cancellation"]["reason"], "AGENT_CANCELLED");
        assert_eq!(shown["status"], "CANCELLED");
        world.assert_balances(&play.agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
        // Only who had it is told what became of it.
        let had_it = matches!(steps, [Accept]);
        let (status, code) = if had_it { (409, "task_state_conflict") } else { (404, "not_found") };
        world.by_operator(&play, "accept").await.expect_error(status, code);
    }
    world.audit().await;
}

#[tokio::test]
async fn a_task_that_somebody_has_begun_cannot_be_cancelled() {
    let world = World::new().await;
    let cases: [(&[Step], &str, &str); 4] = [
        (&[Accept, Start], "IN_PROGRESS", "deposit 70.50 escrow 29.50 revenue 0.00"),
        (&[Accept, Submit("guardian:review")], "SUBMITTED", "deposit 70.50 escrow 29.50 revenue 0.00"),
        (&[Accept, Submit("guardian:reject")], "DISPUTED", "deposit 70.50 escrow 29.50 revenue 0.00"),
        (&[Accept, Submit("guardian:approve")], "COMPLETED", "deposit 70.50 escrow 0.00 revenue 4.50"),
    ];
    for (steps, status, balances) in cases {
        let play = world.play(steps).await;
        let reply = world.by_agent(&play, "cancel", json!({})).await.expect_error(409, "task_state_conflict");
        assert_eq!(reply["details"]["status"], status);
        world.assert_balances(&play.agent, balances).await;
    }
    world.audit().await;
}

#[tokio::test]
async fn an_expired_task_is_gone_and_somebody_elses_was_never_there() {
    let world = World::new().await;
    let play = world.play(&[Advance(2 * DAY_S)]).await;
    world.by_agent(&play, "cancel", json!({})).await.expect_error(410, "task_expired");

    let other = world.play(&[Cancel]).await;
    let foreign = format!("/tasks/{}/cancel", play.task);
    world.post(&other.agent, &foreign, json!({})).await.expect_error(404, "not_found");
    world.by_agent(&other, "cancel", json!({ "reason": "x" })).await.expect_error(400, "invalid_request");
}
