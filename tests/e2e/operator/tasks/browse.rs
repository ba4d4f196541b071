//! `GET /operator/tasks`: what there is to do.

use super::{ids, task};
use harness::{Api, Call, OperatorKey, Proxy, Reply, World};
use humanops::Options;
use serde_json::json;

const HOUR_S: u32 = 3_600;

async fn feed(world: &World, operator: &OperatorKey, query: &str) -> Reply {
    world.get(operator, &format!("/operator/tasks{query}")).await.expect(200)
}

#[tokio::test]
async fn a_line_of_the_feed_has_the_fields_of_the_reference_and_nothing_more_of_the_agent() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let mut body = world.task_body("25");
    body["callback_url"] = json!("http://127.0.0.1:9/callback");
    body["callback_secret"] = json!("your-random-secret");
    let id = world.post(&agent, "/tasks", body.clone()).await.expect(201).text_of("task_id");
    let reply = feed(&world, &operator, "").await;
    let expected = json!({
        "data": [{
            "task_id": id, "title": body["title"], "description": body["description"], "task_type": "VERIFICATION",
            "location": body["location"], "reward_usd": 25.0, "deadline": body["deadline"],
            "proof_requirements": body["proof_requirements"], "created_at": world.now().to_string(),
            "agent": { "rating": null, "rating_count": 0, "approval_rate": null },
        }],
        "pagination": { "limit": 20, "offset": 0, "total": 1, "next_cursor": null },
    });
    assert_eq!(reply.json, expected);
    assert_eq!(reply.amount("reward_usd"), "25.00");
}

#[tokio::test]
async fn the_feed_is_newest_first_by_type_and_page_by_page() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let mut tasks = Vec::new();
    for kind in ["PHOTO", "DATA_VALIDATION", "PHOTO", "VERIFICATION", "PHOTO"] {
        tasks.push(task(&world, &agent, json!({ "task_type": kind })).await);
    }
    tasks.reverse();
    let all = feed(&world, &operator, "").await;
    assert_eq!((ids(&all), &all["pagination"]["total"]), (tasks.clone(), &json!(5)));

    let photos = feed(&world, &operator, "?task_type=PHOTO").await;
    assert_eq!(ids(&photos), [tasks[0].as_str(), &tasks[2], &tasks[4]]);
    assert_eq!(photos["pagination"]["total"], 3);
    assert_eq!(ids(&feed(&world, &operator, "?task_type=DELIVERY").await), [""; 0]);
    assert_eq!(ids(&feed(&world, &operator, "?limit=2&offset=3").await), tasks[3..]);
    world.get(&operator, "/operator/tasks?task_type=photo").await.expect_fields(&["task_type"]);

    let (mut walked, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = feed(&world, &operator, &format!("?limit=2{cursor}")).await;
        walked.extend(ids(&page));
        match page["pagination"]["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
        // What comes in at the top does not shift what follows.
        task(&world, &agent, json!({})).await;
    }
    assert_eq!(walked, tasks);
}

#[tokio::test]
async fn long_texts_are_whole_in_the_feed_and_in_the_task() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let description = "Straße 日本 ".repeat(1_000);
    let requirements: Vec<String> = (0..20).map(|n| format!("{n} {}", "é".repeat(490))).collect();
    let changes = json!({ "description": description, "proof_requirements": requirements });
    let id = task(&world, &agent, changes).await;
    task(&world, &agent, json!({ "description": "short" })).await;
    let reply = feed(&world, &operator, "").await;
    assert_eq!(reply["data"][0]["description"], "short");
    let own = world.get(&operator, &format!("/operator/tasks/{id}")).await.expect(200);
    for shown in [&reply["data"][1], &own.json] {
        assert_eq!(shown["description"], json!(description));
        assert_eq!(shown["proof_requirements"], json!(requirements));
    }
}

#[tokio::test]
async fn the_feed_has_only_what_can_be_accepted_now() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let in_an_hour = json!({ "deadline": world.now().plus_seconds(i64::from(HOUR_S)).to_string() });
    let expiring = task(&world, &agent, in_an_hour).await;
    let cancelled = task(&world, &agent, json!({})).await;
    let accepted = task(&world, &agent, json!({})).await;
    assert_eq!(ids(&feed(&world, &operator, "").await).len(), 3);

    world.post(&agent, &format!("/tasks/{cancelled}/cancel"), json!({})).await.expect(200);
    world.accept(&operator, &accepted).await;
    assert_eq!(ids(&feed(&world, &operator, "").await), [expiring.as_str()]);
    world.post(&operator, &format!("/operator/tasks/{accepted}/release"), json!({})).await.expect(200);
    assert_eq!(ids(&feed(&world, &operator, "").await), [accepted.as_str(), &expiring]);

    // Three tasks took three seconds. One before the deadline it is there, at the deadline it is
    // not, though nobody has swept yet.
    world.pass(HOUR_S - 4);
    assert_eq!(ids(&feed(&world, &operator, "").await).len(), 2);
    world.pass(1);
    let reply = feed(&world, &operator, "").await;
    assert_eq!((ids(&reply), &reply["pagination"]["total"]), (vec![accepted], &json!(1)));
}

#[tokio::test]
async fn an_offset_into_the_feed_of_many_types_leaves_nothing_out() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let mut tasks = Vec::new();
    for n in 0..40 {
        let kind = if n % 10 == 0 { "DATA_VALIDATION" } else { "PHOTO" };
        tasks.push(task(&world, &agent, json!({ "task_type": kind })).await);
    }
    tasks.reverse();
    for offset in [0, 1, 7, 20, 38, 39, 40, 10_000] {
        let page = feed(&world, &operator, &format!("?limit=2&offset={offset}")).await;
        let expected: Vec<_> = tasks.iter().skip(offset).take(2).cloned().collect();
        assert_eq!((ids(&page), &page["pagination"]["total"]), (expected, &json!(40)), "{offset}");
    }
}

/// Read units of the feed's index.
fn read_units(calls: &[Call]) -> f64 {
    let units = calls.iter().flat_map(|call| &call.units);
    units.filter(|(name, _)| name.ends_with("by-operator")).map(|(_, units)| units).sum()
}

#[tokio::test]
async fn a_page_of_a_long_feed_reads_the_page_and_not_the_feed() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let (agent, operator) = (world.agent("10000").await, world.operator("Jane Doe").await);
    let rare = task(&world, &agent, json!({ "task_type": "DELIVERY" })).await;
    for n in 0..200 {
        task(&world, &agent, json!({ "title": format!("Number {n}"), "description": "d".repeat(300) })).await;
    }
    let look = async |query| {
        let (page, calls) = proxy.measure(feed(&world, &operator, query)).await;
        (page, read_units(&calls))
    };
    let (page, first) = look("").await;
    assert_eq!(page["pagination"]["total"], 201);
    let (page, again) = look("").await;
    assert_eq!(page["pagination"]["total"], 201);
    let (page, filtered) = look("?task_type=VERIFICATION").await;
    assert_eq!(page["pagination"]["total"], 200);
    let (page, of_rare) = look("?task_type=DELIVERY").await;
    assert_eq!((ids(&page), &page["pagination"]["total"]), (vec![rare], &json!(1)));
    println!("first {first}, again {again}, of a type {filtered}, of a rare type {of_rare}");
    // Twelve of the thirteen types have one row or none, and half a unit is the least.
    assert!(again <= 9.0 && filtered <= 3.0 && of_rare <= 0.5, "{again} {filtered} {of_rare}");
}

#[tokio::test]
async fn a_large_total_may_be_a_minute_old_and_a_small_one_is_not() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("10000").await, world.operator("Jane Doe").await);
    let total = async || feed(&world, &operator, "").await["pagination"]["total"].clone();
    for n in 1..=52 {
        let newest = task(&world, &agent, json!({})).await;
        if n <= 50 {
            assert_eq!(total().await, n);
        }
        assert_eq!(ids(&feed(&world, &operator, "?limit=1").await), [newest]);
    }
    // It was counted when there were 51.
    assert_eq!(total().await, 51);
    world.pass(59);
    assert_eq!(total().await, 52);
}

#[tokio::test]
async fn a_hundred_of_the_largest_tasks_come_in_pages_that_end_by_bytes() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("2000").await, world.operator("Jane Doe").await);
    let largest = |chars| "🪧".repeat(chars);
    let mut tasks = Vec::new();
    for _ in 0..100 {
        let requirements = vec![largest(500); 20];
        let changes =
            json!({ "title": largest(200), "description": largest(10_000), "proof_requirements": requirements });
        tasks.push(task(&world, &agent, changes).await);
    }
    tasks.reverse();

    let (mut walked, mut query) = (Vec::new(), String::new());
    loop {
        let page = feed(&world, &operator, &format!("?limit=100{query}")).await;
        assert!(page.text.len() < 1_001_000, "{} bytes", page.text.len());
        if walked.is_empty() {
            // Who goes on by offset goes on behind what came.
            let next = format!("?limit=1&offset={}", ids(&page).len());
            assert_eq!(ids(&feed(&world, &operator, &next).await), tasks[ids(&page).len()..=ids(&page).len()]);
        }
        walked.extend(ids(&page));
        match page["pagination"]["next_cursor"].as_str() {
            Some(cursor) => query = format!("&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(walked, tasks);
}
