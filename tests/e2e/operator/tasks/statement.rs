//! `POST /operator/tasks/{id}/statement`: what the operator has to say in a dispute. What both sides have in common is in
//! `tasks/statement.rs`.

use harness::Step::{Accept, Submit};
use harness::{Api, Caller, World};
use serde_json::json;

#[tokio::test]
async fn it_is_for_the_operator_whose_submission_is_disputed() {
    let world = World::new().await;
    let play = world.play(&[Accept, Submit("guardian:reject")]).await;
    let (path, body) = (format!("/operator/tasks/{}/statement", play.task), json!({ "text": "It is the right shop." }));
    let other = world.operator("John Roe").await;

    world.post(&other, &path, body.clone()).await.expect_error(404, "not_found");
    world.post(Caller::Nobody, &path, body.clone()).await.expect_error(401, "missing_operator");
    let reply = world.post(&play.operator, &path, body).await.expect(200);

    let next = json!({
        "by": "STAFF", "action": "resolve", "due_at": "2026-02-10T12:00:00.000Z", "on_due": "ESCALATED",
    });
    let said = json!({ "text": "It is the right shop.", "stated_at": "2026-02-05T12:00:00.000Z" });
    let expected = json!({ "task_id": play.task, "status": "DISPUTED", "statement": said, "next_action": next });
    assert_eq!(reply.json, expected);
    let shown = world.get(&play.operator, &format!("/operator/tasks/{}", play.task)).await.expect(200);
    assert_eq!(shown["statement"], said);
    assert_eq!(shown["guardian_result"]["decision"], "REJECT");
    assert_eq!(
        (&shown["decision"]["decided_by"], &shown["dispute"]["origin"]),
        (&json!("GUARDIAN"), &json!("GUARDIAN"))
    );
    world.audit().await;
}
