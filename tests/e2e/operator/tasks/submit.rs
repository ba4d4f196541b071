//! `POST /operator/tasks/{id}/submit`: what each type of proof demands, and which photos count.

mod arrival;
mod first;
mod photos;

use harness::{Agent, Api, OperatorKey, Photo, Reply, World};
use serde_json::{Value, json};

/// A task with changed fields that the operator has accepted.
async fn accepted(world: &World, agent: &Agent, operator: &OperatorKey, changes: Value) -> String {
    let mut body = world.task_body("10");
    for (field, value) in changes.as_object().unwrap() {
        body[field] = value.clone();
    }
    let task = world.post(agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.accept(operator, &task).await;
    task
}

async fn submit(world: &World, operator: &OperatorKey, task: &str, body: Value) -> Reply {
    world.post(operator, &format!("/operator/tasks/{task}/submit"), body).await
}

#[tokio::test]
async fn a_submission_is_answered_as_in_the_reference_and_is_judged_later() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = accepted(&world, &agent, &operator, json!({})).await;
    let photo = world.upload(&operator, &task, &Photo::fresh()).await;
    let body = json!({
        "photos": [photo], "notes": "Sign confirmed at location",
        "location": { "lat": 40.7128, "lng": -74.006, "accuracy_m": 5, "captured_at": "2026-02-05T12:00:00Z" },
    });
    let reply = submit(&world, &operator, &task, body.clone()).await.expect(200);
    let expected = json!({
        "task_id": task, "status": "SUBMITTED", "submitted_at": "2026-02-05T12:00:00.000Z",
        "message": "Proof submitted. AI Guardian verification in progress.",
        "next_action": {
            "by": "GUARDIAN", "action": "judge", "due_at": "2026-02-05T12:10:00.000Z", "on_due": "MANUAL_REVIEW",
        },
    });
    assert_eq!(reply.json, expected);
    // The same again, later: the same answer. Anything else comes too late.
    world.pass(60);
    assert_eq!(submit(&world, &operator, &task, body.clone()).await.expect(200).json, expected);
    let other = json!({ "photos": body["photos"], "notes": "other" });
    submit(&world, &operator, &task, other).await.expect_error(409, "task_state_conflict");

    let shown = world.show(&agent, &task).await;
    assert_eq!(shown["proof"]["notes"], "Sign confirmed at location");
    assert_eq!(shown["proof"]["submittedAt"], "2026-02-05T12:00:00.000Z");
    assert_eq!(shown["guardian_result"], json!(null));
    world.audit().await;
}

#[tokio::test]
async fn each_type_of_proof_demands_its_own() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let text = json!({ "confirmation_text": "It is as described." });
    let photo: &[&str] = &["photos"];
    let cases: [(&str, &str, Value, &[&str]); 12] = [
        ("PHOTO", "PHOTO", json!({}), photo),
        ("PHOTO", "PHOTO", json!({ "photos": [] }), photo),
        ("PHOTO", "PHOTO", json!({ "notes": "guardian:approve" }), photo),
        ("PHOTO", "PHOTO", text.clone(), photo),
        ("FORM_FILLING", "SCREENSHOT", json!({}), photo),
        ("FORM_FILLING", "ARTIFACT", text.clone(), photo),
        ("CONTENT_REVIEW", "CONFIRMATION", json!({}), &["confirmation_text"]),
        ("CONTENT_REVIEW", "CONFIRMATION", json!({ "notes": "done" }), &["confirmation_text"]),
        ("CONTENT_REVIEW", "CONFIRMATION", json!({ "confirmation_text": " " }), &["confirmation_text"]),
        ("CONTENT_REVIEW", "CONFIRMATION", text.clone(), &[]),
        ("PHOTO", "CONFIRMATION", text, &[]),
        ("DATA_VALIDATION", "PHOTO", json!({}), photo),
    ];
    for (kind, proof, body, fields) in cases {
        let operator = world.operator("Jane Doe").await;
        let changes = json!({ "task_type": kind, "proof_type": proof });
        let task = accepted(&world, &agent, &operator, changes).await;
        let reply = submit(&world, &operator, &task, body).await;
        if fields.is_empty() {
            reply.expect(200);
        } else {
            reply.expect_fields(fields);
            assert_eq!(world.show(&agent, &task).await["status"], "ACCEPTED", "{kind} {proof}");
        }
    }
}

#[tokio::test]
async fn a_confirmation_needs_no_photo_and_completes_by_itself() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = accepted(&world, &agent, &operator, json!({ "task_type": "DATA_VALIDATION" })).await;
    let body = json!({ "confirmation_text": "All rows match.", "reference_url": "https://example.com/source" });
    submit(&world, &operator, &task, body).await.expect(200);
    world.settle().await;
    let shown = world.show(&agent, &task).await;
    assert_eq!((&shown["status"], &shown["guardian_result"]["confidence"]), (&json!("COMPLETED"), &json!(95)));
    let proof = &shown["proof"];
    assert_eq!((&proof["confirmation_text"], &proof["photos"]), (&json!("All rows match."), &json!([])));
    assert_eq!(proof["reference_url"], "https://example.com/source");
    world.audit().await;
}

#[tokio::test]
async fn every_field_of_a_submission_has_its_limits() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = accepted(&world, &agent, &operator, json!({ "task_type": "DATA_VALIDATION" })).await;
    let photos: Vec<String> = (0..11).map(|n| format!("https://storage.example.com/proof-{n}.jpg")).collect();
    let cases: [(Value, &[&str]); 13] = [
        (json!({ "notes": "n".repeat(5_001) }), &["notes"]),
        (json!({ "notes": 5 }), &["notes"]),
        (json!({ "confirmation_text": "c".repeat(5_001) }), &["confirmation_text"]),
        (json!({ "reference_url": "http://example.com" }), &["reference_url"]),
        (json!({ "reference_url": "https://exa mple.com" }), &["reference_url"]),
        (json!({ "photos": photos }), &["photos"]),
        (json!({ "photos": "https://storage.example.com/proof-1.jpg" }), &["photos"]),
        (json!({ "location": { "lat": 91, "lng": 0 } }), &["location.lat"]),
        (json!({ "location": { "lat": 1 } }), &["location.lng"]),
        (json!({ "location": {} }), &["location.lat"]),
        (json!({ "location": { "lat": 1, "lng": 1, "accuracy_m": -1 } }), &["location.accuracy_m"]),
        (json!({ "location": { "lat": 1, "lng": 1, "captured_at": "now" } }), &["location.captured_at"]),
        (json!({ "confirmation_text": "c", "encrypted_credential": "x" }), &["encrypted_credential"]),
    ];
    for (body, fields) in cases {
        submit(&world, &operator, &task, body).await.expect_fields(fields);
    }
    let envelope = json!({ "ciphertext": "AA==", "iv": "AA==", "ephemeralPublicKey": "AA==", "algorithm": "x" });
    let body = json!({ "confirmation_text": "c", "encrypted_credential": envelope });
    submit(&world, &operator, &task, body).await.expect_fields(&["encrypted_credential"]);
    submit(&world, &operator, &task, json!({ "confirmation_text": "c".repeat(5_000) })).await.expect(200);
}

#[tokio::test]
async fn only_photos_that_were_uploaded_for_this_task_by_this_operator_count_each_once() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let other = world.operator("John Roe").await;
    let task = accepted(&world, &agent, &operator, json!({})).await;
    let [good, second] =
        [world.upload(&operator, &task, &Photo::fresh()).await, world.upload(&operator, &task, &Photo::fresh()).await];
    let another_task = accepted(&world, &agent, &operator, json!({})).await;
    let of_another_task = world.upload(&operator, &another_task, &Photo::fresh()).await;
    let others_task = accepted(&world, &agent, &other, json!({})).await;
    let of_another_operator = world.upload(&other, &others_task, &Photo::fresh()).await;
    let address = world.address.to_string();

    let bad = [
        "https://storage.example.com/proof-1.jpg".to_owned(),
        of_another_task,
        of_another_operator.clone(),
        of_another_operator.replace(&others_task, &task),
        good.replace(&address, "evil.example.com"),
        good.replace("http://", "https://"),
        format!("{good}?x=1"),
        format!("{good}#x"),
        format!("{good}/"),
        format!("{good}x"),
        good.replace("/proof/", "/proof/../proof/"),
        good.to_uppercase(),
        format!(" {good}"),
    ];
    for url in bad {
        submit(&world, &operator, &task, json!({ "photos": [url] })).await.expect_fields(&["photos"]);
        // One bad photo spoils the list.
        submit(&world, &operator, &task, json!({ "photos": [good, url] })).await.expect_fields(&["photos"]);
    }
    submit(&world, &operator, &task, json!({ "photos": [good, second, good] })).await.expect_fields(&["photos"]);
    assert_eq!(world.show(&agent, &task).await["status"], "ACCEPTED");

    submit(&world, &operator, &task, json!({ "photos": [good, second] })).await.expect(200);
    world.settle().await;
    assert_eq!(world.show(&agent, &task).await["status"], "COMPLETED");
    world.audit().await;
}

#[tokio::test]
async fn ten_photos_are_enough_and_eleven_are_too_many() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = accepted(&world, &agent, &operator, json!({})).await;
    let mut photos = Vec::new();
    for _ in 0..10 {
        photos.push(world.upload(&operator, &task, &Photo::fresh()).await);
    }
    photos.push(photos[0].replace("/upl_", "/upl_0"));
    submit(&world, &operator, &task, json!({ "photos": photos })).await.expect_fields(&["photos"]);
    submit(&world, &operator, &task, json!({ "photos": photos[..10] })).await.expect(200);
    world.settle().await;
    let shown = world.show(&agent, &task).await;
    assert_eq!(shown["status"], "COMPLETED");
    assert_eq!(shown["proof"]["photos"].as_array().unwrap().len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn submissions_that_lose_the_race_leave_nothing_behind() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let mut body = world.task_body("25");
    body["task_type"] = json!("CONTENT_REVIEW");
    let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.accept(&operator, &task).await;
    let path = format!("/operator/tasks/{task}/submit");
    let submit = |i: usize| {
        let text = format!("{i} {}", "\u{1f4a1}".repeat(4_900));
        world.post(&operator, &path, json!({ "confirmation_text": text, "notes": "guardian:approve" }))
    };

    let replies = futures::future::join_all((0..60).map(submit)).await;

    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    assert!(replies.iter().all(|reply| reply.status == 200 || reply.status == 409));
    world.settle().await;
    let shown = world.show(&agent, &task).await;
    assert_eq!(shown["status"], "COMPLETED");
    assert!(shown["proof"]["confirmation_text"].as_str().is_some());
    world.audit().await;
}
