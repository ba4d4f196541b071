//! `GET /admin/agents/{id}`: who an agent is, what it has, what it does.

use harness::{Api, Caller, World};
use serde_json::json;

#[tokio::test]
async fn staff_see_who_an_agent_is_its_balances_withdrawals_and_tasks_of_every_kind() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("200").await, world.operator("Jane Doe").await);
    let mut tasks = vec![world.judged(&agent, &operator, "guardian:approve").await];
    world.pass(1);
    tasks.push(world.judged(&agent, &operator, "guardian:reject").await);
    world.pass(1);
    tasks.push(world.task(&agent, "25").await);
    world.post(&agent, &format!("/tasks/{}/cancel", tasks[2]), json!({})).await.expect(200);
    let withdrawal = world.withdrawn(&agent).await;

    let path = format!("/admin/agents/{}", agent.id);
    let shown = world.get(world.admin(), &path).await.expect(200);

    let me = world.get(&agent, "/agents/me").await.expect(200);
    for field in ["agent_id", "name", "email", "company", "created_at"] {
        assert_eq!(shown[field], me[field], "{field}");
    }
    assert_eq!(shown["balance"], world.get(&agent, "/agents/balance").await.expect(200).json);
    assert_eq!(shown["tasks"], json!({ "created": 3, "completed": 1, "cancelled": 1, "refunded": 0 }));
    assert_eq!(shown["withdrawals"][0]["withdrawal_id"], withdrawal);
    let lines = shown["recent_tasks"].as_array().unwrap().iter();
    let lines: Vec<_> =
        lines.map(|line| (line["task_id"].as_str().unwrap(), line["status"].as_str().unwrap())).collect();
    let expected = [(&*tasks[2], "CANCELLED"), (&*tasks[1], "DISPUTED"), (&*tasks[0], "COMPLETED")];
    assert_eq!(lines, expected);

    world.get(Caller::Agent(&agent), &path).await.expect_error(403, "admin_key_required");
    world.get(world.admin(), "/admin/agents/agent_01kh3w5v8g3w2f7d5r6n8p9q0s").await.expect_error(404, "not_found");
}
