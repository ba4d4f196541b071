//! A photo belongs to whoever handed it in first: claimed inside the submission, and shown to the agent only after
//! that.

use super::{accepted, submit};
use harness::{Agent, Api, DAY_S, OperatorKey, Photo, Reply, World};
use serde_json::{Value, json};
use std::time::Duration;

/// Rounds of a theft. No verdict depends on which of two submissions is judged first, so a few are enough; by hand it was
/// a hundred.
const ROUNDS: usize = 5;

async fn upload(world: &World, operator: &OperatorKey, task: &str, photos: &[Photo]) -> Vec<String> {
    let mut urls = Vec::new();
    for photo in photos {
        urls.push(world.upload(operator, task, photo).await);
    }
    urls
}

/// Uploads and submits photos.
async fn hand_in(world: &World, operator: &OperatorKey, task: &str, photos: &[Photo]) -> Reply {
    let urls = upload(world, operator, task, photos).await;
    submit(world, operator, task, json!({ "photos": urls })).await
}

/// The photos that the agent is shown.
async fn taken(world: &World, agent: &Agent, task: &str) -> Vec<Photo> {
    let shown = world.show(agent, task).await;
    let http = outbound::trusted(Duration::from_secs(20)).unwrap();
    let mut photos = Vec::new();
    for link in shown["proof"]["photos"].as_array().unwrap() {
        let answer = http.get(link.as_str().unwrap()).send().await.unwrap();
        photos.push(Photo { bytes: answer.bytes().await.unwrap().to_vec(), content_type: "image/png" });
    }
    photos
}

/// Status, decision and confidence.
async fn verdict(world: &World, agent: &Agent, task: &str) -> String {
    let shown = world.show(agent, task).await;
    let result = &shown["guardian_result"];
    format!("{} {} {}", shown.text_of("status"), result["decision"].as_str().unwrap(), result["confidence"])
}

/// The customer takes what it sees at once, and its own operator hands in for a decoy the photo that is judged fastest.
#[tokio::test]
async fn who_handed_a_photo_in_first_is_paid_and_whoever_took_it_is_not() {
    let world = World::new().await;
    for photos in [1, 10] {
        for round in 0..ROUNDS {
            let agent = world.agent("100").await;
            let (honest, thief) = (world.operator("Jane Doe").await, world.operator("John Roe").await);
            let task = accepted(&world, &agent, &honest, json!({})).await;
            let decoy = accepted(&world, &agent, &thief, json!({})).await;
            let fresh: Vec<Photo> = (0..photos).map(|_| Photo::fresh()).collect();

            hand_in(&world, &honest, &task, &fresh).await.expect(200);
            let stolen = taken(&world, &agent, &task).await;
            hand_in(&world, &thief, &decoy, &stolen[photos - 1..]).await.expect(200);
            world.settle().await;

            assert_eq!(verdict(&world, &agent, &task).await, "COMPLETED APPROVE 95", "{photos} photos, round {round}");
            assert_eq!(verdict(&world, &agent, &decoy).await, "DISPUTED REJECT 20", "{photos} photos, round {round}");
            world.assert_earnings(&honest, "pending 10.00 available 0.00 total 10.00").await;
            world.assert_earnings(&thief, "pending 0.00 available 0.00 total 0.00").await;
        }
    }
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_hand_in_the_same_photo_at_once_one_is_first() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let photos: Vec<Photo> = (0..3).map(|_| Photo::fresh()).collect();
    let mut bodies = Vec::new();
    for name in ["Jane Doe", "John Roe", "Ann Poe"] {
        let operator = world.operator(name).await;
        let task = accepted(&world, &agent, &operator, json!({})).await;
        let urls = upload(&world, &operator, &task, &photos).await;
        bodies.push((operator, task, json!({ "photos": urls })));
    }
    let submits = bodies.iter().map(|(operator, task, body)| submit(&world, operator, task, body.clone()));
    for reply in futures::future::join_all(submits).await {
        reply.expect(200);
    }
    world.settle().await;
    let mut verdicts = Vec::new();
    for (_, task, _) in &bodies {
        verdicts.push(verdict(&world, &agent, task).await);
    }
    verdicts.sort();
    assert_eq!(verdicts, ["COMPLETED APPROVE 95", "DISPUTED REJECT 20", "DISPUTED REJECT 20"]);
    world.audit().await;
}

/// The same picture, in files that differ.
fn copies() -> Vec<(&'static str, Photo, Photo)> {
    let (png, jpeg) = (Photo::fresh(), Photo::saying(harness::Says::default()));
    let with = |photo: &Photo, at: usize, more: &[u8]| {
        let bytes = [&photo.bytes[..at], more, &photo.bytes[at..]].concat();
        Photo { bytes, ..photo.clone() }
    };
    let text = [&3_u32.to_be_bytes()[..], b"tEXta\0b", &crc32fast::hash(b"tEXta\0b").to_be_bytes()].concat();
    let end = jpeg.bytes.len();
    let endless = Photo { bytes: jpeg.bytes[..end - 2].to_vec(), ..jpeg.clone() };
    vec![
        ("a byte behind the end of a PNG", png.clone(), with(&png, png.bytes.len(), b"\0")),
        ("another text in a PNG", png.clone(), with(&png, 33, &text)),
        ("another type", png.clone(), Photo { content_type: "image/jpeg", ..png.clone() }),
        ("a byte behind the end of a JPEG", jpeg.clone(), with(&jpeg, end, b"\0")),
        ("another JPEG behind a JPEG", jpeg.clone(), with(&jpeg, end, &jpeg.bytes)),
        ("a comment in a JPEG", jpeg.clone(), with(&jpeg, 2, &[0xFF, 0xFE, 0, 3, b'x'])),
        ("no end marker", jpeg.clone(), endless.clone()),
        ("a byte instead of the end marker", jpeg, with(&endless, end - 2, b"\0")),
    ]
}

#[tokio::test]
async fn the_same_picture_is_the_same_photo_in_another_task_and_in_this_one() {
    for (kind, photo, copy) in copies() {
        let world = World::new().await;
        let agent = world.agent("100").await;
        let (first, second) = (world.operator("Jane Doe").await, world.operator("John Roe").await);
        let task = accepted(&world, &agent, &first, json!({})).await;
        let urls = upload(&world, &first, &task, &[photo, copy.clone()]).await;
        submit(&world, &first, &task, json!({ "photos": urls })).await.expect_fields(&["photos[1]"]);
        assert_eq!(world.show(&agent, &task).await["status"], "ACCEPTED", "{kind}");
        submit(&world, &first, &task, json!({ "photos": urls[..1] })).await.expect(200);

        let other = accepted(&world, &agent, &second, json!({})).await;
        hand_in(&world, &second, &other, &[copy]).await.expect(200);
        world.settle().await;
        assert_eq!(verdict(&world, &agent, &task).await, "COMPLETED APPROVE 95", "{kind}");
        assert_eq!(verdict(&world, &agent, &other).await, "DISPUTED REJECT 20", "{kind}");
        world.audit().await;
    }
}

/// A page looks the same whoever looks at it.
#[tokio::test]
async fn the_same_screenshot_in_two_tasks_is_for_the_agent_to_judge() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let screenshot = Photo::fresh();
    let mut tasks = Vec::new();
    for _ in 0..2 {
        let task = accepted(&world, &agent, &operator, json!({ "task_type": "FORM_FILLING" })).await;
        hand_in(&world, &operator, &task, std::slice::from_ref(&screenshot)).await.expect(200);
        tasks.push(task);
    }
    world.settle().await;
    assert_eq!(verdict(&world, &agent, &tasks[0]).await, "COMPLETED APPROVE 95");
    assert_eq!(verdict(&world, &agent, &tasks[1]).await, "SUBMITTED MANUAL_REVIEW 89");
    let shown = world.show(&agent, &tasks[1]).await;
    assert_eq!(shown["guardian_result"]["review_reason"], "LOW_CONFIDENCE");
    // Nothing is wrong with it, so that silence pays for it.
    world.advance(4 * DAY_S).await;
    assert_eq!(world.show(&agent, &tasks[1]).await["status"], "COMPLETED");
    world.audit().await;
}

#[tokio::test]
async fn an_operator_who_gave_a_task_back_and_took_it_again_hands_in_the_same_photo() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = accepted(&world, &agent, &operator, json!({})).await;
    let photo = Photo::fresh();
    let url = world.upload(&operator, &task, &photo).await;
    let too_early = json!({ "photos": [url, "https://example.com/other.jpg"] });
    submit(&world, &operator, &task, too_early).await.expect_fields(&["photos"]);
    world.post(&operator, &format!("/operator/tasks/{task}/release"), json!({})).await.expect(200);
    world.accept(&operator, &task).await;

    let body: Value = json!({ "photos": [url] });
    let first = submit(&world, &operator, &task, body.clone()).await.expect(200);
    // The answer was lost on the way.
    assert_eq!(submit(&world, &operator, &task, body.clone()).await.expect(200).json, first.json);
    world.settle().await;
    assert_eq!(verdict(&world, &agent, &task).await, "COMPLETED APPROVE 95");
    world.assert_earnings(&operator, "pending 10.00 available 0.00 total 10.00").await;
    world.audit().await;
}
