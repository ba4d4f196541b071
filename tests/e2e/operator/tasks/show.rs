//! `GET /operator/tasks/{id}`: who sees which task.

use domain::time::DAY_S;
use harness::{Api, Caller, World};
use serde_json::json;

#[tokio::test]
async fn a_task_is_everybodys_to_see_until_somebody_has_it() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let other = world.operator("John Roe").await;
    let body = world.task_body("25");
    let id = world.post(&agent, "/tasks", body.clone()).await.expect(201).text_of("task_id");
    let path = format!("/operator/tasks/{id}");
    let pending = world.get(&other, &path).await.expect(200);
    let expected = json!({
        "task_id": id, "title": body["title"], "description": body["description"], "status": "PENDING",
        "task_type": "VERIFICATION", "task_domain": "PHYSICAL", "proof_type": "PHOTO", "location": body["location"],
        "reward_usd": 25.0, "deadline": body["deadline"], "proof_requirements": body["proof_requirements"],
        "digital_instructions": null, "agent_public_key": null, "proof": null, "guardian_result": null, "decision": null,
        "revision": null, "dispute": null, "statement": null, "resolution": null, "accepted_at": null, "started_at": null,
        "submitted_at": null, "completed_at": null, "created_at": world.now().to_string(),
        "agent": { "rating": null, "rating_count": 0, "approval_rate": null },
        "next_action": {
            "by": "OPERATOR", "action": "accept", "on_due": "CANCELLED",
            "due_at": world.now().plus_seconds(2 * DAY_S).to_string(),
        },
    });
    assert_eq!(pending.json, expected);

    world.accept(&operator, &id).await;
    assert_eq!(world.get(&operator, &path).await.expect(200)["status"], "ACCEPTED");
    world.get(&other, &path).await.expect_error(404, "not_found");
    world.get(Caller::Nobody, &path).await.expect_error(401, "missing_operator");
    world.post(&operator, &format!("{path}/release"), json!({})).await.expect(200);
    assert_eq!(world.get(&other, &path).await.expect(200).text, pending.text);
}

#[tokio::test]
async fn instructions_and_the_key_are_for_the_operator_who_has_the_task() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let key = "BGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU=";
    let mut body = world.task_body("25");
    body["task_type"] = json!("API_KEY_PROCUREMENT");
    body["agent_public_key"] = json!(key);
    body["digital_instructions"] = json!("Sign in as ops@acme.example");
    let id = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    let seen = async || {
        let shown = world.get(&operator, &format!("/operator/tasks/{id}")).await.expect(200);
        (shown["digital_instructions"].clone(), shown["agent_public_key"].clone())
    };
    assert_eq!(seen().await, (json!(null), json!(null)));
    world.accept(&operator, &id).await;
    assert_eq!(seen().await, (json!("Sign in as ops@acme.example"), json!(key)));
    world.post(&operator, &format!("/operator/tasks/{id}/release"), json!({})).await.expect(200);
    assert_eq!(seen().await, (json!(null), json!(null)));
}
