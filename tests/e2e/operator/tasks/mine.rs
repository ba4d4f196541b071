//! `GET /operator/tasks/mine`: what the operator accepted.

use super::{ids, task};
use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn mine_has_the_tasks_that_the_operator_accepted_latest_first() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let other = world.operator("John Roe").await;
    let tasks = [task(&world, &agent, json!({})).await, task(&world, &agent, json!({})).await];
    let foreign = task(&world, &agent, json!({})).await;
    world.accept(&other, &foreign).await;
    for id in &tasks {
        world.pass(1);
        world.accept(&operator, id).await;
    }
    world.submit(&operator, &tasks[0], "guardian:approve").await;
    world.settle().await;

    let reply = world.get(&operator, "/operator/tasks/mine").await.expect(200);
    assert_eq!(ids(&reply), [tasks[1].as_str(), &tasks[0]]);
    let line = |index: usize| (reply["data"][index]["status"].clone(), reply["data"][index]["completed_at"].clone());
    assert_eq!(line(0), (json!("ACCEPTED"), json!(null)));
    assert_eq!(line(1), (json!("COMPLETED"), json!(world.now().to_string())));
    assert_eq!(reply["pagination"]["total"], 2);
    let cursor = world.get(&operator, "/operator/tasks/mine?limit=1").await.expect(200);
    let cursor = cursor["pagination"]["next_cursor"].as_str().unwrap().to_owned();
    let rest = world.get(&operator, &format!("/operator/tasks/mine?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!(ids(&rest), [tasks[0].as_str()]);

    // What was released is not the operator's any more.
    world.post(&operator, &format!("/operator/tasks/{}/release", tasks[1]), json!({})).await.expect(200);
    assert_eq!(ids(&world.get(&operator, "/operator/tasks/mine").await.expect(200)), [tasks[0].as_str()]);
}
