//! The numbers of events, whoever records them and however often: one each, none left out, none twice.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::agent::event::EventType;
use domain::event::EventName;
use domain::{AgentId, EventId, TaskId};
use futures::future::join_all;
use harness::{Agent, Api, DAY_S, Fault, Proxy, World};
use humanops::Options;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use store::events::Event;
use store::events::log::Filter;

const EVENTS: u32 = 10_000;
const RELAYS: u32 = 8;
/// Events of one change: more than there are, so that so many need not take minutes.
const EACH: u32 = 10;

fn event(world: &World, agent: &Agent, number: u32) -> Event {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    let name = EventType::Task(EventName::Submitted);
    let (task, body) = (Some(TaskId::from_bytes(id)), format!(r#"{{"number":{number}}}"#));
    let (id, agent) = (EventId::from_bytes(id), AgentId::parse(&agent.id).unwrap());
    Event { id, agent, task, name, at: world.now(), body, callback: None }
}

/// The batches of one relay: its share of all changes, in an order of its own, and of another's share every tenth again.
fn batches(world: &World, agent: &Agent, relay: u32) -> Vec<Vec<Event>> {
    let own = (0..EVENTS / EACH).filter(|change| change % RELAYS == relay);
    let anothers = (0..EVENTS / EACH).filter(|change| change % RELAYS == (relay + 1) % RELAYS && change % 10 == 0);
    let mut changes: Vec<u32> = own.chain(anothers).collect();
    // As good as shuffled: the multiplier has no factor in common with the modulus, a prime.
    changes.sort_by_key(|change| change * 7_919 % 1_009);
    let events = |change: u32| (EACH * change..EACH * (change + 1)).map(|number| event(world, agent, number)).collect();
    changes.into_iter().map(events).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_events_of_eight_relays_are_read_once_each_without_a_gap_while_they_are_written() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    world.settle().await;
    let started = Instant::now();

    let relay = |number: u32| {
        let (store, batches) = (world.system.store.clone(), batches(&world, &agent, number));
        tokio::spawn(async move {
            for batch in batches {
                store.record_events(&batch).await.unwrap();
            }
        })
    };
    let relays = join_all((0..RELAYS).map(relay));
    let reader = async {
        let (mut after, mut numbers, mut read) = (1, Vec::new(), BTreeSet::new());
        while read.len() < EVENTS as usize {
            let page = world.get(&agent, &format!("/events?after={after}&limit=100&wait_s=5")).await.expect(200);
            for event in page["data"].as_array().unwrap() {
                numbers.push(event["sequence"].as_u64().unwrap());
                assert!(read.insert(event["payload"]["number"].as_u64().unwrap()), "{event} was read before");
            }
            after = page["next_after"].as_u64().unwrap();
        }
        numbers
    };
    let (done, numbers) = futures::join!(relays, reader);
    done.into_iter().for_each(Result::unwrap);

    assert!(numbers.into_iter().eq(2..=u64::from(EVENTS) + 1), "in order, from behind the key's on");
    let rest = world.get(&agent, &format!("/events?after={}", EVENTS + 1)).await.expect(200);
    assert_eq!(rest["data"], serde_json::json!([]));
    println!("{EVENTS} events in {:?}", started.elapsed());
}

#[tokio::test]
async fn whoever_records_again_hears_the_number_and_the_first_bytes_stay() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let store = &world.system.store;
    let (one, two) = (event(&world, &agent, 1), event(&world, &agent, 2));
    assert_eq!(store.record_events(std::slice::from_ref(&one)).await.unwrap(), [1]);
    assert_eq!(store.record_events(&[two.clone(), one.clone()]).await.unwrap(), [2, 1]);
    let other = Event { body: "{}".to_owned(), ..one.clone() };
    assert_eq!(store.record_events(&[other]).await.unwrap(), [1]);
    assert_eq!(store.find_event(one.id).await.unwrap().unwrap().event, one);
    assert_eq!(store.record_events(&[]).await.unwrap(), [0; 0]);
}

#[tokio::test]
async fn lost_answers_and_lack_of_capacity_cost_no_number() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let agent = world.agent("0").await;
    let throttled = Fault::Refuse("ProvisionedThroughputExceededException");
    // One write each for the head, the event and its mark.
    let faults: [&[Fault]; 6] = [
        &[Fault::LoseAnswer, Fault::Pass, Fault::LoseAnswer, Fault::Pass, Fault::LoseAnswer],
        &[Fault::BreakAnswer, Fault::Pass, Fault::BreakAnswer, Fault::Pass, Fault::BreakAnswer],
        &[throttled, Fault::LoseAnswer, throttled],
        &[Fault::Fail; 2],
        &[Fault::Refuse("TransactionConflictException"); 3],
        &[Fault::Pass, Fault::Fail, Fault::LoseAnswer],
    ];
    for (number, faults) in (1..).zip(faults) {
        proxy.inject("PutItem", faults);
        let sequence = world.system.store.record_events(&[event(&world, &agent, number)]).await.unwrap();
        assert_eq!((sequence, proxy.unmet()), (vec![u64::from(number)], 0), "{faults:?}");
    }
    assert_eq!(told(&world, &agent).await, [1, 2, 3, 4, 5, 6]);
}

/// The numbers in the payloads of all events of an agent, whose own must follow without a gap.
async fn told(world: &World, agent: &Agent) -> Vec<u64> {
    let events = world.get(agent, "/events?limit=100").await.expect(200);
    let events = events["data"].as_array().unwrap();
    let sequences: Vec<u64> = events.iter().map(|event| event["sequence"].as_u64().unwrap()).collect();
    assert!(sequences.iter().copied().eq(1..=events.len() as u64), "{sequences:?}");
    events.iter().map(|event| event["payload"]["number"].as_u64().unwrap()).collect()
}

/// Two events of one change, of which so many writes are done: the head, each event, each mark.
#[tokio::test]
async fn whoever_is_killed_while_recording_leaves_nothing_out_whoever_comes_next() {
    for done in 0..5 {
        for repeats in [true, false] {
            let (proxy, world) = Proxy::world(Options::ephemeral()).await;
            let (agent, store) = (world.agent("0").await, &world.system.store);
            let [one, two, three] = [1, 2, 3].map(|number| event(&world, &agent, number));
            let pair = [one.clone(), two.clone()];

            // What is refused for good is not tried again: so much happened, and no more.
            let writes: Vec<Fault> =
                std::iter::repeat_n(Fault::Pass, done).chain([Fault::Refuse("ValidationException")]).collect();
            proxy.inject("PutItem", &writes);
            assert!(store.record_events(&pair).await.is_err());
            assert_eq!(proxy.unmet(), 0);

            if repeats {
                assert_eq!(store.record_events(&pair).await.unwrap(), [1, 2], "{done}");
            }
            let is_there = repeats || done > 0;
            let next = if is_there { 3 } else { 1 };
            assert_eq!(store.record_events(std::slice::from_ref(&three)).await.unwrap(), [next], "{done}");
            let expected = if is_there { vec![1, 2, 3] } else { vec![3] };
            assert_eq!(told(&world, &agent).await, expected, "{done}");
            for event in if is_there { vec![one, two, three] } else { vec![three] } {
                assert_eq!(store.find_event(event.id).await.unwrap().map(|found| found.event), Some(event));
            }
        }
    }
}

#[tokio::test]
async fn an_event_that_can_not_be_seen_yet_is_not_passed_over_and_one_that_has_expired_is() {
    let (world, engine) = with_engine().await;
    let agent = world.agent("0").await;
    let (store, id) = (&world.system.store, AgentId::parse(&agent.id).unwrap());
    for number in 1..=3 {
        store.record_events(&[event(&world, &agent, number)]).await.unwrap();
    }
    let (pk, sk) = (format!("L#{id}"), format!("{:015}", 2));
    let key = |delete: &str| AttributeValue::S(delete.to_owned());
    let delete = engine.delete_item().table_name("humanops-edge").key("pk", key(&pk)).key("sk", key(&sk));
    delete.send().await.unwrap();

    let numbers = async || {
        let stretch = store.events(id, 0, &Filter::default(), 10).await.unwrap();
        (stretch.events.iter().map(|it| it.sequence).collect::<Vec<_>>(), stretch.next_after)
    };
    assert_eq!(numbers().await, (vec![1], 1), "2 was committed before 3, and will be seen in a moment");
    world.pass(30 * DAY_S - 1);
    store.record_events(&[event(&world, &agent, 4)]).await.unwrap();
    assert_eq!(numbers().await, (vec![1], 1));
    world.pass(1);
    assert_eq!(numbers().await, (vec![4], 4), "what is gone for good holds up nobody");
}

/// A world, and a way past its store.
async fn with_engine() -> (World, aws_sdk_dynamodb::Client) {
    let engine = humanops::engine::Engine::open(None).unwrap();
    let rig = humanops::system::Rig { engine: Some(engine.clone()), ..Default::default() };
    (World::with(Options::ephemeral(), rig).await, engine.client())
}

#[tokio::test]
async fn whoever_waits_beyond_what_a_filter_looks_at_is_answered_at_once() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    for first in (0..1_100).step_by(20) {
        let batch: Vec<Event> = (first..first + 20).map(|number| event(&world, &agent, number)).collect();
        world.system.store.record_events(&batch).await.unwrap();
    }
    let started = Instant::now();
    let page = world.get(&agent, "/events?type=task.expired&wait_s=20").await.expect(200);
    assert_eq!((&page["data"], &page["next_after"]), (&serde_json::json!([]), &serde_json::json!(1_000)));
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}
