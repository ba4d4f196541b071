//! An agent that wants more than the Guardian's usual certainty, or to decide itself: what was found is its advice then, and
//! what silence is judged by.

use harness::{Agent, Api, HOUR_S, OperatorKey, Photo, World};
use serde_json::{Value, json};

/// A task for which `verification` was asked, with a photo and these notes handed in and judged.
async fn judged(world: &World, verification: Value, notes: &str) -> (Agent, OperatorKey, String) {
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let mut body = world.task_body("25");
    body["verification"] = verification;
    let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.accept(&operator, &task).await;
    world.hand_in(&operator, &task, &Photo::fresh(), notes).await.expect(200);
    world.settle().await;
    (agent, operator, task)
}

#[tokio::test]
async fn the_agent_says_how_sure_the_guardian_must_be_or_decides_itself() {
    let world = World::new().await;
    let auto = |min_confidence: u8| json!({ "mode": "AUTO", "min_confidence": min_confidence });
    let (approve, reject) = ("guardian:approve", "guardian:reject");
    // What is asked for, what the Guardian finds; status, decision, confidence, why the agent is asked.
    let cases = [
        (json!(null), approve, ["COMPLETED", "APPROVE", "95", "null"]),
        (json!({}), approve, ["COMPLETED", "APPROVE", "95", "null"]),
        (auto(95), approve, ["COMPLETED", "APPROVE", "95", "null"]),
        (json!({ "min_confidence": 96 }), approve, ["SUBMITTED", "MANUAL_REVIEW", "95", "\"LOW_CONFIDENCE\""]),
        (auto(100), reject, ["DISPUTED", "REJECT", "20", "null"]),
        (json!({ "mode": "AGENT" }), approve, ["SUBMITTED", "MANUAL_REVIEW", "95", "\"VERIFICATION_MODE_AGENT\""]),
        (json!({ "mode": "AGENT" }), reject, ["SUBMITTED", "MANUAL_REVIEW", "20", "\"VERIFICATION_MODE_AGENT\""]),
    ];
    for (verification, notes, expected) in cases {
        let (agent, _, task) = judged(&world, verification.clone(), notes).await;
        let shown = world.show(&agent, &task).await;
        let result = &shown["guardian_result"];
        let got = [
            shown.text_of("status"),
            result["decision"].as_str().unwrap().to_owned(),
            result["confidence"].to_string(),
            result["review_reason"].to_string(),
        ];
        assert_eq!(got, expected, "{verification} with {notes}");
        let wanted = json!({
            "mode": verification["mode"].as_str().unwrap_or("AUTO"),
            "min_confidence": verification["min_confidence"].as_u64().unwrap_or(90),
        });
        assert_eq!(shown["verification"], wanted, "{verification}");
    }
    world.audit().await;
}

#[tokio::test]
async fn an_agent_that_wanted_to_decide_and_does_is_obeyed_against_what_was_found() {
    let world = World::new().await;
    let agent_mode = json!({ "mode": "AGENT" });
    let cases = [("guardian:reject", "APPROVE", "COMPLETED"), ("guardian:approve", "REJECT", "DISPUTED")];
    for (notes, decision, status) in cases {
        let (agent, _, task) = judged(&world, agent_mode.clone(), notes).await;
        let mut body = json!({ "decision": decision });
        if decision == "REJECT" {
            body["reason"] = json!("I have looked myself.");
        }
        world.post(&agent, &format!("/tasks/{task}/verify"), body).await.expect(200);
        assert_eq!(world.show(&agent, &task).await["status"], status, "{notes}");
    }
    world.audit().await;
}

#[tokio::test]
async fn an_agent_that_wanted_to_decide_and_is_silent_pays_for_what_was_found() {
    for (notes, status, earned) in [("guardian:approve", "COMPLETED", "25.00"), ("guardian:reject", "DISPUTED", "0.00")]
    {
        let world = World::new().await;
        let (agent, operator, task) = judged(&world, json!({ "mode": "AGENT" }), notes).await;
        world.advance(72 * HOUR_S).await;
        assert_eq!(world.show(&agent, &task).await["status"], status, "{notes}");
        let earnings = format!("pending {earned} available 0.00 total {earned}");
        world.assert_earnings(&operator, &earnings).await;
        world.audit().await;
    }
}

#[tokio::test]
async fn what_is_no_wish_is_refused_by_name() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let cases = [
        (json!({ "min_confidence": 89 }), "verification.min_confidence"),
        (json!({ "min_confidence": 101 }), "verification.min_confidence"),
        (json!({ "min_confidence": 95.5 }), "verification.min_confidence"),
        (json!({ "mode": "OPERATOR" }), "verification.mode"),
        (json!({ "approve": true }), "verification.approve"),
        (json!("AGENT"), "verification"),
    ];
    for (verification, field) in cases {
        let mut body = world.task_body("25");
        body["verification"] = verification.clone();
        let refused = world.post(&agent, "/tasks", body).await.expect_error(400, "invalid_request");
        assert!(refused["details"]["fields"][field].is_string(), "{verification}: {}", refused.text);
    }
    world.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}
