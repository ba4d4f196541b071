//! `GET /events`: what is told, in which order, to whom, and how long somebody waits for it.

use harness::Step::{Accept, Submit};
use harness::{Agent, Api, Caller, DAY_S, Inbox, Reply, World};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Numbers and types.
fn told(reply: &Reply) -> Vec<(u64, &str)> {
    let events = reply["data"].as_array().unwrap().iter();
    events.map(|event| (event["sequence"].as_u64().unwrap(), event["type"].as_str().unwrap())).collect()
}

async fn list(world: &World, agent: &Agent, query: &str) -> Reply {
    world.get(agent, &format!("/events{query}")).await.expect(200)
}

#[tokio::test]
async fn what_happens_is_numbered_in_order_with_the_bytes_of_its_callback_and_its_attempts() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[503]).await);
    let play = world.play_to(&inbox, &[], &[Accept, Submit("guardian:approve")]).await;

    let all = list(&world, &play.agent, "").await;
    let names = ["key.created", "deposit.confirmed", "task.created", "task.accepted", "task.submitted"];
    let names = names.into_iter().chain(["task.verified", "task.completed"]);
    assert_eq!(told(&all), (1..).zip(names).collect::<Vec<_>>());
    assert_eq!(all["next_after"], 7);

    let [callback] = &inbox.received()[..] else { panic!("one callback was sent") };
    let verified = &all["data"][5];
    assert_eq!(verified["payload"], callback.json());
    assert_eq!(verified["id"], callback.json()["id"]);
    assert_eq!(verified["task_id"], play.task.as_str());
    assert_eq!(verified["timestamp"], harness::START);
    let [first] = &verified["deliveries"].as_array().unwrap()[..] else { panic!("{}", all.text) };
    assert_eq!((&first["attempt"], &first["status"], &first["error"]), (&json!(1), &json!(503), &Value::Null));
    let next = domain::Timestamp::parse(first["next_at"].as_str().unwrap()).unwrap();
    assert!((4..=6).contains(&(next.seconds() - world.now().seconds())), "{next}");
    assert_eq!(all["data"][6]["deliveries"], json!([]), "the callback is not for it");

    world.advance(6).await;
    let deliveries = list(&world, &play.agent, "?type=task.verified").await["data"][0]["deliveries"].clone();
    assert_eq!(deliveries[0], *first, "what was planned then stands");
    let second = json!({ "attempt": 2, "at": world.now().to_string(), "status": 204, "error": null, "next_at": null });
    assert_eq!(deliveries[1], second);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_by_a_word() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    body["callback_url"] = json!("http://127.0.0.1:9/hook");
    body["callback_events"] = json!(["*"]);
    world.post(&agent, "/tasks", body).await.expect(201);
    world.settle().await;
    let created = list(&world, &agent, "?type=task.created").await;
    let delivery = &created["data"][0]["deliveries"][0];
    assert_eq!((&delivery["status"], &delivery["error"]), (&Value::Null, &json!("connect")), "{}", created.text);
}

#[tokio::test]
async fn each_page_goes_on_where_the_last_one_ended_also_through_a_filter() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let mut tasks = Vec::new();
    for _ in 0..5 {
        tasks.push(world.task(&agent, "25").await);
    }
    world.post(&agent, &format!("/tasks/{}/cancel", tasks[1]), json!({})).await.expect(200);
    world.settle().await;

    let (mut after, mut seen) = (json!(0), Vec::new());
    loop {
        let page = list(&world, &agent, &format!("?after={after}&limit=3")).await;
        after = page["next_after"].clone();
        if page["data"].as_array().unwrap().is_empty() {
            break;
        }
        seen.extend(told(&page).into_iter().map(|(number, name)| (number, name.to_owned())));
    }
    let names = ["key.created", "deposit.confirmed"].into_iter().chain(["task.created"; 5]).chain(["task.cancelled"]);
    assert_eq!(seen, (1..).zip(names.map(str::to_owned)).collect::<Vec<_>>());
    assert_eq!(after, 8, "at the end it stays");

    for (query, numbers, next_after) in [
        (format!("?task_id={}", tasks[1]), vec![4, 8], 8),
        (format!("?task_id={}&type=task.cancelled", tasks[1]), vec![8], 8),
        ("?type=task.created&limit=2".to_owned(), vec![3, 4], 4),
        ("?type=task.created&limit=2&after=6".to_owned(), vec![7], 8),
        ("?type=task.expired".to_owned(), vec![], 8),
        ("?after=8".to_owned(), vec![], 8),
        ("?after=1000".to_owned(), vec![], 1000),
    ] {
        let page = list(&world, &agent, &query).await;
        assert_eq!(told(&page).into_iter().map(|(number, _)| number).collect::<Vec<_>>(), numbers, "{query}");
        assert_eq!(page["next_after"], next_after, "{query}");
    }
}

#[tokio::test]
async fn nobody_sees_the_events_of_another_and_a_query_that_is_wrong_is_refused() {
    let world = World::new().await;
    let (one, other) = (world.agent("100").await, world.agent("0").await);
    let task = world.task(&one, "25").await;
    world.settle().await;
    assert_eq!(told(&list(&world, &other, "").await), [(1, "key.created")]);
    assert_eq!(list(&world, &other, &format!("?task_id={task}")).await["data"], json!([]));
    for (query, field) in [
        ("?after=-1", "after"),
        ("?after=x", "after"),
        ("?limit=0", "limit"),
        ("?limit=101", "limit"),
        ("?wait_s=21", "wait_s"),
        ("?type=task.unheard_of", "type"),
        ("?task_id=task_1", "task_id"),
        ("?cursor=1", "cursor"),
    ] {
        let refused = world.get(&one, &format!("/events{query}")).await.expect_error(400, "invalid_request");
        assert!(refused["details"]["fields"][field].is_string(), "{query}: {}", refused.text);
    }
    world.get(Caller::Nobody, "/events").await.expect_error(401, "missing_api_key");
}

#[tokio::test]
async fn a_key_that_comes_and_goes_is_told_without_the_key() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let made = world.post(&agent, "/agents/keys", json!({ "name": "second" })).await.expect(201);
    let keys = world.get(&agent, "/agents/keys").await.expect(200);
    let second = keys["data"].as_array().unwrap().iter().find(|key| key["name"] == "second").unwrap();
    let path = format!("/agents/keys/{}", second["id"].as_str().unwrap());
    world.request(&agent, "DELETE", &path, &[], None).await.expect(200);
    world.settle().await;

    let all = list(&world, &agent, "").await;
    assert_eq!(told(&all), [(1, "key.created"), (2, "key.created"), (3, "key.revoked")]);
    for event in [&all["data"][1], &all["data"][2]] {
        let key = json!({ "id": second["id"], "key_prefix": made["key_prefix"], "name": "second" });
        assert_eq!((&event["payload"]["key"], &event["task_id"]), (&key, &Value::Null));
    }
    assert!(!all.text.contains(made["api_key"].as_str().unwrap()));
}

#[tokio::test]
async fn each_deposit_is_told_once_however_often_it_is_sent() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let body = |digit: &str| json!({ "tx_hash": format!("0x{}", digit.repeat(64)), "amount_usdc": "40.5" });
    for digit in ["a", "b", "a"] {
        world.post(&agent, "/agents/deposit/usdc", body(digit)).await.expect(200);
    }
    world.settle().await;
    let deposits = list(&world, &agent, "?type=deposit.confirmed").await;
    assert_eq!(told(&deposits), [(2, "deposit.confirmed"), (3, "deposit.confirmed")]);
    let facts = &deposits["data"][0]["payload"]["deposit"];
    assert_eq!((&facts["amount_usd"], &facts["rail"]), (&json!(40.5), &json!("base")));
}

#[tokio::test]
async fn after_thirty_days_an_event_is_gone_and_its_number_is_not_given_again() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    world.task(&agent, "25").await;
    world.settle().await;
    world.pass(30 * DAY_S);
    assert_eq!(list(&world, &agent, "").await["data"], json!([]));
    world.settle().await;
    assert_eq!(told(&list(&world, &agent, "").await), [(4, "task.expired")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_waits_hears_of_an_event_when_it_happens_and_of_none_in_time() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    world.settle().await;
    let started = Instant::now();
    let (heard, ()) = tokio::join!(list(&world, &agent, "?after=2&wait_s=20"), async {
        world.task(&agent, "25").await;
        world.settle().await;
    });
    assert_eq!(told(&heard), [(3, "task.created")]);
    assert!(started.elapsed() < Duration::from_secs(20));

    let started = Instant::now();
    let nothing = list(&world, &agent, "?after=3&wait_s=1").await;
    assert_eq!((&nothing["data"], &nothing["next_after"]), (&json!([]), &json!(3)));
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_waits_ten_times_a_minute_and_is_then_answered_at_once() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    world.settle().await;
    let ask = async |_| {
        let began = Instant::now();
        list(&world, &agent, "?after=1&wait_s=2").await;
        began.elapsed()
    };
    let waited = futures::future::join_all((0..13).map(ask)).await;
    assert_eq!(waited.iter().filter(|waited| **waited >= Duration::from_secs(2)).count(), 10, "{waited:?}");
    // Others have waits of their own, and an event is told whoever waits.
    let other = world.agent("0").await;
    world.settle().await;
    assert_eq!(told(&list(&world, &other, "?wait_s=20").await), [(1, "key.created")]);
}
