//! A backlog of one agent's callbacks: nobody else waits behind it, and no money.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{AgentId, EventId, TaskId, Timestamp};
use dynoxide::ImportOptions;
use dynoxide::types::AttributeValue as Stored;
use harness::Step::Accept;
use harness::deployed::poll;
use harness::{Api, Inbox, MINUTE_S, World};
use humanops::engine::Engine;
use humanops::system::{Rig, System};
use humanops::{Options, system};
use serde_json::json;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;
use store::events::deliveries::{Delivery, retry_item};
use store::events::job::Job;
use tokio::net::TcpListener;

/// More than the sweeper takes on of one agent in a day.
const BACKLOG: u32 = 100_000;
/// Retries of one agent that a sweep takes on.
const SHARE: usize = 100;

/// Of agents whose ids end alike, so that they share a shard of the index.
fn delivery(agent: u8, number: u32) -> Delivery {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    id[4] = agent;
    let at = Timestamp::parse(harness::START).unwrap();
    let agent = AgentId::from_bytes([agent; 16]);
    Delivery { event: EventId::from_bytes(id), agent, task: TaskId::from_bytes(id), at, attempt: 2 }
}

/// Straight into the tables: so many would take minutes through the SDK.
fn seed(engine: &Engine, deliveries: impl Iterator<Item = Delivery>, due_at: Timestamp) {
    let stored = |value: AttributeValue| match value {
        AttributeValue::S(text) => Stored::S(text),
        AttributeValue::N(digits) => Stored::N(digits),
        other => panic!("{other:?} in a retry"),
    };
    let item =
        |delivery: Delivery| retry_item(&delivery, due_at).into_iter().map(|(name, v)| (name, stored(v))).collect();
    let items = deliveries.map(item).collect();
    engine.database.import_items("humanops-core", items, ImportOptions::default()).unwrap();
}

#[tokio::test]
async fn a_hundred_thousand_dead_callbacks_delay_neither_a_refund_nor_another_agents_retry() {
    let engine = Engine::open(None).unwrap();
    let world = World::with(Options::ephemeral(), Rig { engine: Some(engine.clone()), ..Rig::default() }).await;
    let play = world.play(&[Accept]).await;
    let due_at = world.now().plus_seconds(60);
    seed(&engine, (0..BACKLOG).map(|number| delivery(8, number)), due_at);
    seed(&engine, [delivery(16, 0)].into_iter(), due_at.plus_seconds(60));
    world.settle().await;
    world.pass(2 * harness::DAY_S);

    let carried = RefCell::new(Vec::new());
    let carry = |jobs: Vec<Job>| {
        carried.borrow_mut().extend(jobs);
        std::future::ready(Ok::<_, Infallible>(()))
    };
    // No time at all: each kind still has its first page.
    sweeper::sweep(&world.system.store, Duration::ZERO, carry).await.unwrap();
    world.assert_balances(&play.agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    assert_eq!(carried.borrow().len(), SHARE, "a page of one agent's, which is its share");

    carried.borrow_mut().clear();
    sweeper::sweep(&world.system.store, Duration::from_secs(3_600), carry).await.unwrap();
    let mut by_agent: BTreeMap<AgentId, usize> = BTreeMap::new();
    for job in carried.take() {
        let Job::Deliver(delivery) = job else { panic!("{job:?} of the sweeper") };
        *by_agent.entry(delivery.agent).or_default() += 1;
    }
    let expected = BTreeMap::from([(AgentId::from_bytes([8; 16]), SHARE), (AgentId::from_bytes([16; 16]), 1)]);
    assert_eq!(by_agent, expected, "who has much waits behind nobody but itself");

    // What was taken on is nobody else's for a quarter of an hour, and then it is due again.
    let again = async || {
        let carried = RefCell::new(0);
        let carry = |jobs: Vec<Job>| {
            let other = AgentId::from_bytes([16; 16]);
            *carried.borrow_mut() +=
                jobs.iter().filter(|job| matches!(job, Job::Deliver(retry) if retry.agent == other)).count();
            std::future::ready(Ok::<_, Infallible>(()))
        };
        sweeper::sweep(&world.system.store, Duration::from_secs(3_600), carry).await.unwrap();
        carried.take()
    };
    assert_eq!(again().await, 0);
    world.pass(15 * MINUTE_S);
    assert_eq!(again().await, 1);
    world.audit().await;
}

/// Takes connections and never answers.
async fn black_hole() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((socket, _)) = listener.accept().await {
            held.push(socket);
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hangs_delays_no_other_agents_callback() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let system = System::start(&Options::ephemeral(), address, system::Rig::default()).await.unwrap();
    let world = World::of(system, address);
    let (noisy, quiet) = (world.agent("5000").await, world.agent("100").await);
    let hole = black_hole().await;
    let cancel = async |agent, url: &str| {
        let mut body = world.task_body("25");
        body["callback_url"] = json!(url);
        body["callback_events"] = json!(["task.cancelled"]);
        let task = world.post(agent, "/tasks", body).await.expect(201).text_of("task_id");
        world.post(agent, &format!("/tasks/{task}/cancel"), json!({})).await.expect(200);
    };
    for _ in 0..100 {
        cancel(&noisy, &hole).await;
    }

    let inbox = Inbox::open().await;
    let started = std::time::Instant::now();
    cancel(&quiet, &inbox.url).await;
    poll(Duration::from_millis(10), "the callback", async || (!inbox.received().is_empty()).then_some(())).await;

    // An attempt at the other takes 15 seconds.
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    world.audit().await;
}

#[tokio::test]
async fn silences_at_the_same_time_all_count_until_the_host_is_left_alone_and_then_none() {
    let world = World::new().await;
    let (store, asked_at, host) = (&world.system.store, world.now(), "silent.example.com:443");
    // They time out one after the other, long after they began.
    let (never, later) = (Timestamp::from_millis(0), asked_at.plus_seconds(45));
    for (open_until, failures) in [(never, 1), (never, 2), (never, 3), (never, 4), (later, 5), (later, 5), (never, 5)] {
        world.pass(1);
        store.count_silence(host, asked_at, open_until).await.unwrap();
        let circuit = store.read([store::Key::circuit(host)]).await.unwrap().circuit(host).unwrap().unwrap();
        assert_eq!(circuit.failures, failures);
        assert_eq!(circuit.open_until, if failures < 5 { never } else { later });
    }
}

#[tokio::test]
async fn a_host_that_was_silent_five_times_is_asked_by_one_at_a_time_until_it_answers() {
    let world = World::new().await;
    // A port that nobody listens on any more.
    let address = TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    let (agent, url) = (world.agent("1000").await, format!("http://{address}/hook"));
    for _ in 0..20 {
        let mut body = world.task_body("25");
        body["callback_url"] = json!(url);
        body["callback_events"] = json!(["task.created"]);
        world.post(&agent, "/tasks", body).await.expect(201);
    }
    world.settle().await;
    let host = outbound::host(&url);
    let circuit = async || {
        let mut found = world.system.store.read([store::Key::circuit(&host)]).await.unwrap();
        found.circuit(&host).unwrap()
    };
    let silences = circuit().await.unwrap().failures;
    assert!((5..=13).contains(&silences), "{silences} of 20 asked before it was noticed");

    // Once the time is over one asks, and all others wait on.
    world.advance(30 * MINUTE_S).await;
    assert_eq!(circuit().await.unwrap().failures, silences + 1);

    let inbox = Inbox::at(address).await;
    for _ in 0..40 {
        world.advance(30 * MINUTE_S).await;
    }
    assert_eq!(circuit().await, None);
    let ids: std::collections::BTreeSet<String> =
        inbox.received().iter().map(|callback| callback.header("webhook-id").unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 20, "each arrives in the end");
    world.audit().await;
}
