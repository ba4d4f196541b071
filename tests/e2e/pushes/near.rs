//! New tasks are told to who wants to know of them there: not too often, and not to too many.

use domain::limits::NEAR_TOLD_MAX;
use domain::operator::push::{Browser, Keys, Near};
use domain::{OperatorId, geo::Point};
use harness::{Api, Inbox, MINUTE_S, World};
use serde_json::json;
use store::Key;

/// The task of every test is at 40.7128, -74.006.
const NEW_YORK: (f64, f64) = (40.7, -74.0);
/// 40 kilometres away.
const PATERSON: (f64, f64) = (41.07, -74.17);

#[tokio::test]
async fn who_is_near_is_told_and_who_is_not_or_did_not_ask_is_not() {
    let world = World::new().await;
    let [near, wide, narrow, silent] = [(); 4].map(|()| Inbox::open());
    let [near, wide, narrow, silent] = [near.await, wide.await, narrow.await, silent.await];
    let jane = world.operator("Jane Doe").await;
    for body in [
        near.subscription_near(NEW_YORK.0, NEW_YORK.1, 5),
        wide.subscription_near(PATERSON.0, PATERSON.1, 50),
        narrow.subscription_near(PATERSON.0, PATERSON.1, 20),
        silent.subscription(),
    ] {
        world.subscribe(&jane, body).await.expect(200);
    }
    let agent = world.agent("100").await;
    world.task(&agent, "25").await;
    world.settle().await;
    for (inbox, told) in [(&near, &["task.created"][..]), (&wide, &["task.created"]), (&narrow, &[]), (&silent, &[])] {
        assert_eq!(world.told(&jane, inbox).await, told);
    }
    let received = &near.received()[0];
    assert_eq!((received.header("ttl"), received.header("urgency")), (Some("3600"), Some("normal")));
    world.audit().await;
}

#[tokio::test]
async fn a_flood_of_tasks_is_one_notification_in_a_quarter_of_an_hour() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let (agent, jane) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let subscribe =
        async || world.subscribe(&jane, inbox.subscription_near(NEW_YORK.0, NEW_YORK.1, 10)).await.expect(200);
    subscribe().await;
    let flood = async || {
        for _ in 0..10 {
            world.task(&agent, "25").await;
        }
        world.settle().await;
        inbox.received().len()
    };
    assert_eq!(flood().await, 1);
    world.pass(14 * MINUTE_S);
    subscribe().await;
    assert_eq!(flood().await, 1, "who renews it is not told more often");
    world.pass(MINUTE_S);
    assert_eq!(flood().await, 2);
}

#[tokio::test]
async fn a_task_that_is_taken_is_no_news_and_nor_is_one_that_is_nowhere() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let (agent, jane) = (world.agent("100").await, world.operator("Jane Doe").await);
    world.subscribe(&jane, inbox.subscription_near(NEW_YORK.0, NEW_YORK.1, 10)).await.expect(200);
    let taken = world.task(&agent, "25").await;
    world.accept(&jane, &taken).await;
    let mut digital = world.task_body("25");
    digital["task_type"] = json!("CONTENT_REVIEW");
    digital.as_object_mut().unwrap().remove("location");
    world.post(&agent, "/tasks", digital).await.expect(201);
    world.settle().await;
    assert_eq!(inbox.received().len(), 0);
}

#[tokio::test]
async fn who_moved_is_told_where_they_are_and_who_left_is_told_nothing() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let (agent, jane) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let told = async || {
        world.pass(15 * MINUTE_S);
        world.task(&agent, "25").await;
        world.settle().await;
        inbox.received().len()
    };
    world.subscribe(&jane, inbox.subscription_near(52.52, 13.405, 50)).await.expect(200);
    assert_eq!(told().await, 0);
    world.subscribe(&jane, inbox.subscription_near(NEW_YORK.0, NEW_YORK.1, 50)).await.expect(200);
    assert_eq!(told().await, 1);
    world.subscribe(&jane, inbox.subscription()).await.expect(200);
    assert_eq!(told().await, 1);
    let id = world.subscribe(&jane, inbox.subscription_near(NEW_YORK.0, NEW_YORK.1, 50)).await.text_of("id");
    assert_eq!(told().await, 2);
    let here = || {
        world.pass(15 * MINUTE_S);
        world.system.store.nearby(Point::parse("40.7128", "-74.006").unwrap(), world.now())
    };
    assert_eq!(here().await.unwrap().len(), 1);
    world.request(&jane, "DELETE", &format!("/operator/push/{id}"), &[], None).await.expect(200);
    assert_eq!(told().await, 2);
    assert_eq!(here().await.unwrap().len(), 0, "nobody has to look at who is gone");
}

/// Browsers straight into the store: of more than are told, the nearest.
#[tokio::test]
async fn of_a_crowd_the_nearest_are_told() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let store = &world.system.store;
    let (close, far) = (Point::parse("40.7128", "-74.006").unwrap(), Point::parse("40.9", "-74.006").unwrap());
    for number in 0..NEAR_TOLD_MAX + 20 {
        let operator = OperatorId::parse(&format!("op_{number:04}")).unwrap();
        // The first twenty are far away.
        let place = if number < 20 { far } else { close };
        let endpoint = format!("{}?{}", inbox.url, if number < 20 { "far" } else { "close" });
        let browser = Browser {
            id: Browser::id_of(&operator, &endpoint),
            endpoint,
            keys: Keys { p256dh: base64(harness::push::P256DH), auth: base64(harness::push::AUTH) },
            near: Some(Near::new(place, 50)),
            until: world.now().plus_seconds(60),
        };
        let seen = store.read([Key::browsers(&operator)]).await.unwrap().browsers(&operator).unwrap();
        store.change_browsers(&operator, seen, |_| vec![browser.clone()]).await.unwrap();
    }
    let agent = world.agent("100").await;
    world.task(&agent, "25").await;
    world.settle().await;
    assert_eq!(inbox.received().len(), NEAR_TOLD_MAX);
    let left = store.nearby(close, world.now()).await.unwrap();
    assert_eq!(left.len(), 20, "who was told is not looked at again for a while");
    assert!(left.iter().all(|it| it.near.centre == far.cell()));
}

fn base64<const N: usize>(text: &str) -> [u8; N] {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap().try_into().unwrap()
}
