//! A backlog of one agent's callbacks: nobody else waits behind it, and no money.

use ::callbacks::{Callbacks, OpeningKeys};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::agent::event::EventType;
use domain::event::EventName;
use domain::{AgentId, EventId, TaskId, Timestamp};
use dynoxide::ImportOptions;
use dynoxide::types::AttributeValue as Stored;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
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
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::events::Event;
use store::events::deliveries::{Delivery, retry_item};
use store::events::job::Job;
use tokio::net::TcpListener;

/// More than the sweeper takes on of one agent in a day.
const BACKLOG: u32 = 100_000;
/// Retries of one agent that a sweep takes on.
const SHARE: usize = 100;

/// What a callback takes at least when nobody else is there. It is less by itself, but the stream is read ten times a
/// second, other tests run beside this one, and twice almost nothing would be a test of this machine. Twice as much is
/// still far less than one attempt at the server that hangs.
const LEAST: Duration = Duration::from_secs(1);

/// Of agents whose ids end alike, so that they share a shard of the index.
fn delivery(agent: u8, number: u32) -> Delivery {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    id[4] = agent;
    let at = Timestamp::parse(harness::START).unwrap();
    let agent = AgentId::from_bytes([agent; 16]);
    Delivery { event: EventId::from_bytes(id), agent, task: Some(TaskId::from_bytes(id)), sequence: 1, at, attempt: 2 }
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

/// A server that takes connections, never answers, and knows how many there were.
pub(crate) async fn black_hole() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (url, asked) = (format!("http://{}/hook", listener.local_addr().unwrap()), Arc::new(AtomicUsize::new(0)));
    let count = asked.clone();
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((socket, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            held.push(socket);
        }
    });
    (url, asked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hangs_delays_no_other_agents_callback() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let system = System::start(&Options::ephemeral(), address, system::Rig::default()).await.unwrap();
    let world = World::of(system, address);
    let (noisy, quiet) = (world.agent("5000").await, world.agent("500").await);
    let ((hole, _), inbox) = (black_hole().await, Inbox::open().await);
    let cancel = async |agent, url: &str| {
        let mut body = world.task_body("25");
        body["callback_url"] = json!(url);
        body["callback_events"] = json!(["task.cancelled"]);
        let task = world.post(agent, "/tasks", body).await.expect(201).text_of("task_id");
        world.post(agent, &format!("/tasks/{task}/cancel"), json!({})).await.expect(200);
    };
    let told = async || {
        let (before, started) = (inbox.received().len(), Instant::now());
        cancel(&quiet, &inbox.url).await;
        poll(Duration::from_millis(10), "the callback", async || (inbox.received().len() > before).then_some(())).await;
        started.elapsed()
    };
    let mut alone = LEAST;
    for _ in 0..3 {
        alone = alone.max(told().await);
    }

    for _ in 0..100 {
        cancel(&noisy, &hole).await;
    }
    // The stream has one order for all: what the other did before is passed on first.
    told().await;
    for _ in 0..3 {
        // An attempt at the other takes 15 seconds.
        let took = told().await;
        assert!(took < 2 * alone, "{took:?}, and {alone:?} when nobody else is there");
    }
    world.audit().await;
}

/// As twenty invocations of the worker do, each with a batch of five.
#[tokio::test]
async fn of_a_hundred_callbacks_to_a_host_that_hangs_one_waits_for_it_and_the_others_for_the_sweeper() {
    let (world, (hole, asked)) = (World::new().await, black_hole().await);
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    body["callback_url"] = json!(hole);
    let task = TaskId::parse(&world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id")).unwrap();
    let (agent, store) = (AgentId::parse(&agent.id).unwrap(), &world.system.store);
    let client = outbound::Client::new(outbound::Reach::LoopbackAllowed { own_port: None }, Duration::from_secs(15));
    let keys = OpeningKeys::parse(&world.system.callback_key).unwrap();
    let worker = Callbacks::new(store.clone(), client, keys);
    let (at, name) = (world.now(), EventType::Task(EventName::Verified));
    let told = |number: u8| {
        let (id, body) = (EventId::from_bytes([number; 16]), "{}".to_owned());
        Event { id, agent, task: Some(task), name, at, body, callback: None }
    };
    let mut sequences = Vec::new();
    for first in [0, 25, 50, 75] {
        let batch: Vec<Event> = (first..first + 25).map(told).collect();
        sequences.extend(store.record_events(&batch).await.unwrap());
    }
    let deliver = async |number: u8| {
        let (event, sequence) = (EventId::from_bytes([number; 16]), sequences[usize::from(number)]);
        worker.deliver(&Delivery { event, agent, task: Some(task), sequence, at, attempt: 1 }).await.unwrap();
        event
    };

    let mut put_off = Vec::new();
    let mut deliveries: FuturesUnordered<_> = (0..100).map(deliver).collect();
    while put_off.len() < 99 {
        put_off.push(deliveries.next().await.unwrap());
    }

    assert_eq!(asked.load(Ordering::SeqCst), 1);
    let mut planned = store.read(put_off.iter().map(|event| store::Key::retry(*event))).await.unwrap();
    for event in put_off {
        assert_eq!(planned.retry(event).unwrap().unwrap().attempt, 1, "it was not asked, so this was no attempt");
    }
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
async fn a_host_that_has_never_answered_is_asked_by_one_at_a_time_until_it_answers() {
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
    assert!((1..=5).contains(&silences), "{silences} of 20 asked, and not one at a time");

    // Once the time is over one asks, and all others wait on.
    for _ in silences..5 {
        world.advance(MINUTE_S).await;
    }
    let silences = circuit().await.unwrap().failures;
    assert!(silences >= 5, "{silences}");
    world.advance(30 * MINUTE_S).await;
    assert_eq!(circuit().await.unwrap().failures, silences + 1);

    let inbox = Inbox::at(address).await;
    for _ in 0..40 {
        world.advance(30 * MINUTE_S).await;
    }
    assert_eq!(circuit().await.unwrap().failures, 0);
    let ids: std::collections::BTreeSet<String> =
        inbox.received().iter().map(|callback| callback.header("webhook-id").unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 20, "each arrives in the end");
    world.audit().await;
}
