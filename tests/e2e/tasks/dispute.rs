//! `POST /tasks/{id}/dispute`: inside the seven-day hold, and not a second later.

use harness::Step::{Accept, Cancel, Dispute, HandIn, Resolve, Submit, Verify};
use harness::{Api, DAY_S, Step, World};
use serde_json::json;

const COMPLETED: &[Step] = &[Accept, Submit("guardian:approve")];
const HOLD_S: u32 = 7 * DAY_S;

#[tokio::test]
async fn the_reward_goes_back_to_escrow_and_the_fee_is_held() {
    let world = World::new().await;
    let play = world.play(COMPLETED).await;
    world.advance(HOLD_S - 1).await;
    world.assert_earnings(&play.operator, "pending 25.00 available 0.00 total 25.00").await;

    let reply = world.by_agent(&play, "dispute", json!({})).await.expect(200);

    let expected = format!(
        concat!(
            r#"{{"task_id":"{}","status":"DISPUTED","held_usd":25.00,"next_action":{{"by":"STAFF","action":"resolve","#,
            r#""due_at":"2026-02-17T11:59:59.000Z","on_due":"ESCALATED"}}}}"#
        ),
        play.task
    );
    assert_eq!(reply.text, expected);
    assert_eq!(world.by_agent(&play, "dispute", json!({})).await.expect(200).text, expected, "the second time");
    world.assert_balances(&play.agent, "deposit 70.50 escrow 25.00 revenue 4.50").await;
    let balance = world.get(&play.agent, "/agents/balance").await.expect(200);
    assert_eq!(balance.amount("escrow_balance"), "25.00");
    world.advance(HOLD_S).await;
    // However long it takes, the fee is nobody's before staff decide.
    world.assert_fees(&play.agent, "held 4.50 earned 0.00").await;
    world.assert_earnings(&play.operator, "pending 0.00 available 0.00 total 0.00").await;
    let dispute = &world.show(&play.agent, &play.task).await["dispute"];
    assert_eq!(
        (&dispute["origin"], &dispute["opened_at"]),
        (&json!("AGENT_IN_HOLD"), &json!("2026-02-12T11:59:59.000Z"))
    );
    world.audit().await;
}

#[tokio::test]
async fn after_the_hold_the_earnings_are_the_operators() {
    let world = World::new().await;
    let play = world.play(COMPLETED).await;
    world.pass(HOLD_S);

    world.by_agent(&play, "dispute", json!({})).await.expect_error(409, "hold_over");
    world.assert_fees(&play.agent, "held 4.50 earned 0.00").await;
    world.pass(DAY_S);
    world.assert_fees(&play.agent, "held 0.00 earned 4.50").await;

    world.assert_earnings(&play.operator, "pending 0.00 available 25.00 total 25.00").await;
    world.audit().await;
}

#[tokio::test]
async fn only_a_completed_task_of_ones_own_can_be_disputed() {
    let world = World::new().await;
    let cases: [(&[Step], &str); 6] = [
        (&[], "task_state_conflict"),
        (&[Cancel], "task_state_conflict"),
        (&[Accept, HandIn("")], "task_state_conflict"),
        (&[Accept, Submit("guardian:review"), Verify("REJECT")], "task_state_conflict"),
        // What staff have decided stays decided.
        (&[Accept, Submit("guardian:reject"), Resolve("RELEASE", None)], "already_resolved"),
        (&[Accept, Submit("guardian:approve"), Dispute, Resolve("SPLIT", Some(3_333))], "already_resolved"),
    ];
    for (steps, code) in cases {
        let play = world.play(steps).await;
        world.by_agent(&play, "dispute", json!({})).await.expect_error(409, code);
    }
    let (play, stranger) = (world.play(COMPLETED).await, world.agent("0").await);
    let path = format!("/tasks/{}/dispute", play.task);
    world.post(&stranger, &path, json!({})).await.expect_error(404, "not_found");
    world.audit().await;
}

#[tokio::test]
async fn staff_decide_once() {
    let world = World::new().await;
    let play = world.play(&[Accept, Submit("guardian:approve")]).await;
    world.resolve(&play.task, "RELEASE", None).await.expect_error(409, "task_state_conflict");
    world.act(&play, &[Dispute]).await;

    let first = world.resolve(&play.task, "SPLIT", Some(2_500)).await.expect(200);
    world.pass(60);
    let again = world.resolve(&play.task, "SPLIT", Some(2_500)).await.expect(200);

    assert_eq!(again.text, first.text);
    for (outcome, share) in [("RELEASE", None), ("REFUND", None), ("SPLIT", Some(2_501))] {
        world.resolve(&play.task, outcome, share).await.expect_error(409, "task_state_conflict");
    }
    world.assert_balances(&play.agent, "deposit 92.62 escrow 0.00 revenue 1.13").await;
    world.assert_fees(&play.agent, "held 0.00 earned 1.13").await;
    world.assert_earnings(&play.operator, "pending 0.00 available 6.25 total 6.25").await;
    world.audit().await;
}
