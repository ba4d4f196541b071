//! `POST /tasks/{id}/statement` and `POST /operator/tasks/{id}/statement`: what the sides have to say in a dispute.

use futures::future::join;
use harness::Fault::{Conflict, Fail, Hold, LoseAnswer};
use harness::Step::{Accept, Dispute, Resolve, Submit};
use harness::{Api, Play, Proxy, Reply, Step, World};
use humanops::Options;
use serde_json::{Value, json};

const DISPUTED: &[Step] = &[Accept, Submit("guardian:reject")];

async fn state(world: &World, play: &Play, side: &str, text: &str) -> Reply {
    let body = json!({ "text": text });
    match side {
        "agent" => world.by_agent(play, "statement", body).await,
        _ => world.post(&play.operator, &format!("/operator/tasks/{}/statement", play.task), body).await,
    }
}

#[tokio::test]
async fn each_side_has_one_statement_which_staff_read_and_the_other_side_does_not() {
    let world = World::new().await;
    let play = world.play(DISPUTED).await;
    for side in ["agent", "operator"] {
        state(&world, &play, side, "A first try.").await.expect(200);
        world.pass(1);
        let reply = state(&world, &play, side, &format!("What the {side} says.")).await.expect(200);
        let said = json!({ "text": format!("What the {side} says."), "stated_at": world.now().to_string() });
        assert_eq!((&reply["status"], &reply["statement"]), (&json!("DISPUTED"), &said));
    }
    let agents = world.show(&play.agent, &play.task).await;
    let operators = world.get(&play.operator, &format!("/operator/tasks/{}", play.task)).await.expect(200);
    assert_eq!(agents["statement"]["text"], "What the agent says.");
    assert_eq!(operators["statement"]["text"], "What the operator says.");
    assert!(!agents.text.contains("operator says") && !operators.text.contains("agent says"));
    let listed = world.get(world.admin(), "/admin/disputes").await.expect(200);
    let shown = world.get(world.admin(), &format!("/admin/tasks/{}", play.task)).await.expect(200);
    for statements in [&listed["data"][0]["statements"], &shown["statements"]] {
        assert_eq!(statements["agent"]["text"], "What the agent says.");
        assert_eq!(statements["operator"]["text"], "What the operator says.");
    }
    world.audit().await;
}

#[tokio::test]
async fn nothing_is_said_before_a_dispute_or_after_its_resolution() {
    let world = World::new().await;
    let cases: [(&[Step], &str); 4] = [
        (&[Accept], "ACCEPTED"),
        (&[Accept, Submit("guardian:review")], "SUBMITTED"),
        (&[Accept, Submit("guardian:approve")], "COMPLETED"),
        (&[Accept, Submit("guardian:approve"), Dispute, Resolve("RELEASE", None)], "COMPLETED"),
    ];
    for (steps, status) in cases {
        let play = world.play(steps).await;
        for side in ["agent", "operator"] {
            let refused = state(&world, &play, side, "Too early, or too late.").await;
            assert_eq!(refused.expect_error(409, "task_state_conflict")["details"]["status"], status, "{side}");
        }
        assert_eq!(world.show(&play.agent, &play.task).await["statement"], Value::Null);
    }
}

#[tokio::test]
async fn somebody_elses_dispute_does_not_exist() {
    let world = World::new().await;
    let play = world.play(DISPUTED).await;
    let other =
        Play { agent: world.agent("0").await, operator: world.operator("John Roe").await, task: play.task.clone() };
    for side in ["agent", "operator"] {
        state(&world, &other, side, "A stranger's.").await.expect_error(404, "not_found");
        state(&world, &play, side, "").await.expect_error(400, "invalid_request");
        state(&world, &play, side, &"a".repeat(5_001)).await.expect_error(400, "invalid_request");
    }
}

#[tokio::test]
async fn a_statement_is_made_whatever_the_store_does_and_not_beside_a_resolution() {
    for faults in [&[Conflict; 3][..], &[LoseAnswer], &[Fail, Fail]] {
        let (proxy, world) = Proxy::world(Options::ephemeral()).await;
        let play = world.play(DISPUTED).await;
        proxy.inject("TransactWriteItems", faults);

        state(&world, &play, "operator", "It is the right shop.").await.expect(200);

        assert_eq!(proxy.unmet(), 0, "{faults:?}");
        let shown = world.get(world.admin(), &format!("/admin/tasks/{}", play.task)).await.expect(200);
        assert_eq!(shown["statements"]["operator"]["text"], "It is the right shop.");
    }
    // Staff decide between the look at the task and the statement.
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let play = world.play(DISPUTED).await;
    proxy.inject("TransactWriteItems", &[Hold]);
    let staff = async {
        proxy.held().await;
        world.act(&play, &[Resolve("REFUND", None)]).await;
        proxy.release();
    };
    let (late, ()) = join(state(&world, &play, "agent", "Too late."), staff).await;
    late.expect_error(409, "task_state_conflict");
    let shown = world.get(world.admin(), &format!("/admin/tasks/{}", play.task)).await.expect(200);
    assert_eq!(shown["statements"]["agent"], Value::Null);
    world.audit().await;
}
