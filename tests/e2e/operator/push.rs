//! `GET`, `PUT` and `DELETE /operator/push`: which browsers are kept, and for how long.

use harness::{Api, Caller, DAY_S, Inbox, OperatorKey, Reply, World, push};
use humanops::system::Rig;
use humanops::{Options, System};
use serde_json::{Value, json};

fn at(endpoint: &str) -> Value {
    json!({ "endpoint": endpoint, "keys": { "p256dh": push::P256DH, "auth": push::AUTH } })
}

async fn browsers(world: &World, operator: &OperatorKey) -> Value {
    world.get(operator, "/operator/push").await.expect(200)["browsers"].clone()
}

async fn count(world: &World, operator: &OperatorKey) -> usize {
    browsers(world, operator).await.as_array().unwrap().len()
}

async fn remove(world: &World, operator: &OperatorKey, id: &str) -> Reply {
    world.request(operator, "DELETE", &format!("/operator/push/{id}"), &[], None).await
}

#[tokio::test]
async fn a_browser_is_kept_once_and_told_back_without_what_is_secret() {
    let world = World::new().await;
    let (jane, john) = (world.operator("Jane Doe").await, world.operator("John Roe").await);
    let key = world.get(&jane, "/operator/push").await.expect(200).text_of("public_key");
    assert_eq!(key.len(), 87, "a point on P-256 in base64url: {key}");
    assert!(key.starts_with('B'), "{key}");

    let mut body = at("https://push.example.com/p/1");
    body["near"] = json!({ "lat": 52.5200, "lng": "13.4050", "radius_km": 12.4 });
    let first = world.subscribe(&jane, body.clone()).await.expect(200);
    let near = json!({ "lat": 52.53, "lng": 13.4173746, "radius_km": 12 });
    let id = first.text_of("id");
    assert_eq!(first.json, json!({ "id": id, "near": near, "until": "2026-04-06T12:00:00.000Z" }));
    assert_eq!(world.subscribe(&jane, body).await.expect(200).json, first.json);
    assert_eq!(browsers(&world, &jane).await, json!([first.json]));
    assert_eq!(browsers(&world, &john).await, json!([]));

    world.pass(DAY_S);
    let renewed = world.subscribe(&jane, at("https://push.example.com/p/1")).await.expect(200);
    assert_eq!(renewed.json, json!({ "id": id, "near": null, "until": "2026-04-07T12:00:00.000Z" }));
    assert_eq!(browsers(&world, &jane).await, json!([renewed.json]));
    world.pass(60 * DAY_S);
    assert_eq!(browsers(&world, &jane).await, json!([]), "what does not renew itself is forgotten");
}

#[tokio::test]
async fn of_five_browsers_the_one_that_was_silent_for_longest_makes_room() {
    let world = World::new().await;
    let jane = world.operator("Jane Doe").await;
    let mut ids = Vec::new();
    for n in [1, 2, 3, 4, 5, 1, 6] {
        world.pass(1);
        let reply = world.subscribe(&jane, at(&format!("https://push.example.com/p/{n}"))).await.expect(200);
        ids.push(reply.text_of("id"));
    }
    assert_eq!(ids[5], ids[0], "the same browser is the same");
    let kept = browsers(&world, &jane).await;
    let kept: Vec<&str> = kept.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(kept, [&ids[2], &ids[3], &ids[4], &ids[0], &ids[6]]);
}

#[tokio::test]
async fn six_browsers_at_once_are_five() {
    let world = World::new().await;
    let jane = world.operator("Jane Doe").await;
    let subscribe = async |n: usize| world.subscribe(&jane, at(&format!("https://push.example.com/p/{n}"))).await;
    futures::future::join_all((0..6).map(subscribe)).await;
    assert!(count(&world, &jane).await <= 5);
}

#[tokio::test]
async fn somebody_elses_browser_is_like_none_and_one_is_removed_once() {
    let world = World::new().await;
    let (jane, john) = (world.operator("Jane Doe").await, world.operator("John Roe").await);
    let of_jane = world.subscribe(&jane, at("https://push.example.com/p/1")).await.expect(200).text_of("id");
    let of_john = world.subscribe(&john, at("https://push.example.com/p/1")).await.expect(200).text_of("id");
    assert_ne!(of_jane, of_john);

    let theirs = remove(&world, &john, &of_jane).await.expect_error(404, "not_found");
    let nothing = remove(&world, &john, "push_01kh3w5v8g3w2f7d5r6n8p9q0s").await.expect_error(404, "not_found");
    assert_eq!(theirs.without_request_id(), nothing.without_request_id());
    assert_eq!(count(&world, &jane).await, 1);
    assert_eq!(remove(&world, &jane, &of_jane).await.expect(200).json, json!({ "removed": true }));
    remove(&world, &jane, &of_jane).await.expect_error(404, "not_found");
    assert_eq!((count(&world, &jane).await, count(&world, &john).await), (0, 1));
}

#[tokio::test]
async fn whatever_can_not_be_sent_to_is_refused() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let jane = world.operator("Jane Doe").await;
    for endpoint in [
        "http://push.example.com/p",
        "https://10.0.0.1/p",
        "https://push.internal/p",
        "https://u:p@push.example.com/",
        "https://push.example.com:8443/p",
        "not a url",
        &format!("https://push.example.com/{}", "p".repeat(2_048)),
        &format!("http://{}/p", world.address),
    ] {
        world.subscribe(&jane, at(endpoint)).await.expect_fields(&["endpoint"]);
    }
    world.subscribe(&jane, inbox.subscription()).await.expect(200);
    for (field, value) in [
        ("keys.p256dh", json!("BA".repeat(43) + "A")),
        ("keys.p256dh", json!("x".repeat(500))),
        ("keys.auth", json!(push::P256DH)),
        ("keys.auth", json!("BTBZMqHH6r4Tts7J_aSIg")),
        ("near.radius_km", json!(51)),
        ("near.radius_km", json!(0)),
        ("near.lat", json!(91)),
    ] {
        let mut body = inbox.subscription_near(52.52, 13.405, 10);
        let (object, name) = field.split_once('.').unwrap();
        body[object][name] = value.clone();
        world.subscribe(&jane, body).await.expect_fields(&[field]);
    }
    world.subscribe(&jane, json!({ "near": {} })).await.expect_fields(&[
        "endpoint",
        "keys",
        "near.lat",
        "near.lng",
        "near.radius_km",
    ]);
    let nobody = OperatorKey("op_nobody".to_owned());
    world.subscribe(&nobody, inbox.subscription()).await.expect_error(404, "not_found");
    let unknown = world.request(Caller::Nobody, "PUT", "/operator/push", &[], Some(inbox.subscription())).await;
    unknown.expect_error(401, "missing_operator");
}

#[tokio::test]
async fn the_key_is_kept_with_the_data_and_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let options = Options { data_dir: folder.path().to_owned(), ephemeral: false, ..Options::ephemeral() };
    let start = async || {
        let rig = Rig { pump_by_hand: true, ..Rig::default() };
        System::start(&options, "127.0.0.1:9".parse().unwrap(), rig).await.unwrap().push_key
    };
    let first = start().await;
    assert_eq!(start().await, first);
    let mode = std::fs::metadata(folder.path().join("push-key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
