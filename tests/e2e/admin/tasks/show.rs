//! `GET /admin/tasks/{id}`: what staff need to judge.

use domain::Usd;
use harness::Step::{Accept, Dispute, Resolve, Submit};
use harness::{Api, Caller, Step, World};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn staff_see_the_proof_the_findings_the_reason_and_who_decided() {
    let world = World::new().await;
    let play = world.play(&[Accept, Submit("guardian:review")]).await;
    world.pass(60);
    world
        .by_agent(&play, "verify", json!({ "decision": "REJECT", "reason": "It is the wrong shop." }))
        .await
        .expect(200);

    let shown = world.get(world.admin(), &format!("/admin/tasks/{}", play.task)).await.expect(200);

    assert_eq!((&shown["agent_id"], &shown["operator"]["id"]), (&json!(play.agent.id), &json!(play.operator.0)));
    let photo = shown["proof"]["photos"][0].as_str().unwrap();
    let http = outbound::trusted(Duration::from_secs(20)).unwrap();
    assert_eq!(http.get(photo).send().await.unwrap().status(), 200, "{photo}");
    assert_eq!(shown["guardian_result"]["requirement_results"][0]["verdict"], "UNCLEAR");
    let decision = json!({
        "outcome": "REJECTED", "decided_by": "AGENT", "reason": "It is the wrong shop.", "at": world.now().to_string(),
    });
    assert_eq!(shown["decision"], decision);
    assert_eq!(shown["dispute"]["reason"], "It is the wrong shop.");
    let past: Vec<&str> = shown["history"].as_array().unwrap().iter().map(|it| it["event"].as_str().unwrap()).collect();
    let expected = ["task.created", "task.accepted", "task.submitted", "task.manual_review", "task.disputed"];
    assert_eq!(past, expected);
    world.audit().await;
}

#[tokio::test]
async fn what_an_outcome_is_said_to_pay_is_what_it_pays() {
    let disputes: [&[Step]; 2] = [&[Submit("guardian:reject")], &[Submit("guardian:approve"), Dispute]];
    for dispute in disputes {
        for (at, outcome, share) in [(0, "RELEASE", None), (1, "REFUND", None), (2, "SPLIT", Some(3_333))] {
            let world = World::new().await;
            let play = world.play(&[Accept]).await;
            world.act(&play, dispute).await;
            let path = format!("/admin/tasks/{}?operator_share_bps=3333", play.task);
            let said = &world.get(world.admin(), &path).await.expect(200)["outcomes"][at];
            assert_eq!(said["outcome"], outcome);

            world.act(&play, &[Resolve(outcome, share)]).await;

            let cents = |amount: &Value| Usd::parse_usd(&amount.to_string()).unwrap();
            let earned = world.get(&play.operator, "/operator/earnings").await.expect(200);
            assert_eq!(cents(&earned["available_balance"]), cents(&said["operator_usd"]), "{outcome}");
            let balance = world.get(&play.agent, "/agents/balance").await.expect(200);
            let before = Usd::parse_usd("70.50").unwrap();
            let back = before.checked_add(cents(&said["agent_usd"])).unwrap();
            assert_eq!(cents(&balance["deposit_balance"]), back, "{outcome}");
            world.audit().await;
        }
    }
}

#[tokio::test]
async fn nothing_is_to_be_paid_where_nothing_is_disputed_and_the_rationale_is_read_by_both_sides() {
    let world = World::new().await;
    let play = world.play(&[Accept, Submit("guardian:reject")]).await;
    let path = format!("/admin/tasks/{}", play.task);
    world.act(&play, &[Resolve("REFUND", None)]).await;

    let shown = world.get(world.admin(), &path).await.expect(200);
    assert_eq!(shown["outcomes"], json!([]));
    let operators = world.get(&play.operator, &format!("/operator/tasks/{}", play.task)).await.expect(200);
    assert_eq!(shown["resolved_by"], "admin");
    for seen in [shown, world.show(&play.agent, &play.task).await, operators] {
        let decision = (&seen["decision"]["outcome"], &seen["decision"]["decided_by"], &seen["decision"]["reason"]);
        assert_eq!(decision, (&json!("REFUNDED"), &json!("STAFF"), &json!("Seen by staff.")));
    }
    world.get(Caller::Nobody, &path).await.expect_error(403, "admin_key_required");
    world.get(world.admin(), "/admin/tasks/task_01kh3w5v8g3w2f7d5r6n8p9q0s").await.expect_error(404, "not_found");
}
