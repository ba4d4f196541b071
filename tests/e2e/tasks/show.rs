//! `GET /tasks/{id}`: everything about a task, for its agent.

use harness::{Agent, Api, DAY_S, OperatorKey, Photo, Reply, World};
use serde_json::{Value, json};
use std::time::Duration;

/// The answer with what differs each time taken out.
fn lasting(reply: &Reply) -> String {
    let mut json = reply.json.clone();
    json["request_id"].take();
    json.to_string()
}

/// A task with every part of its life at a time of its own.
async fn completed(world: &World, agent: &Agent, operator: &OperatorKey) -> String {
    let mut body = world.task_body("25");
    body["callback_url"] = json!("https://your-app.com/webhook");
    body["callback_secret"] = json!("your-random-secret");
    let task = world.post(agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.pass(3_600);
    world.accept(operator, &task).await;
    world.pass(3_600);
    world.post(operator, &format!("/operator/tasks/{task}/start"), json!({})).await.expect(200);
    world.pass(1_800);
    let photo = world.upload(operator, &task, &Photo::fresh()).await;
    let location = json!({ "lat": 40.7128, "lng": -74.006, "accuracy_m": 5 });
    let proof = json!({ "photos": [photo], "notes": "Sign confirmed. guardian:approve", "location": location });
    world.post(operator, &format!("/operator/tasks/{task}/submit"), proof).await.expect(200);
    world.pass(60);
    world.settle().await;
    task
}

/// A requirement at which nobody looked, as in test mode.
fn unseen(requirement: &str) -> Value {
    let reasoning = "Not observed: test mode.";
    json!({ "requirement": requirement, "verdict": "UNCLEAR", "confidence": 0, "reasoning": reasoning, "photo": null })
}

#[tokio::test]
async fn a_completed_task_has_the_references_fields_as_they_are_spelled_there() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = completed(&world, &agent, &operator).await;

    let shown = world.show(&agent, &task).await;

    let mut json = shown.json.clone();
    let photos = json["proof"]["photos"].take();
    assert_eq!(photos.as_array().unwrap().len(), 1);
    let checks = json["guardian_result"]["checks"].take();
    assert!(checks.as_array().unwrap().iter().all(|check| check["status"] != "FAIL"), "{checks}");
    let (reasoning, at) = ("All proof requirements met.", "2026-02-05T14:31:00.000Z");
    let decision = json!({ "outcome": "APPROVED", "decided_by": "GUARDIAN", "reason": reasoning, "at": at });
    let expected = json!({
        "task_id": task,
        "title": "Verify storefront signage",
        "description": "Take a clear photo of the sign at 123 Main St",
        "status": "COMPLETED",
        "task_type": "VERIFICATION",
        "task_domain": "PHYSICAL",
        "proof_type": "PHOTO",
        "location": { "lat": 40.7128, "lng": -74.006, "address": "123 Main St, New York, NY" },
        "reward_usd": 25.0,
        "platform_fee_usd": 4.5,
        "deadline": "2026-02-07T12:00:00.000Z",
        "proof_requirements": ["Photo of storefront sign", "GPS-stamped image"],
        "digital_instructions": null,
        "verification": { "mode": "AUTO", "min_confidence": 90 },
        "proof": {
            "photos": null,
            "notes": "Sign confirmed. guardian:approve",
            "submittedAt": "2026-02-05T14:30:00.000Z",
            "confirmation_text": null,
            "reference_url": null,
            "location": { "lat": 40.7128, "lng": -74.006, "accuracy_m": 5, "captured_at": null },
            "encrypted_credential": false,
        },
        "guardian_result": {
            "decision": "APPROVE",
            "confidence": 95,
            "reasoning": reasoning,
            "review_reason": null,
            "requirement_results": [unseen("Photo of storefront sign"), unseen("GPS-stamped image")],
            "checks": null,
        },
        "decision": decision,
        "revision": null,
        "operator": {
            "id": operator.0, "name": "Jane D.", "rating": null, "rating_count": 0, "completed_tasks": 1, "completion_rate": 1.0,
            "no_show_rate": 0.0, "dispute_loss_rate": 0.0,
        },
        "messages": [],
        "callback_url": "https://your-app.com/webhook",
        "agent_public_key": null,
        "accepted_at": "2026-02-05T13:00:00.000Z",
        "started_at": "2026-02-05T14:00:00.000Z",
        "submitted_at": "2026-02-05T14:30:00.000Z",
        "verified_at": "2026-02-05T14:31:00.000Z",
        "completed_at": "2026-02-05T14:31:00.000Z",
        "hold_until": "2026-02-12T14:31:00.000Z",
        "dispute": null, "statement": null, "resolution": null, "cancellation": null,
        "created_at": "2026-02-05T12:00:00.000Z",
        "next_action": {
            "by": "SYSTEM",
            "action": "release_earnings",
            "due_at": "2026-02-12T14:31:00.000Z",
            "on_due": "AVAILABLE",
        },
    });
    assert_eq!(json, expected);
    assert!(shown.text.contains(r#""reward_usd":25.00,"platform_fee_usd":4.50,"#), "{}", shown.text);
    assert!(!shown.text.contains("your-random-secret"));
}

#[tokio::test]
async fn a_new_task_has_the_same_fields_with_nothing_in_them() {
    let world = World::new().await;
    let play = world.play(&[]).await;
    let shown = world.show(&play.agent, &play.task).await;
    let empty = [
        "digital_instructions",
        "proof",
        "guardian_result",
        "decision",
        "revision",
        "statement",
        "operator",
        "callback_url",
        "agent_public_key",
        "accepted_at",
        "started_at",
        "submitted_at",
        "verified_at",
        "completed_at",
        "hold_until",
        "dispute",
        "resolution",
        "cancellation",
    ];
    for field in empty {
        assert_eq!(shown.json.get(field), Some(&Value::Null), "{field}");
    }
    assert_eq!(shown["status"], "PENDING");
}

#[tokio::test]
async fn the_links_of_the_proof_give_back_the_photos() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = world.task(&agent, "25").await;
    world.accept(&operator, &task).await;
    let photos = [Photo::fresh(), Photo::fresh()];
    let mut urls = Vec::new();
    for photo in &photos {
        urls.push(world.upload(&operator, &task, photo).await);
    }
    let body = json!({ "photos": urls });
    world.post(&operator, &format!("/operator/tasks/{task}/submit"), body).await.expect(200);
    // A link is fresh with each answer: no task is too old to be looked at.
    world.advance(30 * DAY_S).await;

    let shown = world.show(&agent, &task).await;

    assert_eq!(shown["status"], "COMPLETED");
    let http = outbound::trusted(Duration::from_secs(20)).unwrap();
    let links: Vec<&str> = shown["proof"]["photos"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
    assert_eq!(links.len(), photos.len());
    for ((link, photo), stable) in links.iter().zip(&photos).zip(&urls) {
        let answer = http.get(*link).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{link}");
        assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert_eq!(answer.bytes().await.unwrap(), photo.bytes);
        assert!(link.starts_with(stable.as_str()) && link.contains("X-Amz-Expires=900"), "{link}");
        assert_eq!(http.get(stable).send().await.unwrap().status(), 403, "nobody else can read it");
        let other_digit = if link.ends_with('0') { "1" } else { "0" };
        let forged = format!("{}{other_digit}", &link[..link.len() - 1]);
        assert_eq!(http.get(&forged).send().await.unwrap().status(), 403, "{forged}");
    }
}

#[tokio::test]
async fn somebody_elses_task_answers_like_none_at_all() {
    let world = World::new().await;
    let play = world.play(&[]).await;
    let stranger = world.agent("0").await;
    let unknown = format!("task_{}", "0".repeat(play.task.len() - 5));
    let missing = world.get(&stranger, &format!("/tasks/{unknown}")).await.expect_error(404, "not_found");
    for id in [play.task.as_str(), "task_abc123", "nonsense", "..", "%00"] {
        let reply = world.get(&stranger, &format!("/tasks/{id}")).await.expect_error(404, "not_found");
        assert_eq!(lasting(&reply), lasting(&missing), "{id}");
    }
    world.get(&play.agent, &format!("/tasks/{}?verbose=1", play.task)).await.expect_error(400, "invalid_request");
}
