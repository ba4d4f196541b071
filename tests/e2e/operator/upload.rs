//! `POST /operator/upload`: from the presigned URL to the verdict: photos as operators send them, honest and not.

use harness::{Agent, Api, OperatorKey, Photo, Reply, Says, World};
use serde_json::{Value, json};

/// The task's place, in millionths of a degree.
const THERE: (i32, i32) = (40_712_800, -74_006_000);

struct Job {
    world: World,
    agent: Agent,
    operator: OperatorKey,
    task: String,
}

impl Job {
    /// An accepted task.
    async fn accepted() -> Self {
        let world = World::new().await;
        let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
        let task = world.task(&agent, "25").await;
        world.accept(&operator, &task).await;
        Self { world, agent, operator, task }
    }

    async fn announce(&self, photo: &Photo) -> Reply {
        self.world.post(&self.operator, "/operator/upload", photo.announcement(&self.task)).await
    }

    /// Submits the photo at this URL, lets it be judged, and answers the task.
    async fn judged(&self, url: &str, notes: &str) -> Reply {
        let body = json!({ "photos": [url], "notes": notes });
        let path = format!("/operator/tasks/{}/submit", self.task);
        self.world.post(&self.operator, &path, body).await.expect(200);
        self.world.settle().await;
        self.world.show(&self.agent, &self.task).await
    }
}

/// Names of the checks that failed.
fn failed(shown: &Reply) -> Vec<&str> {
    let checks = shown["guardian_result"]["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["status"] == "FAIL").map(|check| check["check"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_upload_is_signed_for_exactly_what_was_announced() {
    let job = Job::accepted().await;
    let photo = Photo::fresh();
    let reply = job.announce(&photo).await.expect(200);
    assert_eq!((&reply["method"], reply.header("cache-control")), (&json!("PUT"), Some("no-store")));
    let names: Vec<&String> = reply["headers"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["content-encoding", "content-length", "content-type", "if-none-match", "x-amz-checksum-sha256"]);
    let (id, url) = (reply.text_of("upload_id"), reply.text_of("photo_url"));
    assert!(url.ends_with(&format!("/proof/{}/{}/{id}", job.task, job.operator.0)), "{url}");
    assert!(reply.text_of("upload_url").starts_with(&format!("{url}?")), "{}", reply.text);
    // Announcing the same again names the same photo.
    assert_eq!(job.announce(&photo).await.expect(200).text_of("photo_url"), url);
    assert_ne!(job.announce(&Photo::fresh()).await.expect(200).text_of("photo_url"), url);
}

#[tokio::test]
async fn what_cannot_be_a_photo_is_not_signed() {
    let job = Job::accepted().await;
    let with = |field: &str, value: Value| {
        let mut body = Photo::fresh().announcement(&job.task);
        body[field] = value;
        body
    };
    let cases: [(Value, &[&str]); 12] = [
        (json!({}), &["content_type", "sha256", "size_bytes", "task_id"]),
        (with("task_id", json!("task_abc123")), &["task_id"]),
        (with("content_type", json!("image/gif")), &["content_type"]),
        (with("content_type", json!("image/png; charset=utf-8")), &["content_type"]),
        (with("content_type", json!("IMAGE/HEIC")), &["content_type"]),
        (with("size_bytes", json!(0)), &["size_bytes"]),
        (with("size_bytes", json!(10 * 1024 * 1024 + 1)), &["size_bytes"]),
        (with("size_bytes", json!("100")), &["size_bytes"]),
        (with("size_bytes", json!(1.5)), &["size_bytes"]),
        (with("sha256", json!("ab")), &["sha256"]),
        (with("sha256", json!("g".repeat(64))), &["sha256"]),
        (with("filename", json!("a.png")), &["filename"]),
    ];
    for (body, fields) in cases {
        job.world.post(&job.operator, "/operator/upload", body).await.expect_fields(fields);
    }
    let largest = with("size_bytes", json!(10 * 1024 * 1024));
    job.world.post(&job.operator, "/operator/upload", largest).await.expect(200);
}

/// As browsers, phones and photo services write them.
#[tokio::test]
async fn a_type_is_named_in_any_case_and_jpg_is_jpeg() {
    let job = Job::accepted().await;
    let photo = Photo::fresh();
    for (content_type, signed) in [("IMAGE/PNG", "image/png"), ("image/jpg", "image/jpeg"), ("Image/JPG", "image/jpeg")]
    {
        let photo = Photo { content_type, ..photo.clone() };
        let reply = job.announce(&photo).await.expect(200);
        assert_eq!(reply["headers"]["content-type"], signed);
        let plain = Photo { content_type: signed, ..photo };
        assert_eq!(job.announce(&plain).await.expect(200).text_of("photo_url"), reply.text_of("photo_url"));
    }
}

#[tokio::test]
async fn photos_are_taken_while_the_operator_works_on_the_task() {
    let job = Job::accepted().await;
    let photo = Photo::fresh();
    job.announce(&photo).await.expect(200);
    job.world.post(&job.operator, &format!("/operator/tasks/{}/start", job.task), json!({})).await.expect(200);
    let url = job.world.upload(&job.operator, &job.task, &photo).await;
    job.judged(&url, "guardian:review").await;
    job.announce(&Photo::fresh()).await.expect_error(409, "task_state_conflict");

    let pending = job.world.task(&job.agent, "25").await;
    let body = photo.announcement(&pending);
    job.world.post(&job.operator, "/operator/upload", body).await.expect_error(404, "not_found");
}

#[tokio::test]
async fn ten_different_photos_can_be_announced_for_a_task_by_each_operator() {
    let job = Job::accepted().await;
    let photos: Vec<Photo> = (0..10).map(|_| Photo::fresh()).collect();
    for photo in &photos {
        job.announce(photo).await.expect(200);
    }
    let refused = job.announce(&Photo::fresh()).await.expect_error(409, "too_many_uploads");
    assert_eq!(refused["details"], json!({ "max": 10 }));
    // Those that were announced get a fresh address, and can be submitted.
    for photo in &photos {
        job.announce(photo).await.expect(200);
    }
    job.announce(&Photo::fresh()).await.expect_error(409, "too_many_uploads");
    let url = job.world.upload(&job.operator, &job.task, &photos[9]).await;

    // Another task of the same operator is counted by itself, and so is another operator on the same task.
    let other_task = job.world.task(&job.agent, "25").await;
    job.world.accept(&job.operator, &other_task).await;
    job.world.upload(&job.operator, &other_task, &Photo::fresh()).await;
    job.world.post(&job.operator, &format!("/operator/tasks/{other_task}/release"), json!({})).await.expect(200);
    let other = job.world.operator("John Roe").await;
    job.world.accept(&other, &other_task).await;
    for _ in 0..10 {
        job.world.upload(&other, &other_task, &Photo::fresh()).await;
    }
    assert_eq!(job.judged(&url, "").await["status"], "COMPLETED");
    job.world.audit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn announcements_at_once_do_not_slip_past_the_count() {
    let job = Job::accepted().await;
    let photos: Vec<Photo> = (0..20).map(|_| Photo::fresh()).collect();
    let replies = futures::future::join_all(photos.iter().map(|photo| job.announce(photo))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 10);
    assert!(replies.iter().all(|reply| matches!(reply.status, 200 | 409)));
}

#[tokio::test]
async fn the_bucket_takes_the_announced_bytes_once_and_nothing_else() {
    let job = Job::accepted().await;
    let photo = Photo::fresh();
    let signed = job.announce(&photo).await.expect(200);
    let mut altered = photo.clone();
    *altered.bytes.last_mut().unwrap() ^= 1;
    let status = altered.put(&signed).await;
    assert_eq!(status, 400, "other bytes of the same length");
    let swapped = Photo::fresh();
    let mut without_checksum = signed.clone();
    without_checksum.json["headers"].as_object_mut().unwrap().remove("x-amz-checksum-sha256");
    assert_eq!(swapped.put(&without_checksum).await, 403, "without a signed header");
    let mut as_jpeg = signed.clone();
    as_jpeg.json["headers"]["content-type"] = json!("image/jpeg");
    assert_eq!(photo.put(&as_jpeg).await, 403, "another type");
    let mut elsewhere = signed.clone();
    elsewhere.json["upload_url"] = json!(signed.text_of("upload_url").replace("/upl_", "/upl_0"));
    assert_eq!(photo.put(&elsewhere).await, 403, "another key");

    // None of it is in the way of the right ones, which cannot be replaced afterwards.
    assert_eq!(photo.put(&signed).await, 200);
    assert_eq!(photo.put(&signed).await, 412);
    let shown = job.judged(&signed.text_of("photo_url"), "").await;
    assert_eq!(shown["status"], "COMPLETED", "{}", shown.text);
}

#[tokio::test]
async fn a_real_photo_completes_the_task_without_a_word() {
    let job = Job::accepted().await;
    let url = job.world.upload(&job.operator, &job.task, &Photo::fresh()).await;
    let shown = job.judged(&url, "Sign confirmed at location").await;
    assert_eq!(shown["status"], "COMPLETED");
    let result = &shown["guardian_result"];
    assert_eq!((&result["decision"], &result["confidence"]), (&json!("APPROVE"), &json!(95)));
    assert_eq!(result["reasoning"], "All proof requirements met.");
    let checks: Vec<(&str, &str)> = result["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| (check["check"].as_str().unwrap(), check["status"].as_str().unwrap()))
        .collect();
    let expected = [
        ("image_decodes", "PASS"),
        ("image_as_announced", "PASS"),
        ("image_not_reused", "PASS"),
        ("capture_position", "SKIPPED"),
        ("capture_time", "SKIPPED"),
    ];
    assert_eq!(checks, expected);
    job.world.assert_earnings(&job.operator, "pending 25.00 available 0.00 total 25.00").await;
    job.world.audit().await;
}

#[tokio::test]
async fn a_photo_of_another_task_is_rejected_whoever_hands_it_in() {
    let job = Job::accepted().await;
    let Job { world, agent, operator, .. } = &job;
    let photo = Photo::fresh();
    let url = world.upload(operator, &job.task, &photo).await;
    assert_eq!(job.judged(&url, "").await["status"], "COMPLETED");

    for thief in [operator.clone(), world.operator("John Roe").await] {
        let task = world.task(agent, "25").await;
        world.accept(&thief, &task).await;
        let url = world.upload(&thief, &task, &photo).await;
        let body = json!({ "photos": [url], "notes": "guardian:approve" });
        world.post(&thief, &format!("/operator/tasks/{task}/submit"), body).await.expect(200);
        world.settle().await;
        let shown = world.show(agent, &task).await;
        assert_eq!((&shown["status"], &shown["guardian_result"]["confidence"]), (&json!("DISPUTED"), &json!(20)));
        assert_eq!(failed(&shown), ["image_not_reused"]);
        assert!(!shown.text.contains(&job.task), "whose it was is nobody's business");
    }
    world.audit().await;
}

#[tokio::test]
async fn what_a_photo_says_of_place_and_time_may_contradict_the_task_but_not_prove_it() {
    // The task is at THERE, accepted and submitted at noon.
    let near = (THERE.0 + 1_000, THERE.1);
    let says = |position, time| Says { position, time, zone: Some("+00:00"), software: None };
    let cases: [(Says<'_>, &str, &[&str], &str, u8); 8] = [
        (says(Some(THERE), Some("2026:02:05 12:00:00")), "", &[], "COMPLETED", 95),
        (says(Some(near), Some("2026:02:05 11:55:00")), "", &[], "COMPLETED", 95),
        (says(Some(THERE), Some("2026:02:05 12:00:00")), "guardian:review", &[], "SUBMITTED", 70),
        (says(Some((51_507_400, -127_800)), None), "", &["capture_position"], "DISPUTED", 49),
        (says(Some((40_722_800, THERE.1)), None), "guardian:approve", &["capture_position"], "DISPUTED", 49),
        (says(None, Some("2026:02:05 11:54:59")), "guardian:approve", &["capture_time"], "DISPUTED", 49),
        (says(None, Some("2026:02:05 12:05:01")), "", &["capture_time"], "DISPUTED", 49),
        (says(Some((0, 1)), Some("2025:02:05 12:00:00")), "", &["capture_position", "capture_time"], "DISPUTED", 49),
    ];
    for (says, notes, fails, status, confidence) in cases {
        let job = Job::accepted().await;
        let url = job.world.upload(&job.operator, &job.task, &Photo::saying(says)).await;
        let shown = job.judged(&url, notes).await;
        assert_eq!(failed(&shown), fails, "{says:?}");
        let result = (&shown["status"], &shown["guardian_result"]["confidence"]);
        assert_eq!(result, (&json!(status), &json!(confidence)), "{says:?}");
    }
}
