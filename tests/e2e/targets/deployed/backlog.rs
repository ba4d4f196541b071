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
/// Between two sweeps, and what one may take.
const SWEEP: Duration = Duration::from_secs(60 + 35);
/// What a callback takes at least when nobody else is there: less by itself, but the emulator starts the functions that
/// a backlog needs on the processors of this machine.
const LEAST: Duration = Duration::from_secs(5);
/// An attempt at the dead server, for which whoever waits behind the backlog waits beside all else.
const ATTEMPT: Duration = Duration::from_secs(15);
const BEAT: Duration = Duration::from_millis(20);
/// Callbacks of the quiet agent while the backlog is worked at.
const ROUNDS: usize = 7;

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
    let dead = async |number: u32| {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        id[6..].copy_from_slice(&store::random_bits());
        let (event, body) = (EventId::from_bytes(id), "{}".to_owned());
        let name = EventType::Task(EventName::Cancelled);
        let told = Event { id: event, agent, task: Some(task), name, at, body, callback: None };
        let sequence = stack.store.record_events(&[told]).await.unwrap()[0];
        stack
            .store
            .plan_retry(&Delivery { event, agent, task: Some(task), sequence, at, attempt: 2 }, at)
            .await
            .unwrap();
        event
    };
    stream::iter(0..BACKLOG).map(dead).buffer_unordered(16).collect().await
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
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        took.push(told(&stack, &quiet, &inbox).await);
    }
    took.sort();
    println!("callbacks beside a backlog took {took:.1?}, and at most {alone:.1?} without");
    assert!(took[ROUNDS / 2] < 2 * alone, "{took:?}, and {alone:?} when nobody else is there");
    assert!(took[ROUNDS - 1] < alone + ATTEMPT, "{took:?}, and {alone:?} when nobody else is there");
    stack.audit(&stack.admin_key).await;
    // The next test need not live with them.
    let drop = async |event| stack.store.drop_retry(event).await.unwrap();
    stream::iter(events).map(drop).buffer_unordered(16).for_each(|()| async {}).await;
}
