//! What happens when the agent's server does not answer 2xx.

use domain::EventId;
use harness::Step::{Accept, Submit};
use harness::{Api, DAY_S, HOUR_S, Inbox, MINUTE_S, Received, Step, World};
use humanops::Options;
use humanops::system::Rig;

const APPROVED: &[Step] = &[Accept, Submit("guardian:approve")];
/// Steps in which time passes where it does not matter how fast.
const STEP_S: u32 = 4 * HOUR_S;
/// Steps that ten attempts can take: the nine waits, a fifth less or more, each until the end of a step.
const STEPS: std::ops::RangeInclusive<usize> = 19..=28;

/// The delivery log: number, outcome, whether another is planned.
async fn log(world: &World, callback: &Received) -> Vec<(u32, String, bool)> {
    let id = EventId::parse(callback.header("webhook-id").unwrap()).unwrap();
    let attempts = world.system.store.find_event(id).await.unwrap().unwrap().attempts;
    attempts.into_iter().map(|attempt| (attempt.number, attempt.outcome, attempt.next_at.is_some())).collect()
}

#[tokio::test]
async fn a_failed_callback_is_sent_again_when_it_is_due_with_the_same_bytes() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[500, 503]).await);
    world.play_to(&inbox, &[], APPROVED).await;
    assert_eq!(inbox.received().len(), 1);

    // The waits are 5 s and 5 min, each a fifth more or less.
    world.advance(3).await;
    assert_eq!(inbox.received().len(), 1, "not before it is due");
    world.advance(3).await;
    assert_eq!(inbox.received().len(), 2);
    world.advance(4 * MINUTE_S - 1).await;
    assert_eq!(inbox.received().len(), 2, "not before it is due");
    world.advance(2 * MINUTE_S + 1).await;
    assert_eq!(inbox.received().len(), 3);
    world.advance(10 * DAY_S).await;

    let callbacks = inbox.received();
    assert_eq!(callbacks.len(), 3, "once it has arrived it is not sent again");
    let stamps: Vec<&str> = callbacks.iter().map(|c| c.header("webhook-timestamp").unwrap()).collect();
    let start = domain::Timestamp::parse(harness::START).unwrap().seconds();
    assert_eq!(stamps, [start; 3].map(|at| at.to_string()), "time has passed for the tests only");
    for (again, stamp) in callbacks.iter().zip(stamps) {
        assert_eq!(again.body, callbacks[0].body);
        assert_eq!(again.header("webhook-id"), callbacks[0].header("webhook-id"));
        assert_eq!(again.header("x-humanops-signature"), callbacks[0].header("x-humanops-signature"));
        let id = again.header("webhook-id").unwrap();
        let signature = outbound::signature::standard(&inbox.secret, id, stamp.parse().unwrap(), &again.body);
        assert_eq!(again.header("webhook-signature"), Some(signature.as_str()), "the new timestamp is signed");
    }
    let expected = [(1, "500", true), (2, "503", true), (3, "204", false)];
    assert_eq!(log(&world, &callbacks[0]).await, expected.map(|(n, outcome, ok)| (n, outcome.to_owned(), ok)));
}

#[tokio::test]
async fn only_an_answer_of_success_is_success() {
    let world = World::new().await;
    for (status, attempts) in [(200, 1), (204, 1), (302, 2), (307, 2), (400, 2), (404, 2), (429, 2), (500, 2)] {
        let inbox = Inbox::answering(&[status]).await;
        world.play_to(&inbox, &[], APPROVED).await;
        assert_eq!(inbox.received().len(), 1, "{status}: a redirect is not followed");
        world.advance(6).await;
        assert_eq!(inbox.events(), vec!["task.verified"; attempts], "{status}");
    }
}

#[tokio::test]
async fn gone_means_that_it_is_never_sent_again() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[500, 410]).await);
    world.play_to(&inbox, &[], APPROVED).await;
    world.advance(6).await;
    for _ in 0..*STEPS.end() {
        world.advance(STEP_S).await;
    }
    let callbacks = inbox.received();
    assert_eq!(log(&world, &callbacks[0]).await.len(), 2);
    assert_eq!(callbacks.len(), 2);
}

#[tokio::test]
async fn after_ten_attempts_it_is_given_up() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[500; 20]).await);
    world.play_to(&inbox, &[], APPROVED).await;
    let mut steps = 0;
    while inbox.received().len() < 10 {
        assert!(steps < *STEPS.end(), "{} attempts in {steps} steps", inbox.received().len());
        world.advance(STEP_S).await;
        steps += 1;
    }
    assert!(STEPS.contains(&steps), "ten attempts in {steps} steps");

    world.advance(10 * DAY_S).await;

    let callbacks = inbox.received();
    assert_eq!(callbacks.len(), 10);
    let log = log(&world, &callbacks[0]).await;
    assert_eq!(log.iter().map(|(number, ..)| *number).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
    assert!(log.iter().all(|(number, outcome, again)| outcome == "500" && *again == (*number < 10)), "{log:?}");
}

#[tokio::test]
async fn one_deaf_server_does_not_keep_the_others_waiting() {
    let world = World::new().await;
    let (deaf, listening) = (Inbox::answering(&[500; 20]).await, Inbox::open().await);
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    for inbox in [&deaf, &listening] {
        let task = world.task_with_callback(&agent, inbox, &[]).await;
        world.accept(&operator, &task).await;
        world.submit(&operator, &task, "guardian:approve").await;
    }
    world.settle().await;
    assert_eq!((deaf.events().len(), listening.events().len()), (1, 1));
}

#[tokio::test]
async fn a_planned_attempt_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options { ephemeral: false, data_dir: folder.path().to_owned(), ..Options::ephemeral() };
    let inbox = Inbox::answering(&[500]).await;
    let first = World::with(options(), Rig::default()).await;
    first.play_to(&inbox, &[], APPROVED).await;
    assert_eq!(inbox.received().len(), 1);
    drop(first);

    let second = World::with(options(), Rig::default()).await;
    second.advance(3).await;
    assert_eq!(inbox.received().len(), 1, "what was relayed is not relayed again");
    second.advance(3).await;

    let callbacks = inbox.received();
    assert_eq!(callbacks.len(), 2);
    assert_eq!(callbacks[1].body, callbacks[0].body);
    assert_eq!(log(&second, &callbacks[0]).await.len(), 2);
    second.audit().await;
}

/// Nothing was relayed for six days, and then the host was only just asked by somebody else.
#[tokio::test]
async fn what_comes_up_too_late_to_wait_for_its_host_says_so_and_promises_nothing() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let agent = world.agent("100").await;
    world.task_with_callback(&agent, &inbox, &["task.created"]).await;
    world.pass(6 * DAY_S);
    let host = inbox.url.trim_start_matches("http://").split('/').next().unwrap();
    let until = world.now().plus_seconds(i64::from(MINUTE_S));
    assert!(world.system.store.probe(host, None, until).await.unwrap());

    world.settle().await;
    world.advance(DAY_S).await;

    assert_eq!(inbox.received().len(), 0);
    let events = world.get(&agent, "/events?type=task.created").await.expect(200);
    let deliveries = events["data"][0]["deliveries"].as_array().unwrap();
    let told: Vec<_> = deliveries.iter().map(|it| (it["error"].as_str(), it["next_at"].is_null())).collect();
    assert_eq!(told, [(Some("too_late"), true)], "{}", events.text);
}
