//! `POST /events/{id}/redeliver`: once more, whatever became of it before.

use harness::Step::{Accept, Submit};
use harness::{Agent, Api, DAY_S, HOUR_S, Inbox, Play, Step, World};
use serde_json::json;

const APPROVED: &[Step] = &[Accept, Submit("guardian:approve")];

/// The id of an event of the agent's.
async fn id_of(world: &World, agent: &Agent, name: &str) -> String {
    let events = world.get(agent, &format!("/events?type={name}")).await.expect(200);
    events["data"][0]["id"].as_str().unwrap().to_owned()
}

async fn played(world: &World, inbox: &Inbox) -> (Play, String) {
    let play = world.play_to(inbox, &[], APPROVED).await;
    let id = id_of(world, &play.agent, "task.verified").await;
    (play, format!("/events/{id}/redeliver"))
}

#[tokio::test]
async fn what_has_arrived_is_sent_once_more_with_the_same_bytes_however_often_it_is_asked_for_at_once() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let (play, path) = played(&world, &inbox).await;
    assert_eq!(inbox.received().len(), 1);

    for _ in 0..3 {
        let asked = world.post(&play.agent, &path, json!({})).await.expect(202);
        assert_eq!((&asked["attempt"], &asked["next_at"]), (&json!(2), &json!(world.now().to_string())));
    }
    world.settle().await;

    let callbacks = inbox.received();
    assert_eq!(callbacks.len(), 2);
    assert_eq!(callbacks[0].body, callbacks[1].body);
    let events = world.get(&play.agent, "/events?type=task.verified").await.expect(200);
    let attempts = events["data"][0]["deliveries"].as_array().unwrap();
    assert_eq!(
        attempts.iter().map(|it| (&it["attempt"], &it["status"])).collect::<Vec<_>>(),
        [(&json!(1), &json!(204)), (&json!(2), &json!(204))]
    );
    world.audit().await;
}

#[tokio::test]
async fn a_planned_attempt_is_brought_forward() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[500]).await);
    let (play, path) = played(&world, &inbox).await;
    assert_eq!(world.post(&play.agent, &path, json!({})).await.expect(202)["attempt"], 2);
    world.settle().await;
    assert_eq!(inbox.received().len(), 2);
    world.advance(DAY_S).await;
    assert_eq!(inbox.received().len(), 2, "it came in the place of the planned one");
}

#[tokio::test]
async fn what_was_given_up_is_sent_once_more_and_then_given_up() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[500; 11]).await);
    let (play, path) = played(&world, &inbox).await;
    while inbox.received().len() < 10 {
        world.advance(4 * HOUR_S).await;
    }
    world.advance(DAY_S).await;
    assert_eq!(inbox.received().len(), 10);
    assert_eq!(world.post(&play.agent, &path, json!({})).await.expect(202)["attempt"], 11);
    world.settle().await;
    world.advance(DAY_S).await;
    assert_eq!(inbox.received().len(), 11);
}

#[tokio::test]
async fn what_has_no_callback_for_it_is_a_conflict_and_what_is_not_ones_own_is_not_there() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let (play, path) = played(&world, &inbox).await;
    let plain = world.play(&[]).await;
    world.settle().await;
    for (agent, name) in
        [(&play.agent, "task.completed"), (&plain.agent, "task.created"), (&plain.agent, "key.created")]
    {
        let path = format!("/events/{}/redeliver", id_of(&world, agent, name).await);
        world.post(agent, &path, json!({})).await.expect_error(409, "no_callback");
    }
    world.post(&plain.agent, &path, json!({})).await.expect_error(404, "not_found");
    world.pass(30 * DAY_S);
    world.post(&play.agent, &path, json!({})).await.expect_error(404, "not_found");
    world.settle().await;
    assert_eq!(inbox.received().len(), 1);
}
