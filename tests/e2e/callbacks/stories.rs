//! Which events are told, with which bytes and signatures.

use harness::Step::{Accept, Advance, Cancel, Dispute, Release, Resolve, Start, Submit, Verify};
use harness::{Api, Caller, DAY_S, Inbox, Received, Step, World, clerk};
use humanops::system::Rig;
use serde_json::json;

#[tokio::test]
async fn each_verdict_is_told_once_in_the_references_words_and_signed() {
    let world = World::new().await;
    let next = |by: &str, action: &str, due_at: &str, on_due: &str| {
        format!(r#""next_action":{{"by":"{by}","action":"{action}","due_at":"{due_at}","on_due":"{on_due}"}}"#)
    };
    let decided = |outcome: &str, reason: &str| {
        format!(
            r#""decision":{{"outcome":"{outcome}","decided_by":"GUARDIAN","reason":"{reason}","at":"2026-02-05T12:00:00.000Z"}},"#
        )
    };
    let (met, unmet) = ("All proof requirements met.", "The proof does not meet the requirements.");
    let cases = [
        (
            "guardian:approve",
            "task.verified",
            "COMPLETED",
            format!(r#""decision":"APPROVE","confidence":95,"reasoning":"{met}""#),
            decided("APPROVED", met) + &next("SYSTEM", "release_earnings", "2026-02-12T12:00:00.000Z", "AVAILABLE"),
        ),
        (
            "guardian:review",
            "task.manual_review",
            "SUBMITTED",
            concat!(
                r#""decision":"MANUAL_REVIEW","confidence":70,"#,
                r#""reasoning":"The proof leaves doubt: please review it yourself.","review_reason":"LOW_CONFIDENCE""#
            )
            .to_owned(),
            next("AGENT", "verify", "2026-02-08T12:00:00.000Z", "COMPLETED"),
        ),
        (
            "guardian:reject",
            "task.disputed",
            "DISPUTED",
            format!(r#""decision":"REJECT","confidence":20,"reasoning":"{unmet}""#),
            decided("REJECTED", unmet) + &next("STAFF", "resolve", "2026-02-10T12:00:00.000Z", "ESCALATED"),
        ),
    ];
    for (notes, event, status, result, after) in cases {
        let inbox = Inbox::open().await;
        let play = world.play_to(&inbox, &[], &[Accept, Start, Submit(notes)]).await;
        world.settle().await;

        let [callback] = <[Received; 1]>::try_from(inbox.received()).unwrap();
        let (task, id) = (&play.task, callback.json()["id"].as_str().unwrap().to_owned());
        let expected = format!(
            concat!(
                r#"{{"event":"{}","task_id":"{}","guardian_result":{{{}}},"timestamp":"2026-02-05T12:00:00.000Z","#,
                r#""id":"{}","status":"{}",{}}}"#
            ),
            event, task, result, id, status, after
        );
        assert_eq!(String::from_utf8(callback.body.clone()).unwrap(), expected);
        assert!(id.starts_with("evt_"), "{id}");
        assert_eq!(callback.checked_by_node(&inbox.secret), format!("HumanOps event: {event} {task}"));
        assert_eq!(callback.checked_by_node("another-secret"), "Invalid signature");
        for at in [0, callback.body.len() / 2, callback.body.len() - 1] {
            let mut changed = callback.clone();
            changed.body[at] ^= 1;
            assert_eq!(changed.checked_by_node(&inbox.secret), "Invalid signature", "byte {at}");
        }
        let seconds = world.now().seconds();
        let standard = outbound::signature::standard(&inbox.secret, &id, seconds, &callback.body);
        assert_eq!(callback.header("webhook-signature"), Some(standard.as_str()));
        assert_eq!(callback.header("webhook-id"), Some(id.as_str()));
        assert_eq!(callback.header("webhook-timestamp"), Some(seconds.to_string().as_str()));
        assert_eq!(callback.header("content-type"), Some("application/json"));
    }
    world.audit().await;
}

#[tokio::test]
async fn without_a_secret_nothing_is_signed() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let mut body = world.task_body("25");
    body["callback_url"] = json!(inbox.url);
    let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.accept(&operator, &task).await;
    world.submit(&operator, &task, "guardian:approve").await;
    world.settle().await;

    let [callback] = <[Received; 1]>::try_from(inbox.received()).unwrap();

    assert_eq!(callback.header("x-humanops-signature"), None);
    assert_eq!(callback.header("webhook-signature"), None);
    assert!(callback.header("webhook-id").is_some());
}

/// Steps, each with the events that it causes; those of one commit arrive in any order.
type Story = &'static [(Step, &'static [&'static str])];

const STORIES: [Story; 6] = [
    &[
        (Accept, &["task.accepted"]),
        (Start, &["task.started"]),
        (Submit("guardian:review"), &["task.manual_review", "task.submitted"]),
        (Verify("APPROVE"), &["task.completed", "task.verified"]),
        (Dispute, &["task.disputed"]),
        (Resolve("SPLIT", Some(5_000)), &["task.completed", "task.dispute_resolved"]),
        (Advance(100 * DAY_S), &[]),
    ],
    &[
        (Accept, &["task.accepted"]),
        (Submit("guardian:approve"), &["task.completed", "task.submitted", "task.verified"]),
        (Advance(100 * DAY_S), &[]),
    ],
    &[
        (Accept, &["task.accepted"]),
        (Submit("guardian:reject"), &["task.disputed", "task.submitted"]),
        (Advance(100 * DAY_S), &[]),
        (Resolve("REFUND", None), &["task.cancelled", "task.dispute_resolved"]),
    ],
    &[
        (Accept, &["task.accepted"]),
        (Submit("guardian:review"), &["task.manual_review", "task.submitted"]),
        (Advance(3 * DAY_S), &["task.completed", "task.verified"]),
    ],
    &[
        (Accept, &["task.accepted"]),
        (Release, &["task.released"]),
        (Accept, &["task.accepted"]),
        (Cancel, &["task.cancelled"]),
        (Advance(100 * DAY_S), &[]),
    ],
    &[(Accept, &["task.accepted"]), (Start, &["task.started"]), (Advance(2 * DAY_S), &["task.expired"])],
];

#[tokio::test]
async fn all_events_tell_the_whole_story_in_order() {
    let world = World::new().await;
    for story in STORIES {
        let inbox = Inbox::open().await;
        let play = world.play_to(&inbox, &["*"], &[]).await;
        world.settle().await;
        assert_eq!(inbox.events(), ["task.created"]);
        let mut told = 1;
        for (step, expected) in story {
            world.act(&play, &[*step]).await;
            world.settle().await;
            let mut news = inbox.events().split_off(told);
            told += news.len();
            news.sort();
            assert_eq!(news, *expected, "{step:?} of {story:?}");
        }
        let callbacks = inbox.received();
        assert!(callbacks.iter().all(|callback| callback.json()["task_id"] == play.task));
        let ids: std::collections::BTreeSet<String> = callbacks.iter().map(|c| c.json()["id"].to_string()).collect();
        assert_eq!(ids.len(), callbacks.len(), "each event has an id of its own");
    }
    world.audit().await;
}

#[tokio::test]
async fn only_the_chosen_events_are_told() {
    let world = World::new().await;
    let cases: [(&[&str], &[&str]); 3] = [
        (&[], &["task.verified"]),
        (&["task.accepted", "task.completed"], &["task.accepted", "task.completed"]),
        (&["task.cancelled", "task.expired"], &[]),
    ];
    for (chosen, expected) in cases {
        let inbox = Inbox::open().await;
        world.play_to(&inbox, chosen, &[Accept, Start, Submit("guardian:approve")]).await;
        world.settle().await;
        assert_eq!(inbox.events(), expected, "{chosen:?}");
    }
}

#[tokio::test]
async fn a_callback_can_only_go_to_a_public_https_url_or_in_test_mode_to_this_machine() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let cases = [
        ("https://your-app.com/webhook", 201),
        ("http://127.0.0.1:9/webhook", 201),
        ("http://localhost:9/webhook", 201),
        ("http://your-app.com/webhook", 400),
        ("http://10.0.0.1/", 400),
        ("https://10.0.0.1/", 400),
        ("https://0x0a.1/", 400),
        ("https://169.254.169.254/latest/meta-data", 400),
        ("https://[fd00::1]/", 400),
        ("https://me:secret@your-app.com/", 400),
        ("https://your-app.com:8443/", 400),
        ("https://metadata.google.internal/", 400),
        ("ftp://your-app.com/", 400),
        ("/webhook", 400),
    ];
    for (url, status) in cases {
        let mut body = world.task_body("10");
        body["callback_url"] = json!(url);
        let reply = world.post(&agent, "/tasks", body).await.expect(status);
        assert_eq!(reply["details"]["fields"]["callback_url"].is_string(), status == 400, "{url}: {}", reply.text);
    }
    let live = World::with(clerk::live(clerk::ISSUER), Rig::default()).await;
    let account = json!({ "name": "my-agent", "email": "agent@example.com" });
    let key = live.post(live.admin(), "/agents/register", account).await.expect(201).text_of("api_key");
    let mut body = live.task_body("10");
    body["callback_url"] = json!("http://127.0.0.1:9/webhook");
    let headers = [("x-api-key", key.as_str())];
    let reply = live.request(Caller::Nobody, "POST", "/tasks", &headers, Some(body)).await;
    assert!(reply.expect_error(400, "invalid_request")["details"]["fields"]["callback_url"].is_string());
}

#[tokio::test]
async fn a_week_after_the_test_clock_was_moved_a_receiver_still_takes_a_callback() {
    // The rule of the official verifiers of Standard Webhooks: five minutes, either way, by their own clock.
    const TOLERANCE_S: i64 = 5 * 60;
    let world = World::running().await;
    let inbox = Inbox::open().await;
    world.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": 7 * DAY_S })).await.expect(200);
    world.play_to(&inbox, &[], &[Accept, Submit("guardian:approve")]).await;
    world.settle().await;

    let [callback] = <[Received; 1]>::try_from(inbox.received()).unwrap();
    let sent_at: i64 = callback.header("webhook-timestamp").unwrap().parse().unwrap();
    let here = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let apart = sent_at - i64::try_from(here).unwrap();
    assert!(apart.abs() < TOLERANCE_S, "{apart} s");
    let id = callback.header("webhook-id").unwrap();
    let signature = outbound::signature::standard(&inbox.secret, id, sent_at, &callback.body);
    assert_eq!(callback.header("webhook-signature"), Some(signature.as_str()));
}
