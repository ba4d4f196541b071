//! `POST /tasks/{id}/callback-secret`: another secret signs, and for a day both do.

use aws_sdk_dynamodb::types::AttributeValue;
use harness::Step::Accept;
use harness::{Agent, Api, DAY_S, HOUR_S, Inbox, Received, Reply, World};
use humanops::Options;
use humanops::engine::Engine;
use humanops::system::Rig;
use outbound::signature;
use serde_json::json;

async fn replace(world: &World, agent: &Agent, task: &str, secret: &str) -> Reply {
    let body = json!({ "callback_secret": secret });
    world.post(agent, &format!("/tasks/{task}/callback-secret"), body).await
}

/// Which of these secrets signed: as the reference has it, and as Standard Webhooks has it, in order.
fn signers(callback: &Received, secrets: &[&str]) -> (Vec<String>, Vec<String>) {
    let header = |name: &str| callback.header(name).unwrap_or_default().to_owned();
    let (id, sent_at) = (header("webhook-id"), header("webhook-timestamp").parse().unwrap());
    let by = |given: &str, made: &dyn Fn(&str) -> String| {
        let signer = |one: &str| secrets.iter().find(|secret| made(secret) == one).map(ToString::to_string);
        given.split_whitespace().map(|one| signer(one).unwrap_or_default()).collect()
    };
    let humanops = by(&header("x-humanops-signature"), &|secret| signature::humanops(secret, &callback.body));
    let standard = |secret: &str| signature::standard(secret, &id, sent_at, &callback.body);
    (humanops, by(&header("webhook-signature"), &standard))
}

#[tokio::test]
async fn for_a_day_both_sign_and_then_the_new_one_alone_however_often_it_was_asked_for() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let play = world.play_to(&inbox, &["*"], &[]).await;
    world.settle().await;
    let until = world.now().plus_seconds(i64::from(DAY_S)).to_string();
    let secrets = [inbox.secret.as_str(), "second", "third"];
    let last = || signers(inbox.received().last().unwrap(), &secrets);
    let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(last(), (words(&[&inbox.secret]), words(&[&inbox.secret])));

    for _ in 0..2 {
        let replaced = replace(&world, &play.agent, &play.task, "second").await.expect(200);
        assert_eq!(replaced.json, json!({ "task_id": play.task, "previous_until": until }));
    }
    world.act(&play, &[Accept]).await;
    world.settle().await;
    assert_eq!(last(), (words(&["second"]), words(&["second", &inbox.secret])));
    let replaced = replace(&world, &play.agent, &play.task, "third").await.expect(200);
    assert_eq!(replaced["previous_until"], until, "the first one signs to its end, and no longer");
    world.post(&play.operator, &format!("/operator/tasks/{}/start", play.task), json!({})).await.expect(200);
    world.settle().await;
    assert_eq!(last(), (words(&["third"]), words(&["third", &inbox.secret])));

    world.advance(DAY_S).await;
    world.submit(&play.operator, &play.task, "guardian:approve").await;
    world.settle().await;
    assert_eq!(last(), (words(&["third"]), words(&["third"])));
    world.audit().await;
}

#[tokio::test]
async fn a_task_without_a_secret_gets_its_first_one_and_one_without_a_callback_none() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    body["callback_url"] = json!(inbox.url);
    body["callback_events"] = json!(["*"]);
    let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    let replaced = replace(&world, &agent, &task, "first").await.expect(200);
    assert_eq!(replaced["previous_until"], json!(null));
    world.settle().await;
    let signed = (vec!["first".to_owned()], vec!["first".to_owned()]);
    assert_eq!(signers(&inbox.received()[0], &["first"]), signed);

    let plain = world.task(&agent, "25").await;
    replace(&world, &agent, &plain, "first").await.expect_error(409, "no_callback");
    replace(&world, &world.agent("0").await, &task, "first").await.expect_error(404, "not_found");
    replace(&world, &agent, &task, "whsec_***").await.expect_fields(&["callback_secret"]);
}

#[tokio::test]
async fn two_who_replace_it_at_once_leave_one_of_theirs_and_the_one_before() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let play = world.play_to(&inbox, &["*"], &[]).await;
    let (one, two) = futures::join!(
        replace(&world, &play.agent, &play.task, "second"),
        replace(&world, &play.agent, &play.task, "third")
    );
    assert_eq!((one.status, two.status), (200, 200), "{} {}", one.text, two.text);
    world.settle().await;
    let (_, standard) = signers(&inbox.received()[0], &[&inbox.secret, "second", "third"]);
    assert!(["second", "third"].contains(&standard[0].as_str()), "{standard:?}");
    assert_eq!((standard.len(), &standard[1]), (2, &inbox.secret));
}

/// Puts there what no key opens.
async fn replace_sealed(engine: &Engine, table: &str, partition: &str, sort: &str) {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let update = engine.client().update_item().table_name(table).key("pk", text(partition)).key("sk", text(sort));
    let update = update.update_expression("SET ss = :sealed").condition_expression("attribute_exists(ss)");
    update.expression_attribute_values(":sealed", text("of another key")).send().await.unwrap();
}

#[tokio::test]
async fn where_nothing_can_open_it_nothing_is_sent_and_the_log_of_deliveries_says_so() {
    let engine = Engine::open(None).unwrap();
    let world = World::with(Options::ephemeral(), Rig { engine: Some(engine.clone()), ..Rig::default() }).await;
    let inbox = Inbox::open().await;
    let play = world.play_to(&inbox, &["task.created", "task.cancelled"], &[]).await;
    world.settle().await;
    assert_eq!(inbox.events(), ["task.created"]);
    replace_sealed(&engine, "humanops-core", &play.task, "H").await;

    world.post(&play.agent, &format!("/tasks/{}/cancel", play.task), json!({})).await.expect(200);
    world.settle().await;
    let deliveries = async || {
        let told = world.get(&play.agent, "/events?type=task.cancelled").await.expect(200);
        told["data"][0]["deliveries"].as_array().unwrap().clone()
    };
    let first = &deliveries().await[0];
    assert_eq!((&first["error"], first["next_at"].is_string()), (&json!("secret_unreadable"), true));
    for _ in 0..30 {
        world.advance(4 * HOUR_S).await;
    }
    let all = deliveries().await;
    assert_eq!((all.len(), &all[9]["next_at"]), (10, &json!(null)), "and no more");
    assert_eq!(inbox.events(), ["task.created"]);
}

#[tokio::test]
async fn a_test_that_nothing_can_sign_is_not_tried_again() {
    let engine = Engine::open(None).unwrap();
    let world = World::with(Options::ephemeral(), Rig { engine: Some(engine.clone()), ..Rig::default() }).await;
    let (inbox, agent) = (Inbox::open().await, world.agent("0").await);
    world.settle().await;
    let body = json!({ "url": inbox.url, "secret": "a secret" });
    let sent = world.post(&agent, "/events/test", body).await.expect(202);
    let place = format!("{:015}", sent["sequence"].as_u64().unwrap());
    replace_sealed(&engine, "humanops-edge", &format!("L#{}", agent.id), &place).await;

    world.settle().await;
    world.advance(4 * HOUR_S).await;
    let told = world.get(&agent, "/events?type=test.ping").await.expect(200);
    let [delivery] = &told["data"][0]["deliveries"].as_array().unwrap()[..] else { panic!("{}", told.text) };
    assert_eq!((&delivery["error"], &delivery["next_at"]), (&json!("secret_unreadable"), &json!(null)));
    assert!(inbox.received().is_empty());
}
