//! `GET /admin/disputes`: what staff have to decide.

use harness::{Agent, Api, OperatorKey, World};
use serde_json::{Value, json};

/// A disputed task; answers its id.
async fn disputed(world: &World, agent: &Agent, operator: &OperatorKey) -> String {
    world.pass(1);
    world.judged(agent, operator, "guardian:reject").await
}

async fn dispute_ids(world: &World, query: &str) -> (Vec<String>, Value) {
    let list = world.get(world.admin(), &format!("/admin/disputes{query}")).await.expect(200);
    let ids = list["data"].as_array().unwrap().iter().map(|line| line["task_id"].as_str().unwrap().to_owned());
    (ids.collect(), list["pagination"].clone())
}

#[tokio::test]
async fn disputes_are_listed_latest_first_until_they_are_resolved() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    assert_eq!(dispute_ids(&world, "").await.0, [""; 0]);
    let mut tasks = Vec::new();
    for _ in 0..3 {
        tasks.push(disputed(&world, &agent, &operator).await);
    }
    world.judged(&agent, &operator, "guardian:review").await;
    tasks.reverse();
    let (ids, pagination) = dispute_ids(&world, "").await;
    assert_eq!((&ids, &pagination["total"]), (&tasks, &json!(3)));

    let (first, pagination) = dispute_ids(&world, "?limit=2").await;
    let cursor = pagination["next_cursor"].as_str().unwrap().to_owned();
    let (second, last) = dispute_ids(&world, &format!("?limit=2&cursor={cursor}")).await;
    assert_eq!([first, second].concat(), tasks);
    assert_eq!(last["next_cursor"], json!(null));

    let list = world.get(world.admin(), "/admin/disputes?limit=1").await.expect(200);
    let expected = json!({
        "task_id": tasks[0], "title": "Verify storefront signage", "task_type": "VERIFICATION", "reward_usd": 25.0,
        "agent_id": agent.id, "operator": { "id": operator.0, "name": "Jane D." },
        "created_at": "2026-02-05T12:00:03.000Z", "deadline": "2026-02-07T12:00:03.000Z",
        "dispute": {
            "origin": "GUARDIAN", "opened_at": "2026-02-05T12:00:03.000Z", "escalated_at": null, "reason": null,
        },
        "statements": { "agent": null, "operator": null },
    });
    assert_eq!(list["data"][0], expected);

    let path = format!("/admin/tasks/{}/resolve", tasks[1]);
    world.post(world.admin(), &path, json!({ "outcome": "REFUND", "rationale": "r" })).await.expect(200);
    assert_eq!(dispute_ids(&world, "").await.0, [tasks[0].as_str(), &tasks[2]]);
    world.audit().await;
}
