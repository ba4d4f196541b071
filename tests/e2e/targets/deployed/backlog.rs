//! A backlog of one agent's callbacks to a server that is dead, on a stack: a refund and another agent's callback come
//! as if it were not there.

use crate::callbacks::backlog::black_hole;
use domain::agent::event::EventType;
use domain::event::EventName;
use domain::{AgentId, EventId, TaskId};
use futures::{StreamExt, stream};
use harness::binary::in_days;
use harness::deployed::{Deployed, poll};
use harness::{Agent, Api, Inbox, task_body};
use serde_json::json;
use std::time::{Duration, Instant};
use store::events::Event;
use store::events::deliveries::Delivery;

const BACKLOG: u32 = 2_000;
const BATCH: usize = 25;
/// Between two sweeps, and what one may take.
const SWEEP: Duration = Duration::from_secs(60 + 35);
/// What a callback takes at least when nobody else is there: less by itself, but the emulator starts the functions that
/// a backlog needs on the processors of this machine. Twice as much is still less than one attempt at the dead server.
const LEAST: Duration = Duration::from_secs(5);
const BEAT: Duration = Duration::from_millis(20);
/// Callbacks of the quiet agent while the backlog is worked at.
const ROUNDS: u32 = 6;

async fn created(stack: &Deployed, agent: &Agent, url: &str) -> String {
    let mut body = task_body(25, in_days(2));
    body["callback_url"] = json!(url);
    body["callback_events"] = json!(["task.cancelled"]);
    stack.post(agent, "/tasks", body).await.expect(201).text_of("task_id")
}

/// How long it takes until an agent hears that its task is cancelled.
async fn told(stack: &Deployed, agent: &Agent, inbox: &Inbox) -> Duration {
    let task = created(stack, agent, &inbox.url).await;
    let (before, started) = (inbox.received().len(), Instant::now());
    stack.post(agent, &format!("/tasks/{task}/cancel"), json!({})).await.expect(200);
    poll(BEAT, "a callback", async || (inbox.received().len() > before).then_some(())).await;
    started.elapsed()
}

/// Callbacks of this task that failed once and are due now.
async fn seed(stack: &Deployed, agent: &Agent, task: &str) -> Vec<EventId> {
    let (agent, task) = (AgentId::parse(&agent.id).unwrap(), TaskId::parse(task).unwrap());
    let at = stack.store.now();
    let dead = |number: u32| {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        id[6..].copy_from_slice(&store::random_bits());
        let (event, body) = (EventId::from_bytes(id), "{}".to_owned());
        let name = EventType::Task(EventName::Cancelled);
        Event { id: event, agent, task: Some(task), name, at, body, callback: None }
    };
    let numbers: Vec<u32> = (0..BACKLOG).collect();
    let mut deliveries = Vec::new();
    // One batch after the other, as a relay does: many at once would race for the agent's numbers.
    for batch in numbers.chunks(BATCH) {
        let told: Vec<Event> = batch.iter().map(|number| dead(*number)).collect();
        let sequences = stack.store.record_events(&told).await.unwrap();
        let delivery = |(told, sequence): (&Event, u64)| Delivery {
            event: told.id,
            agent,
            task: Some(task),
            sequence,
            at,
            attempt: 2,
        };
        deliveries.extend(told.iter().zip(sequences).map(delivery));
    }
    let plan = async |delivery: Delivery| {
        stack.store.plan_retry(&delivery, at).await.unwrap();
        delivery.event
    };
    stream::iter(deliveries).map(plan).buffer_unordered(16).collect().await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_dead_callbacks_delay_neither_a_refund_nor_another_agents_callback() {
    let stack = Deployed::open().await;
    let (noisy, quiet) = (stack.agent("100.00").await, stack.agent("900.00").await);
    let inbox = Inbox::open().await;
    let mut alone = LEAST;
    for _ in 0..3 {
        alone = alone.max(told(&stack, &quiet, &inbox).await);
    }
    let (hole, _) = black_hole().await;
    let dead = created(&stack, &noisy, &hole).await;
    let owed = stack.agent("100.00").await;
    let late = created(&stack, &owed, &inbox.url).await;
    let events = seed(&stack, &noisy, &dead).await;
    stack.make_overdue(&late).await;

    let started = Instant::now();
    let refunded = async || (stack.task(&late).await.status == domain::status::Status::Cancelled).then_some(());
    poll(BEAT, "a refund", refunded).await;
    assert!(started.elapsed() < SWEEP, "not in the next sweep: {:?}", started.elapsed());
    stack.assert_balance(&owed, "deposit 100.00 escrow 0.00").await;

    // The same sweep has come to the callbacks now.
    for _ in 0..ROUNDS {
        let took = told(&stack, &quiet, &inbox).await;
        assert!(took < 2 * alone, "{took:?}, and {alone:?} when nobody else is there");
    }
    stack.audit(&stack.admin_key).await;
    // The next test need not live with them.
    let drop = async |event| stack.store.drop_retry(event).await.unwrap();
    stream::iter(events).map(drop).buffer_unordered(16).for_each(|()| async {}).await;
}
