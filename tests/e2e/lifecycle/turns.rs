//! `next_action`: whose turn it is, until when, and what happens then.

use harness::Step::{Accept, Advance, Cancel, Dispute, HandIn, Release, Resolve, Start, Submit, Verify};
use harness::{Api, DAY_S, HOUR_S, MINUTE_S, Step, World};
use serde_json::{Value, json};

const TWO_DAYS_S: u32 = 2 * DAY_S;
const HOLD_S: u32 = 7 * DAY_S;
const PASSED: Step = Submit("guardian:approve");
const DOUBTED: Step = Submit("guardian:review");
const FAILED: Step = Submit("guardian:reject");

/// Steps; then who, what, how many seconds after the creation, and what happens then.
type Turn = (&'static [Step], Option<(&'static str, &'static str, u32, &'static str)>);

const TURNS: [Turn; 18] = [
    (&[], Some(("OPERATOR", "accept", 2 * DAY_S, "CANCELLED"))),
    (&[Accept], Some(("OPERATOR", "submit", 2 * DAY_S, "CANCELLED"))),
    (&[Accept, Start], Some(("OPERATOR", "submit", 2 * DAY_S, "CANCELLED"))),
    (&[Accept, Start, Release], Some(("OPERATOR", "accept", 2 * DAY_S, "CANCELLED"))),
    (&[Accept, Advance(60), HandIn("")], Some(("GUARDIAN", "judge", 60 + 10 * MINUTE_S, "MANUAL_REVIEW"))),
    (&[Accept, Advance(60), DOUBTED], Some(("AGENT", "verify", 60 + 72 * HOUR_S, "COMPLETED"))),
    (&[Accept, Advance(60), FAILED], Some(("STAFF", "resolve", 60 + 5 * DAY_S, "ESCALATED"))),
    (&[Accept, DOUBTED, Advance(60), Verify("REJECT")], Some(("STAFF", "resolve", 60 + 5 * DAY_S, "ESCALATED"))),
    (&[Accept, FAILED, Advance(TWO_DAYS_S)], Some(("STAFF", "resolve", 5 * DAY_S, "ESCALATED"))),
    (&[Accept, Advance(60), PASSED], Some(("SYSTEM", "release_earnings", 60 + 7 * DAY_S, "AVAILABLE"))),
    (&[Accept, PASSED, Advance(HOLD_S - 1)], Some(("SYSTEM", "release_earnings", 7 * DAY_S, "AVAILABLE"))),
    (&[Accept, PASSED, Advance(HOLD_S)], None),
    (&[Accept, PASSED, Advance(60), Dispute], Some(("STAFF", "resolve", 60 + 5 * DAY_S, "ESCALATED"))),
    (&[Accept, PASSED, Dispute, Resolve("RELEASE", None)], None),
    (&[Accept, FAILED, Resolve("SPLIT", Some(5_000))], None),
    (&[Accept, FAILED, Resolve("REFUND", None)], None),
    (&[Cancel], None),
    (&[Advance(TWO_DAYS_S)], None),
];

#[tokio::test]
async fn everybody_knows_whose_turn_it_is_and_until_when() {
    let world = World::new().await;
    for (steps, expected) in TURNS {
        let created_at = world.now();
        let play = world.play(steps).await;

        let shown = world.show(&play.agent, &play.task).await;

        let expected = expected.map_or(Value::Null, |(by, action, after_s, on_due)| {
            let due_at = created_at.plus_seconds(after_s.into()).to_string();
            json!({ "by": by, "action": action, "due_at": due_at, "on_due": on_due })
        });
        assert_eq!(shown["next_action"], expected, "{steps:?}");
        if !shown["operator"].is_null() {
            let path = format!("/operator/tasks/{}", play.task);
            assert_eq!(world.get(&play.operator, &path).await.expect(200)["next_action"], expected, "{steps:?}");
        }
    }
    world.audit().await;
}

#[tokio::test]
async fn the_verdict_tells_the_agent_how_sure_the_guardian_is() {
    let world = World::new().await;
    let cases = [
        ("guardian:approve", "COMPLETED", "APPROVE", 95, Value::Null),
        ("guardian:review", "SUBMITTED", "MANUAL_REVIEW", 70, json!("LOW_CONFIDENCE")),
        ("guardian:reject", "DISPUTED", "REJECT", 20, Value::Null),
        ("no word at all", "COMPLETED", "APPROVE", 95, Value::Null),
    ];
    for (notes, status, decision, confidence, reason) in cases {
        let play = world.play(&[Accept, Submit(notes)]).await;
        let shown = world.show(&play.agent, &play.task).await;
        let result = &shown["guardian_result"];
        assert_eq!((&shown["status"], &result["decision"]), (&json!(status), &json!(decision)), "{notes}");
        assert_eq!((&result["confidence"], &result["review_reason"]), (&json!(confidence), &reason), "{notes}");
        let results = result["requirement_results"].as_array().unwrap();
        let requirements: Vec<&str> = results.iter().map(|each| each["requirement"].as_str().unwrap()).collect();
        assert_eq!(requirements, ["Photo of storefront sign", "GPS-stamped image"]);
        // Nobody looked, and nothing is claimed of what a photo shows.
        assert!(results.iter().all(|each| each["verdict"] == "UNCLEAR" && each["confidence"] == 0), "{notes}");
    }
}

#[tokio::test]
async fn a_released_task_is_in_the_feed_again_for_everybody() {
    let world = World::new().await;
    let play = world.play(&[Accept, Start]).await;
    let next = world.operator("John Roe").await;
    let feed = async || world.get(&next, "/operator/tasks").await.expect(200)["pagination"]["total"].clone();
    assert_eq!(feed().await, 0);

    world.act(&play, &[Release]).await;

    assert_eq!(feed().await, 1);
    let shown = world.show(&play.agent, &play.task).await;
    assert_eq!(
        [&shown["operator"], &shown["accepted_at"], &shown["started_at"]],
        [&Value::Null; 3],
        "nothing is left of the first operator"
    );
    world.accept(&next, &play.task).await;
    world.by_operator(&play, "start").await.expect_error(404, "not_found");
    world.submit(&next, &play.task, "guardian:approve").await;
    world.settle().await;
    world.assert_earnings(&next, "pending 25.00 available 0.00 total 25.00").await;
    world.assert_earnings(&play.operator, "pending 0.00 available 0.00 total 0.00").await;
    world.audit().await;
}
