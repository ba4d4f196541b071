//! `GET /tasks`: newest first, each once, counted right, and nobody else's.

use harness::Step::{Accept, Cancel, Dispute, HandIn, Resolve, Start, Submit, Verify};
use harness::{Agent, Api, OperatorKey, Play, Reply, Step, World};
use serde_json::json;

/// How each of the tasks in the list came to its status.
const LIVES: [(&[Step], &str); 12] = [
    (&[], "PENDING"),
    (&[Accept], "ACCEPTED"),
    (&[Accept, Start], "IN_PROGRESS"),
    (&[Accept, Submit("guardian:approve")], "COMPLETED"),
    (&[Cancel], "CANCELLED"),
    (&[Accept, Submit("guardian:review")], "MANUAL_REVIEW"),
    (&[Accept, Submit("guardian:reject")], "DISPUTED"),
    (&[Accept, HandIn("guardian:reject"), Verify("APPROVE")], "COMPLETED"),
    (&[Accept, Submit("guardian:approve"), Dispute], "DISPUTED"),
    (&[Accept, Submit("guardian:reject"), Resolve("REFUND", None)], "CANCELLED"),
    (&[Accept, Submit("guardian:reject"), Resolve("SPLIT", Some(3_333))], "COMPLETED"),
    (&[], "PENDING"),
];

/// An agent's tasks, oldest first, with the box of the reference's diagram in which each one stands.
struct Shelf {
    agent: Agent,
    operator: OperatorKey,
    tasks: Vec<(String, &'static str)>,
}

impl Shelf {
    async fn filled(world: &World, rounds: usize) -> Self {
        let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
        let mut shelf = Self { agent, operator, tasks: Vec::new() };
        for _ in 0..rounds {
            for (steps, status) in LIVES {
                shelf.add(world, steps, status).await;
            }
        }
        shelf
    }

    async fn add(&mut self, world: &World, steps: &[Step], status: &'static str) {
        let task = world.task(&self.agent, "10").await;
        let play = Play { agent: self.agent.clone(), operator: self.operator.clone(), task };
        world.act(&play, steps).await;
        self.tasks.push((play.task, status));
        world.pass(1);
    }

    /// What the list must show for a filter, newest first. A task in review is SUBMITTED on the wire.
    fn expected(&self, filter: &str) -> Vec<String> {
        let fits = |status: &str| match filter {
            "" => true,
            "SUBMITTED" => matches!(status, "SUBMITTED" | "MANUAL_REVIEW"),
            filter => status == filter,
        };
        self.tasks.iter().rev().filter(|(_, status)| fits(status)).map(|(id, _)| id.clone()).collect()
    }
}

fn ids(page: &Reply) -> Vec<String> {
    page["data"].as_array().unwrap().iter().map(|line| line["task_id"].as_str().unwrap().to_owned()).collect()
}

/// All pages with this limit, going by the cursor or by the offset; and the total of each page.
async fn walk(world: &World, agent: &Agent, filter: &str, limit: usize, by_cursor: bool) -> (Vec<String>, Vec<u64>) {
    let filter = if filter.is_empty() { String::new() } else { format!("&status={filter}") };
    let (mut seen, mut totals, mut cursor) = (Vec::new(), Vec::new(), String::new());
    loop {
        let place =
            if by_cursor && !cursor.is_empty() { format!("cursor={cursor}") } else { format!("offset={}", seen.len()) };
        let page = world.get(agent, &format!("/tasks?limit={limit}&{place}{filter}")).await.expect(200);
        assert_eq!(page["pagination"]["limit"], limit);
        let more = ids(&page);
        seen.extend(more.clone());
        totals.push(page["pagination"]["total"].as_u64().unwrap());
        match page["pagination"]["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return (seen, totals),
        }
        assert_eq!(more.len(), limit, "a page before the last is full");
    }
}

#[tokio::test]
async fn a_line_has_the_references_fields() {
    let world = World::new().await;
    let play = world.play(&[]).await;

    let reply = world.get(&play.agent, "/tasks").await.expect(200);

    let operator_id = &play.operator.0;
    let line = format!(
        concat!(
            r#"{{"task_id":"{}","title":"Verify storefront signage","status":"PENDING","task_type":"VERIFICATION","#,
            r#""reward_usd":25.00,"operator":null,"created_at":"2026-02-05T12:00:00.000Z","#,
            r#""deadline":"2026-02-07T12:00:00.000Z"}}"#
        ),
        play.task
    );
    let pagination = r#"{"limit":20,"offset":0,"total":1,"next_cursor":null}"#;
    assert_eq!(reply.text, format!(r#"{{"data":[{line}],"pagination":{pagination}}}"#));
    world.act(&play, &[Accept]).await;
    let accepted = world.get(&play.agent, "/tasks").await.expect(200);
    assert_eq!(
        accepted["data"][0]["operator"],
        json!({ "id": operator_id, "name": "Jane D.", "rating": null, "rating_count": 0 })
    );
    assert_eq!(accepted["data"][0]["status"], "ACCEPTED");
}

#[tokio::test]
async fn every_filter_gives_each_of_its_tasks_once_newest_first_with_the_right_total() {
    let world = World::new().await;
    let mut shelf = Shelf::filled(&world, 2).await;
    let other = Shelf::filled(&world, 1).await;
    // Last, because whatever is settled is judged.
    shelf.add(&world, &[Accept, HandIn("")], "SUBMITTED").await;
    let filters = [
        "",
        "PENDING",
        "ACCEPTED",
        "IN_PROGRESS",
        "SUBMITTED",
        "MANUAL_REVIEW",
        "VERIFIED",
        "COMPLETED",
        "DISPUTED",
        "CANCELLED",
    ];
    for filter in filters {
        let expected = shelf.expected(filter);
        assert_eq!(expected.is_empty(), filter == "VERIFIED", "{filter} is covered");
        for (limit, by_cursor) in [(100, true), (3, true), (3, false), (1, true), (2, false)] {
            let (seen, totals) = walk(&world, &shelf.agent, filter, limit, by_cursor).await;
            assert_eq!(seen, expected, "{filter} by {limit}");
            assert!(totals.iter().all(|total| *total == expected.len() as u64), "{filter} by {limit}: {totals:?}");
        }
    }
    assert_eq!(walk(&world, &other.agent, "", 5, true).await.0, other.expected(""));
    world.audit().await;
}

#[tokio::test]
async fn a_task_moves_from_one_filter_to_the_other() {
    let world = World::new().await;
    let play = world.play(&[Accept, Submit("guardian:approve")]).await;
    let totals = async || {
        let mut totals = Vec::new();
        for filter in ["", "?status=COMPLETED", "?status=DISPUTED", "?status=CANCELLED"] {
            let page = world.get(&play.agent, &format!("/tasks{filter}")).await.expect(200);
            assert_eq!(page["data"].as_array().unwrap().len() as u64, page["pagination"]["total"].as_u64().unwrap());
            totals.push(page["pagination"]["total"].as_u64().unwrap());
        }
        totals
    };
    assert_eq!(totals().await, [1, 1, 0, 0]);
    world.act(&play, &[Dispute]).await;
    assert_eq!(totals().await, [1, 0, 1, 0]);
    world.act(&play, &[Resolve("REFUND", None)]).await;
    assert_eq!(totals().await, [1, 0, 0, 1]);
    world.audit().await;
}

#[tokio::test]
async fn the_cursor_wins_over_the_offset_and_new_tasks_do_not_disturb_it() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let mut tasks = Vec::new();
    for _ in 0..5 {
        tasks.insert(0, world.task(&agent, "10").await);
        world.pass(1);
    }
    let first = world.get(&agent, "/tasks?limit=2").await.expect(200);
    let cursor = first["pagination"]["next_cursor"].as_str().unwrap().to_owned();
    let newest = world.task(&agent, "10").await;

    let second = world.get(&agent, &format!("/tasks?limit=2&offset=4&cursor={cursor}")).await.expect(200);
    assert_eq!(ids(&second), tasks[2..4]);
    assert_eq!(second["pagination"]["offset"], 0);
    assert_eq!(second["pagination"]["total"], 6);
    let skipped = world.get(&agent, "/tasks?limit=2&offset=1").await.expect(200);
    assert_eq!(ids(&skipped), tasks[..2]);
    assert_eq!(ids(&world.get(&agent, "/tasks?limit=1").await), [newest]);
    let beyond = world.get(&agent, "/tasks?offset=10000").await.expect(200);
    assert_eq!((ids(&beyond).len(), &beyond["pagination"]["total"]), (0, &json!(6)));
}

#[tokio::test]
async fn a_query_that_is_not_understood_is_refused_by_name() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let cases = [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=1e3", "limit"),
        ("offset=10001", "offset"),
        ("offset=-1", "offset"),
        ("cursor=%00", "cursor"),
        ("cursor=%20", "cursor"),
        ("status=DONE", "status"),
        ("status=pending", "status"),
        ("status=PENDING&status=COMPLETED", "status"),
        ("page=2", "page"),
        ("task_type=PHOTO", "task_type"),
    ];
    for (query, field) in cases {
        let reply = world.get(&agent, &format!("/tasks?{query}")).await.expect_error(400, "invalid_request");
        let named: Vec<&String> = reply["details"]["fields"].as_object().unwrap().keys().collect();
        assert_eq!(named, [field], "{query}");
    }
}
