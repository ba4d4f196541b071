//! `/operator/tasks`: what is the same for whatever an operator does with a task.

mod accept;
mod browse;
mod check;
mod messages;
mod mine;
mod rating;
mod release;
mod show;
mod start;
mod statement;
mod submit;

use domain::time::DAY_S;
use harness::{Agent, Api, OperatorKey, Reply, World};
use serde_json::{Value, json};

fn ids(list: &Reply) -> Vec<String> {
    let lines = list["data"].as_array().unwrap().iter();
    lines.map(|line| line["task_id"].as_str().unwrap().to_owned()).collect()
}

/// A task with changed fields, created a second after the one before.
async fn task(world: &World, agent: &Agent, changes: Value) -> String {
    world.pass(1);
    let mut body = world.task_body("10");
    for (field, value) in changes.as_object().unwrap() {
        body[field] = value.clone();
    }
    world.post(agent, "/tasks", body).await.expect(201).text_of("task_id")
}

async fn act(world: &World, operator: &OperatorKey, task: &str, verb: &str) -> Reply {
    world.post(operator, &format!("/operator/tasks/{task}/{verb}"), json!({})).await
}

/// What follows for the operator of a task that was created just now: there are two days for it.
fn submit_next(world: &World) -> Value {
    let due_at = world.now().plus_seconds(2 * DAY_S).to_string();
    json!({ "by": "OPERATOR", "action": "submit", "due_at": due_at, "on_due": "CANCELLED" })
}

#[tokio::test]
async fn each_verb_wants_its_state() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let pending = world.task(&agent, "25").await;
    let cancelled = world.task(&agent, "25").await;
    act(&world, &operator, &cancelled, "accept").await.expect(200);
    world.post(&agent, &format!("/tasks/{cancelled}/cancel"), json!({})).await.expect(200);
    let reviewed = world.judged(&agent, &operator, "guardian:review").await;
    let completed = world.judged(&agent, &operator, "guardian:approve").await;
    let disputed = world.judged(&agent, &operator, "guardian:reject").await;

    for (task, status, verbs) in [
        (&pending, "PENDING", &["start", "release"][..]),
        (&cancelled, "CANCELLED", &["accept", "start", "release"]),
        (&reviewed, "SUBMITTED", &["accept", "start", "release"]),
        (&completed, "COMPLETED", &["accept", "start", "release"]),
        (&disputed, "DISPUTED", &["accept", "start", "release"]),
    ] {
        for verb in verbs {
            let reply = act(&world, &operator, task, verb).await.expect_error(409, "task_state_conflict");
            assert_eq!(reply["details"], json!({ "status": status }), "{verb}");
        }
        assert_eq!(world.show(&agent, task).await["status"], status);
    }
    world.audit().await;
}
