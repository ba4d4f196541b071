//! What operators are told of their own tasks, and what becomes of browsers that are gone and push services that fail.

use super::worker::worker;
use ::pushes::{Pushes, Vapid};
use domain::event::EventName;
use domain::operator::push::Notice;
use domain::{OperatorId, TaskId};
use harness::Step::{Accept, Cancel, Dispute, Release, Resolve, Start, Submit, Verify};
use harness::{Api, Inbox, Play, Step, World};
use outbound::Reach;
use serde_json::json;
use std::time::Duration;

/// A task of an operator who has a browser, and what that is told in the course of these steps.
async fn played(steps: &[Step]) -> (World, Play, Inbox) {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let play = world.play(&[]).await;
    world.subscribe(&play.operator, inbox.subscription()).await.expect(200);
    world.act(&play, steps).await;
    world.settle().await;
    (world, play, inbox)
}

#[tokio::test]
async fn an_operator_is_told_what_others_did_with_the_task() {
    const STORIES: [(&[Step], &[&str]); 7] = [
        (&[Accept, Start, Submit("guardian:approve")], &["task.verified"]),
        (&[Accept, Submit("guardian:review"), Verify("APPROVE")], &["task.manual_review", "task.verified"]),
        (&[Accept, Submit("guardian:reject"), Resolve("REFUND", None)], &["task.disputed", "task.dispute_resolved"]),
        (&[Accept, Submit("guardian:review"), Verify("REJECT")], &["task.manual_review", "task.disputed"]),
        (&[Accept, Submit("guardian:approve"), Dispute], &["task.verified", "task.disputed"]),
        (&[Accept, Cancel], &["task.cancelled"]),
        (&[Accept, Start, Release, Cancel], &[]),
    ];
    for (steps, expected) in STORIES {
        let (world, play, inbox) = played(steps).await;
        let mut told = world.told(&play.operator, &inbox).await;
        // Those of two steps that are settled together come in any order.
        told.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(told, expected, "{steps:?}");
        world.audit().await;
    }
}

#[tokio::test]
async fn changes_and_messages_are_told_without_their_words() {
    let (world, play, inbox) = played(&[Accept, Submit("guardian:review")]).await;
    let changes = json!({ "decision": "REQUEST_CHANGES", "reason": "Once more from the other side, please." });
    world.by_agent(&play, "verify", changes).await.expect(200);
    world.settle().await;
    world.by_agent(&play, "messages", json!({ "body": "The gate code is 4711." })).await.expect(201);
    let path = format!("/operator/tasks/{}/messages", play.task);
    world.post(&play.operator, &path, json!({ "body": "Thanks." })).await.expect(201);
    world.settle().await;

    let told = world.told(&play.operator, &inbox).await;
    assert_eq!(told, ["task.manual_review", "task.changes_requested", "task.message"], "nobody is told what they did");
    let key = world.get(&play.operator, "/operator/push").await.text_of("public_key");
    let message = &inbox.received()[2].opened(&key)["message"];
    let expected = json!({ "event": "task.message", "task_id": play.task, "title": "Verify storefront signage" });
    assert_eq!(*message, expected);
}

#[tokio::test]
async fn a_push_service_is_shown_who_sends_and_how_to_treat_it() {
    let (world, play, inbox) = played(&[Accept, Submit("guardian:approve")]).await;
    let [received] = inbox.received().try_into().unwrap();
    let key = world.get(&play.operator, "/operator/push").await.text_of("public_key");
    let opened = received.opened(&key);
    let origin = inbox.url.strip_suffix("/webhook/humanops").unwrap();
    let until = world.clock.unmoved().seconds() + 12 * 60 * 60;
    assert_eq!(opened["signed"], true);
    assert_eq!(opened["head"], json!({ "typ": "JWT", "alg": "ES256" }));
    assert_eq!(opened["claims"], json!({ "aud": origin, "exp": until, "sub": "https://humanops.io" }));
    for (name, value) in [("content-encoding", "aes128gcm"), ("ttl", "86400"), ("urgency", "high")] {
        assert_eq!(received.header(name), Some(value), "{name}");
    }
    assert_eq!(received.header("topic").unwrap().len(), 32);
    assert!(received.body.len() < 4_096);
}

fn notice(world: &World, play: &Play, event: EventName) -> Notice {
    let operator = OperatorId::parse(&play.operator.0);
    Notice { task: TaskId::parse(&play.task).unwrap(), event, operator, at: world.now() }
}

#[tokio::test]
async fn what_is_relayed_twice_takes_the_place_of_itself_and_what_comes_late_is_dropped() {
    let (world, play, inbox) = played(&[Accept]).await;
    let told = notice(&world, &play, EventName::Message);
    for _ in 0..2 {
        worker(&world).push(&told).await.unwrap();
    }
    worker(&world).push(&notice(&world, &play, EventName::Disputed)).await.unwrap();
    let topics: Vec<_> = inbox.received().iter().map(|it| it.header("topic").unwrap().to_owned()).collect();
    assert_eq!(topics[0], topics[1]);
    assert_ne!(topics[0], topics[2]);

    world.act(&play, &[Release]).await;
    worker(&world).push(&told).await.unwrap();
    assert_eq!(inbox.received().len(), 3, "it is not the operator's task any more");
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_one_that_is_not_is_kept() {
    for (status, kept) in [(404, 0), (410, 0), (403, 1), (413, 1), (201, 1)] {
        let (world, inbox, other) = (World::new().await, Inbox::answering(&[status]).await, Inbox::open().await);
        let play = world.play(&[Accept]).await;
        world.subscribe(&play.operator, inbox.subscription_near(40.7, -74.0, 10)).await.expect(200);
        world.subscribe(&play.operator, other.subscription()).await.expect(200);
        worker(&world).push(&notice(&world, &play, EventName::Message)).await.unwrap();
        assert_eq!((inbox.received().len(), other.received().len()), (1, 1), "{status}");
        let reply = world.get(&play.operator, "/operator/push").await.expect(200);
        assert_eq!(reply["browsers"].as_array().unwrap().len(), kept + 1, "{status}");
    }
}

#[tokio::test]
async fn what_a_push_service_does_not_take_comes_again_for_five_minutes() {
    for status in [429, 500, 503] {
        let (world, inbox) = (World::new().await, Inbox::answering(&[status; 3]).await);
        let play = world.play(&[Accept]).await;
        world.subscribe(&play.operator, inbox.subscription()).await.expect(200);
        let told = notice(&world, &play, EventName::Message);
        let worker = worker(&world);
        worker.push(&told).await.unwrap_err();
        world.pass(300);
        worker.push(&told).await.unwrap_err();
        world.pass(1);
        worker.push(&told).await.unwrap();
        assert_eq!(inbox.received().len(), 3, "{status}");
        worker.push(&told).await.unwrap();
        assert_eq!(inbox.received().len(), 4, "and is sent when it is taken");
    }
}

#[tokio::test]
async fn nobody_is_sent_anywhere_else() {
    let world = World::new().await;
    // 307 leads back to the same server: who follows it is noticed.
    let inbox = Inbox::answering(&[307]).await;
    let play = world.play(&[Accept]).await;
    world.subscribe(&play.operator, inbox.subscription()).await.expect(200);
    worker(&world).push(&notice(&world, &play, EventName::Message)).await.unwrap();
    assert_eq!(inbox.received().len(), 1);

    // What was subscribed where it was allowed is not sent to from where it is not.
    let vapid = Vapid::parse(&world.system.push_key, "https://humanops.io").unwrap();
    let client = outbound::Client::new(Reach::PublicOnly, Duration::from_secs(5));
    let strict = Pushes::new(world.system.store.clone(), client, vapid);
    strict.push(&notice(&world, &play, EventName::Message)).await.unwrap();
    assert_eq!(inbox.received().len(), 1);
}
