//! `GET` and `POST /tasks/{id}/messages`: what is written, until when, how much of it, and who sees it.

use domain::limits::{MESSAGES_MAX, MESSAGES_SHOWN};
use futures::future::join_all;
use harness::Step::{Accept, Cancel, Dispute, HandIn, Release, Resolve, Start, Submit, Verify};
use harness::{Api, DAY_S, Inbox, Play, Proxy, Reply, START, Step, World};
use humanops::Options;
use serde_json::{Value, json};

async fn write(world: &World, play: &Play, body: &str) -> Reply {
    world.by_agent(play, "messages", json!({ "body": body })).await
}

async fn answer(world: &World, play: &Play, body: &str) -> Reply {
    world.post(&play.operator, &format!("/operator/tasks/{}/messages", play.task), json!({ "body": body })).await
}

async fn write_with(world: &World, play: &Play, key: &str, body: &str) -> Reply {
    let path = format!("/tasks/{}/messages", play.task);
    world.request(&play.agent, "POST", &path, &[("idempotency-key", key)], Some(json!({ "body": body }))).await
}

async fn list(world: &World, play: &Play, query: &str) -> Reply {
    world.get(&play.agent, &format!("/tasks/{}/messages{query}", play.task)).await.expect(200)
}

fn bodies(messages: &Value) -> Vec<&str> {
    messages.as_array().unwrap().iter().map(|message| message["body"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn both_sides_read_what_was_written_oldest_first_page_by_page() {
    let world = World::new().await;
    let play = world.play(&[Accept]).await;
    let first = write(&world, &play, "From the street, please.\nThanks! 🦀").await.expect(201);
    let id = first.text_of("message_id");
    assert_eq!(
        first.text,
        format!(
            r#"{{"message_id":"{id}","sender":"AGENT","body":"From the street, please.\nThanks! 🦀","created_at":"{START}"}}"#
        )
    );
    assert_eq!(first.header("location"), Some(format!("/api/v1/tasks/{}/messages", play.task).as_str()));
    world.pass(1);
    assert_eq!(answer(&world, &play, "On my way.").await.expect(201)["sender"], "OPERATOR");
    world.pass(1);
    write(&world, &play, "Good.").await.expect(201);

    let path = format!("/operator/tasks/{}/messages", play.task);
    let (seen, by_operator) = (list(&world, &play, "").await, world.get(&play.operator, &path).await.expect(200));
    assert_eq!(seen.text, by_operator.text);
    assert_eq!(bodies(&seen["data"]), ["From the street, please.\nThanks! 🦀", "On my way.", "Good."]);
    assert_eq!(seen["pagination"], json!({ "limit": 20, "offset": 0, "total": 3, "next_cursor": null }));
    let page = list(&world, &play, "?limit=2").await;
    let cursor = page["pagination"]["next_cursor"].as_str().unwrap();
    let rest = list(&world, &play, &format!("?limit=2&cursor={cursor}")).await;
    assert_eq!((bodies(&page["data"]).len(), bodies(&rest["data"])), (2, vec!["Good."]));
    assert_eq!(rest["pagination"], json!({ "limit": 2, "offset": 0, "total": 3, "next_cursor": null }));
    assert_eq!(bodies(&list(&world, &play, "?limit=1&offset=1").await["data"]), ["On my way."]);
    assert_eq!(world.show(&play.agent, &play.task).await["messages"], seen["data"]);
    world.audit().await;
}

#[tokio::test]
async fn a_chat_is_open_from_the_acceptance_until_the_hold_or_the_dispute_is_over() {
    let world = World::new().await;
    let hold = Step::Advance(7 * DAY_S - 1);
    let cases: [(&[Step], u16); 13] = [
        (&[], 409),
        (&[Accept], 201),
        (&[Accept, Release], 409),
        (&[Accept, Start], 201),
        (&[Accept, HandIn("")], 201),
        (&[Accept, Submit("guardian:review")], 201),
        (&[Accept, Cancel], 409),
        (&[Accept, Submit("guardian:reject")], 201),
        (&[Accept, Submit("guardian:reject"), Resolve("REFUND", None)], 409),
        (&[Accept, Submit("guardian:reject"), Resolve("RELEASE", None)], 409),
        (&[Accept, Submit("guardian:approve"), hold], 201),
        (&[Accept, Submit("guardian:approve"), hold, Dispute, Step::Advance(3 * DAY_S)], 201),
        (&[Accept, Submit("guardian:review"), Verify("APPROVE"), hold, Step::Advance(1)], 409),
    ];
    for (steps, status) in cases {
        let play = world.play(steps).await;
        let (by_agent, by_operator) = (write(&world, &play, "x").await, answer(&world, &play, "x").await);
        assert_eq!(by_agent.status, status, "{steps:?}: {}", by_agent.text);
        let has_it = !steps.is_empty() && !steps.contains(&Release);
        assert_eq!(by_operator.status, if has_it { status } else { 404 }, "{steps:?}: {}", by_operator.text);
        if status == 409 {
            by_agent.expect_error(409, "chat_closed");
        }
    }
}

#[tokio::test]
async fn who_gave_the_task_back_sees_no_more_and_who_has_it_next_not_what_was_before() {
    let world = World::new().await;
    let play = world.play(&[Accept]).await;
    write(&world, &play, "To the first.").await.expect(201);
    answer(&world, &play, "Of the first.").await.expect(201);
    world.act(&play, &[Release]).await;
    let next = Play { operator: world.operator("John Roe").await, ..play.clone() };
    world.pass(1);
    world.act(&next, &[Accept]).await;
    write(&world, &next, "To the next.").await.expect(201);

    let path = format!("/operator/tasks/{}/messages", play.task);
    world.get(&play.operator, &path).await.expect_error(404, "not_found");
    answer(&world, &play, "Still me.").await.expect_error(404, "not_found");
    let seen = world.get(&next.operator, &path).await.expect(200);
    assert_eq!((bodies(&seen["data"]), &seen["pagination"]["total"]), (vec!["To the next."], &json!(1)));
    assert_eq!(bodies(&list(&world, &play, "").await["data"]).len(), 3);
}

#[tokio::test]
async fn the_task_shows_the_newest_twenty() {
    let world = World::new().await;
    let play = world.play(&[Accept]).await;
    for number in 0..=MESSAGES_SHOWN {
        write(&world, &play, &number.to_string()).await.expect(201);
        world.pass(1);
    }
    let shown = world.show(&play.agent, &play.task).await;
    let expected: Vec<String> = (1..=MESSAGES_SHOWN).map(|number| number.to_string()).collect();
    assert_eq!(bodies(&shown["messages"]), expected);
}

#[tokio::test]
async fn of_more_at_once_a_hundred_of_each_side_are_written() {
    let world = World::new().await;
    let play = world.play(&[Accept]).await;
    let (mut agents, mut operators) = (Vec::new(), Vec::new());
    // The hundredth seat of each side is taken in the midst of the last wave.
    for _ in 0..4 {
        let wave = (0..30).map(|_| futures::future::join(write(&world, &play, "a"), answer(&world, &play, "o")));
        for (by_agent, by_operator) in join_all(wave).await {
            agents.push(by_agent);
            operators.push(by_operator);
        }
    }
    for replies in [agents, operators] {
        let written = replies.iter().filter(|reply| reply.status == 201).count();
        assert_eq!(written, usize::from(MESSAGES_MAX));
        replies.into_iter().filter(|reply| reply.status != 201).for_each(|reply| {
            reply.expect_error(409, "chat_full");
        });
    }
    assert_eq!(list(&world, &play, "?limit=1").await["pagination"]["total"], 200);
    // The next operator and the agent begin anew.
    world.act(&play, &[Release]).await;
    let next = Play { operator: world.operator("John Roe").await, ..play };
    world.act(&next, &[Accept]).await;
    write(&world, &next, "a").await.expect(201);
    answer(&world, &next, "o").await.expect(201);
}

#[tokio::test]
async fn the_same_message_with_the_same_key_is_written_once() {
    let world = World::new().await;
    let play = world.play(&[Accept]).await;
    let racing = join_all((0..20).map(|_| write_with(&world, &play, "k", "Once."))).await;
    assert!(racing.iter().all(|reply| reply.text == racing[0].text && reply.status == 201), "{}", racing[0].text);
    assert_eq!(racing.iter().filter(|reply| reply.header("idempotent-replayed").is_none()).count(), 1);
    world.pass(60);
    let again = write_with(&world, &play, "k", "Once.").await.expect(201);
    assert_eq!((again.header("idempotent-replayed"), &again.text), (Some("true"), &racing[0].text));
    write_with(&world, &play, "k", "Twice.").await.expect_error(409, "idempotency_key_reused");
    write_with(&world, &play, "l", "Once.").await.expect(201);
    write_with(&world, &play, &"k".repeat(256), "Once.").await.expect_fields(&["Idempotency-Key"]);
    // Another side's key, and another task's, are others.
    let path = format!("/operator/tasks/{}/messages", play.task);
    let body = json!({ "body": "Mine." });
    world.request(&play.operator, "POST", &path, &[("idempotency-key", "k")], Some(body)).await.expect(201);
    let other = world.play(&[Accept]).await;
    write_with(&world, &other, "k", "There.").await.expect(201);

    // What was sent in time is answered when it is too late; what was not is refused.
    world.act(&play, &[Cancel]).await;
    assert_eq!(write_with(&world, &play, "k", "Once.").await.expect(201).text, again.text);
    write_with(&world, &play, "m", "Once.").await.expect_error(409, "chat_closed");
    assert_eq!(list(&world, &play, "").await["pagination"]["total"], 3);
}

#[tokio::test]
async fn a_message_whose_sending_was_cut_off_is_there_once() {
    use harness::Fault::{self, Fail, LoseAnswer};
    let cases: [(&str, &[Fault]); 3] =
        [("UpdateItem", &[Fail; 40]), ("PutItem", &[Fail; 40]), ("PutItem", &[LoseAnswer])];
    for (operation, faults) in cases {
        let (proxy, world) = Proxy::world(Options::ephemeral()).await;
        let play = world.play(&[Accept]).await;
        proxy.inject(operation, faults);
        let first = write_with(&world, &play, "k", "Once.").await;
        assert_eq!(first.status, if faults.len() > 1 { 500 } else { 201 }, "{operation} {faults:?}");
        proxy.unmet();
        world.pass(60);
        let sent = write_with(&world, &play, "k", "Once.").await.expect(201);
        assert_eq!(list(&world, &play, "").await["data"], json!([sent.json]), "{operation} {faults:?}");
    }
}

#[tokio::test]
async fn a_message_is_a_text_that_can_be_read() {
    let world = World::new().await;
    let play = world.play(&[Accept]).await;
    for body in [json!(null), json!(""), json!(" "), json!(5), json!("x".repeat(2_001)), json!("a\u{0}b")] {
        world.by_agent(&play, "messages", json!({ "body": body })).await.expect_fields(&["body"]);
    }
    write(&world, &play, &"🦀".repeat(2_000)).await.expect(201);
    let stranger = world.agent("0").await;
    let path = format!("/tasks/{}/messages", play.task);
    world.post(&stranger, &path, json!({ "body": "x" })).await.expect_error(404, "not_found");
    world.get(&stranger, &path).await.expect_error(404, "not_found");
}

#[tokio::test]
async fn what_the_operator_writes_is_news_to_the_agent_once() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let play = world.play_to(&inbox, &["task.message"], &[Accept]).await;
    write(&world, &play, "From the street, please.").await.expect(201);
    world.pass(60);
    let sent = answer(&world, &play, "On my way.").await.expect(201);
    world.settle().await;

    let told = world.get(&play.agent, "/events?type=task.message").await.expect(200);
    let [event] = &told["data"].as_array().unwrap()[..] else { panic!("{}", told.text) };
    assert_eq!(event["payload"]["message"], serde_json::from_str::<Value>(&sent.text).unwrap());
    assert_eq!((&event["timestamp"], &event["payload"]["status"]), (&sent["created_at"], &json!("ACCEPTED")));
    let [callback] = &inbox.received()[..] else { panic!("{:?}", inbox.events()) };
    assert_eq!(callback.json(), event["payload"]);
}
