//! Photos as phones, browsers and photo services make them, and what is none, at
//! `POST /operator/tasks/{id}/submit`.

use super::{accepted, submit};
use harness::{Api, Flat, Photo, World};
use serde_json::json;

fn flat(width: u16, height: u16, components: u8, progressive: bool) -> Photo {
    Photo::flat(Flat { width, height, components, progressive })
}

/// Without its last bytes, and with others instead.
fn ending(photo: Photo, without: usize, with: &[u8]) -> Photo {
    let bytes = [&photo.bytes[..photo.bytes.len() - without], with].concat();
    Photo { bytes, ..photo }
}

#[tokio::test]
async fn photos_as_phones_make_them_complete_the_task() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let photos = [
        ("64 megapixels", flat(9_248, 6_936, 3, false)),
        ("108 megapixels", flat(12_000, 9_000, 3, false)),
        ("108 megapixels, progressive", flat(12_032, 9_024, 3, true)),
        ("200 megapixels", flat(16_320, 12_240, 3, false)),
        ("a panorama", flat(16_382, 3_628, 3, true)),
        ("CMYK", flat(300, 200, 4, true)),
        ("without end marker", ending(flat(300, 200, 3, false), 2, b"")),
        ("with a film behind it", ending(flat(300, 200, 3, false), 0, b"\0\0\0\x18ftypmp42")),
        ("a PNG that is called a JPEG", Photo { content_type: "image/jpeg", ..Photo::fresh() }),
        ("a JPEG that is called a PNG", Photo { content_type: "image/png", ..flat(30, 20, 3, false) }),
        ("a JPEG that is called image/jpg", Photo { content_type: "image/jpg", ..flat(30, 20, 3, false) }),
    ];
    for (kind, photo) in photos {
        let operator = world.operator("Jane Doe").await;
        let task = accepted(&world, &agent, &operator, json!({})).await;
        world.hand_in(&operator, &task, &photo, "").await;
        world.settle().await;
        let shown = world.show(&agent, &task).await;
        assert_eq!(shown["status"], "COMPLETED", "{kind}: {}", shown["guardian_result"]);

        let link = shown["proof"]["photos"][0].as_str().unwrap().to_owned();
        let answer = outbound::trusted(std::time::Duration::from_secs(20)).unwrap().get(link).send().await.unwrap();
        let signature = if photo.bytes[0] == 0xFF { "image/jpeg" } else { "image/png" };
        assert_eq!(answer.headers()["content-type"], signature, "{kind}");
        assert_eq!(answer.bytes().await.unwrap(), photo.bytes, "{kind}");
    }
    world.audit().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_by_name_and_another_photo_takes_its_place() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let of = |bytes: &[u8]| Photo { bytes: bytes.to_vec(), content_type: "image/jpeg" };
    let refused = [
        ("is not a JPEG, PNG or WebP", of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")),
        ("is not a JPEG, PNG or WebP", of(b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1")),
        ("is not a JPEG, PNG or WebP", of(b"GIF89a\x01\0\x01\0\0\0\0;")),
        ("is not a JPEG, PNG or WebP", of(b"not a picture")),
        ("is damaged or incomplete", of(&[0xFF, 0xD8, 0xFF, 0xE0])),
        ("is damaged or incomplete", ending(Photo::fresh(), 30, b"")),
        ("is damaged or incomplete", ending(flat(300, 200, 3, false), 10, b"")),
        ("is damaged or incomplete", ending(flat(300, 200, 3, true), 30, b"")),
        ("is too large", flat(50_000, 40_000, 1, false)),
    ];
    for (sentence, photo) in refused {
        let operator = world.operator("Jane Doe").await;
        let task = accepted(&world, &agent, &operator, json!({})).await;
        let mut urls = Vec::new();
        for _ in 0..9 {
            urls.push(world.upload(&operator, &task, &Photo::fresh()).await);
        }
        let bad = world.upload(&operator, &task, &photo).await;
        urls.push(bad.clone());

        let body = json!({ "photos": urls, "notes": "guardian:approve" });
        let reply = submit(&world, &operator, &task, body).await.expect_error(400, "photo_unreadable");
        let named = reply["details"]["photos"].as_array().unwrap();
        assert_eq!((named.len(), &named[0]["photo_url"]), (1, &json!(bad)));
        let problem = named[0]["problem"].as_str().unwrap();
        assert!(problem.contains(sentence) && reply.text_of("error").contains(problem), "{}", reply.text);
        assert_eq!(world.show(&agent, &task).await["status"], "ACCEPTED");

        urls[9] = world.upload(&operator, &task, &Photo::fresh()).await;
        submit(&world, &operator, &task, json!({ "photos": urls })).await.expect(200);
        world.settle().await;
        assert_eq!(world.show(&agent, &task).await["status"], "COMPLETED", "{sentence}");
    }
    world.audit().await;
}

#[tokio::test]
async fn only_so_many_photos_are_replaced() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = accepted(&world, &agent, &operator, json!({})).await;
    for file in 0..20_u8 {
        let photo = Photo { bytes: vec![file], content_type: "image/png" };
        let url = world.upload(&operator, &task, &photo).await;
        for _ in 0..2 {
            let body = json!({ "photos": [url] });
            submit(&world, &operator, &task, body).await.expect_error(400, "photo_unreadable");
        }
    }
    let body = Photo::fresh().announcement(&task);
    world.post(&operator, "/operator/upload", body).await.expect_error(409, "too_many_uploads");
}

/// Its parts are all there, and its pixels are not: whoever took it in said nothing, so that nobody is to blame.
#[tokio::test]
async fn what_the_guardian_alone_finds_unreadable_is_for_the_agent_to_judge() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    for notes in ["", "guardian:approve"] {
        let task = accepted(&world, &agent, &operator, json!({})).await;
        let photo = ending(flat(300, 200, 3, false), 20, &[0xFF, 0xD9]);
        world.hand_in(&operator, &task, &photo, notes).await;
        world.settle().await;
        let shown = world.show(&agent, &task).await;
        let result = &shown["guardian_result"];
        assert_eq!((&shown["status"], &result["decision"]), (&json!("SUBMITTED"), &json!("MANUAL_REVIEW")), "{result}");
        assert_eq!(result["review_reason"], "AUTOMATED_VERIFICATION_UNAVAILABLE");
        assert_eq!(result["checks"][0]["status"], "SKIPPED");
        assert!(result["reasoning"].as_str().unwrap().contains("damaged or incomplete"), "{result}");
        let body = json!({ "decision": "APPROVE" });
        world.post(&agent, &format!("/tasks/{task}/verify"), body).await.expect(200);
    }
    world.assert_earnings(&operator, "pending 20.00 available 0.00 total 20.00").await;
    world.audit().await;
}
