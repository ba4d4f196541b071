//! `POST /test/clock/advance`: the clock of a process in test mode.

use harness::deployed::poll;
use harness::{Api, Caller, Inbox, World};
use humanops::Options;
use humanops::system::{Rig, System};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

#[tokio::test]
async fn a_clock_that_is_moved_says_where_it_stands() {
    let world = World::new().await;
    let reply = world.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": 90 })).await.expect(200);
    assert_eq!(reply.json, json!({ "now": "2026-02-05T12:01:30.000Z", "ahead_seconds": 90 }));
    assert_eq!(world.now().to_string(), "2026-02-05T12:01:30.000Z");
    for seconds in [json!(-1), json!(366 * 86_400 + 1), json!(1.5), json!("60"), json!(null)] {
        let reply = world.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": seconds })).await;
        reply.expect_fields(&["seconds"]);
    }
    assert_eq!(world.now().to_string(), "2026-02-05T12:01:30.000Z");
}

#[tokio::test]
async fn a_clock_goes_ten_years_ahead_and_no_further() {
    let world = World::new().await;
    let step = async || world.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": 366 * 86_400 })).await;
    for _ in 0..10 {
        step().await.expect(200);
    }
    let there = world.now();
    step().await.expect_error(400, "clock_too_far");
    assert_eq!(world.now(), there);
}

/// Requests at once, and again and again: more than ever lets the stream come to rest.
const BUSY: usize = 8;
/// Twice what the answer waits for at most, and room.
const BUSY_MAX: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_who_keep_the_stream_busy_do_not_keep_the_clock_from_its_answer() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let world = World::of(System::start(&Options::ephemeral(), address, Rig::default()).await.unwrap(), address);
    let busy = async |_: usize| loop {
        world.agent("0").await;
    };
    let advance = world.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": 1 }));
    let answered = tokio::select! {
        answer = tokio::time::timeout(BUSY_MAX, advance) => answer,
        _ = futures::future::join_all((0..BUSY).map(busy)) => unreachable!("they never end"),
    };
    answered.expect("an answer in time").expect(200);
}

/// Until the answer, beside a customer's server that hangs: the three seconds that it has, and room.
const ANSWERED_MAX: Duration = Duration::from_secs(8);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customers_server_that_hangs_holds_up_neither_the_clock_nor_others() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let world = World::of(System::start(&Options::ephemeral(), address, Rig::default()).await.unwrap(), address);
    // It takes connections and never answers.
    let hole = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (agent, inbox) = (world.agent("100").await, Inbox::open().await);
    let cancel = async |url: &str| {
        let mut body = world.task_body("25");
        body["callback_url"] = json!(url);
        body["callback_events"] = json!(["task.cancelled"]);
        let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
        world.post(&agent, &format!("/tasks/{task}/cancel"), json!({})).await.expect(200);
    };
    cancel(&format!("http://{}/hook", hole.local_addr().unwrap())).await;

    let began = Instant::now();
    let advance = async {
        world.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": 1 })).await.expect(200);
        began.elapsed()
    };
    let other = async {
        cancel(&inbox.url).await;
        poll(Duration::from_millis(10), "the callback", async || (!inbox.received().is_empty()).then_some(())).await;
        began.elapsed()
    };
    let (advanced, told) = tokio::join!(advance, other);
    // An attempt at the one that hangs takes fifteen seconds.
    assert!(advanced < ANSWERED_MAX, "{advanced:?}");
    assert!(told < ANSWERED_MAX, "{told:?}");
    world.audit().await;
}
