//! `POST /operator/tasks/{id}/check`: what the Guardian's checks would say, and nothing is handed in.

use crate::lifecycle::observed::{REQUIREMENTS, begun, eye, sign};
use harness::{Agent, Api, OperatorKey, Photo, Reply, Says, World};
use models::Models;
use serde_json::{Value, json};

/// A task that the operator works on.
async fn accepted(world: &World, operator: &OperatorKey, changes: Value) -> (Agent, String) {
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    body["proof_requirements"] = json!(REQUIREMENTS);
    for (field, value) in changes.as_object().unwrap() {
        body[field] = value.clone();
    }
    let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.accept(operator, &task).await;
    (agent, task)
}

async fn check(world: &World, operator: &OperatorKey, task: &str, urls: &[&str]) -> Reply {
    // The endpoint's own limit is what is tried here, not that of the minute.
    world.pass(60);
    world.post(operator, &format!("/operator/tasks/{task}/check"), json!({ "photos": urls })).await
}

/// Names of the checks that ended so.
fn named<'a>(reply: &'a Reply, status: &str) -> Vec<&'a str> {
    let checks = reply["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["status"] == status).map(|check| check["check"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_operator_learns_what_is_wrong_with_a_photo_and_hands_nothing_in() {
    let world = World::new().await;
    let operator = world.operator("Jane Doe").await;
    let gps = json!({ "proof_requirements": ["Photo of storefront sign", "GPS-stamped image"] });
    let far = Photo::saying(Says { position: Some((41_000_000, -74_006_000)), ..Says::default() });
    // What is asked for, the photo, what fails.
    let cases = [
        (json!({}), sign(), vec![]),
        (gps, sign(), vec!["capture_position_given"]),
        (json!({}), Photo::fresh(), vec!["image_size"]),
        (json!({}), far, vec!["capture_position", "image_size"]),
    ];
    for (asked, photo, failed) in cases {
        let (agent, task) = accepted(&world, &operator, asked.clone()).await;
        let url = world.upload(&operator, &task, &photo).await;
        let checked = check(&world, &operator, &task, &[&url]).await.expect(200);
        let found = named(&checked, "FAIL");
        assert_eq!(found.is_empty(), failed.is_empty(), "{asked}: {}", checked.text);
        assert!(failed.iter().all(|name| found.contains(name)), "{asked}: {}", checked.text);
        let told = (&checked["passed"], &checked["checks_left"]);
        assert_eq!(told, (&json!(failed.is_empty()), &json!(4)), "{asked}");
        let shown = world.show(&agent, &task).await;
        assert_eq!((&shown["status"], &shown["proof"]), (&json!("ACCEPTED"), &Value::Null));
        world.post(&operator, &format!("/operator/tasks/{task}/release"), json!({})).await.expect(200);
    }
    world.audit().await;
}

#[tokio::test]
async fn what_was_handed_in_for_another_task_and_what_has_not_arrived_is_said() {
    let world = World::new().await;
    let (first, second) = (world.operator("Jane Doe").await, world.operator("Juan Pérez").await);
    let (_, earlier) = accepted(&world, &first, json!({})).await;
    let used = sign();
    world.hand_in(&first, &earlier, &used, "guardian:approve").await.expect(200);

    let (_, task) = accepted(&world, &second, json!({})).await;
    let reused = world.upload(&second, &task, &used).await;
    let absent = world.post(&second, "/operator/upload", Photo::fresh().announcement(&task)).await.expect(200);
    let checked = check(&world, &second, &task, &[&reused, &absent.text_of("photo_url")]).await.expect(200);
    assert_eq!(named(&checked, "FAIL"), ["image_not_reused"], "{}", checked.text);
    let details: Vec<_> = checked["checks"].as_array().unwrap().iter().map(|check| &check["detail"]).collect();
    assert!(details.contains(&&json!("Photo 1: The same photo was handed in for another task.")), "{details:?}");
    let not_there = json!("Photo 2: The photo could not be looked at. The photo is not in the bucket.");
    assert!(details.contains(&&not_there), "{details:?}");

    let alone = check(&world, &second, &task, &[&absent.text_of("photo_url")]).await.expect(200);
    assert_eq!((named(&alone, "FAIL").len(), &alone["passed"]), (0, &json!(false)), "{}", alone.text);
    world.audit().await;
}

#[tokio::test]
async fn five_lists_are_checked_the_same_one_as_often_as_it_is_asked_and_five_more_for_a_revision() {
    let world = World::new().await;
    let operator = world.operator("Jane Doe").await;
    let (agent, task) = accepted(&world, &operator, json!({})).await;
    let mut urls = Vec::new();
    for _ in 0..6 {
        urls.push(world.upload(&operator, &task, &Photo::fresh()).await);
    }
    for (number, url) in urls[..5].iter().enumerate() {
        for _ in 0..2 {
            let checked = check(&world, &operator, &task, &[url]).await.expect(200);
            assert_eq!(checked["checks_left"], 4 - number, "{}", checked.text);
        }
    }
    let refused = check(&world, &operator, &task, &[&urls[5]]).await.expect_error(409, "too_many_checks");
    assert_eq!(refused["details"]["max"], 5);
    check(&world, &operator, &task, &[&urls[0]]).await.expect(200);

    world.hand_in(&operator, &task, &Photo::fresh(), "guardian:review").await.expect(200);
    world.settle().await;
    let body = json!({ "decision": "REQUEST_CHANGES", "reason": "From nearer, please." });
    world.post(&agent, &format!("/tasks/{task}/verify"), body).await.expect(200);
    assert_eq!(check(&world, &operator, &task, &[&urls[5]]).await.expect(200)["checks_left"], 4);
    world.audit().await;
}

#[tokio::test]
async fn only_who_works_on_the_task_checks_photos_for_it_and_only_its_own() {
    let world = World::new().await;
    let (jane, juan) = (world.operator("Jane Doe").await, world.operator("Juan Pérez").await);
    let (_, task) = accepted(&world, &jane, json!({})).await;
    let (_, other) = accepted(&world, &jane, json!({})).await;
    let url = world.upload(&jane, &task, &Photo::fresh()).await;

    check(&world, &juan, &task, &[&url]).await.expect_error(404, "not_found");
    for urls in [vec![], vec!["https://example.com/a.jpg"], vec![&*url, &*url]] {
        let refused = check(&world, &jane, &task, &urls).await.expect_error(400, "invalid_request");
        assert!(refused["details"]["fields"]["photos"].is_string(), "{urls:?}: {}", refused.text);
    }
    check(&world, &jane, &other, &[&url]).await.expect_error(400, "invalid_request");
    world.hand_in(&jane, &task, &Photo::fresh(), "guardian:review").await.expect(200);
    check(&world, &jane, &task, &[&url]).await.expect_error(409, "task_state_conflict");

    let words = json!({ "task_type": "CONTENT_REVIEW", "location": null, "reward_usd": 10 });
    let (_, in_words) = accepted(&world, &jane, words).await;
    let url = world.upload(&jane, &in_words, &Photo::fresh()).await;
    let refused = check(&world, &jane, &in_words, &[&url]).await.expect_error(400, "invalid_request");
    assert!(refused.text.contains("asks for a confirmation_text"), "{}", refused.text);
    world.audit().await;
}

#[tokio::test]
async fn a_photo_that_was_only_checked_is_held_against_nobody() {
    let models = Models::open(eye("MET")).await;
    let (world, _, jane, task) = begun(&models, &REQUIREMENTS).await;
    let url = world.upload(&jane, &task, &sign()).await;
    check(&world, &jane, &task, &[&url]).await.expect(200);

    let juan = world.operator("Juan Pérez").await;
    let (agent, second) = accepted(&world, &juan, json!({})).await;
    world.hand_in(&juan, &second, &sign(), "As asked.").await.expect(200);
    world.settle().await;
    assert_eq!(world.show(&agent, &second).await["status"], "COMPLETED");
    // And now it is another's.
    let checked = check(&world, &jane, &task, &[&url]).await.expect(200);
    assert_eq!(named(&checked, "FAIL"), ["image_not_reused", "image_not_similar"], "{}", checked.text);
    world.audit().await;
}
