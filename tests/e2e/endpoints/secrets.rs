//! Nothing that is secret comes back: not to its owner, not to others, not in a debug print.

use harness::{Api, Caller, Inbox, Reply, World};
use humanops::Options;
use humanops::system::Rig;
use serde_json::json;

const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";
const DLOCAL_SECRET: &str = "dlocal-secret-of-this-test";

fn options() -> Options {
    let (admin_key, dlocal_secret) = (Some(ADMIN_KEY.to_owned()), Some(DLOCAL_SECRET.to_owned()));
    Options { admin_key, dlocal_secret, ..Options::ephemeral() }
}

#[tokio::test]
async fn no_answer_of_a_whole_task_contains_a_secret_again() {
    let world = World::with(options(), Rig::default()).await;
    let inbox = Inbox::open().await;
    let (agent, other) = (world.agent("100").await, world.agent("0").await);
    let operator = world.operator("Jane Doe").await;
    let task = world.task_with_callback(&agent, &inbox, &["*"]).await;
    world.accept(&operator, &task).await;
    world.submit(&operator, &task, "guardian:reject").await;
    world.settle().await;
    let resolution = json!({ "outcome": "RELEASE", "rationale": "r" });
    let resolved = world.post(world.admin(), &format!("/admin/tasks/{task}/resolve"), resolution).await.expect(200);
    world.settle().await;

    let mut replies = vec![resolved];
    for path in ["/agents/me", "/agents/keys", "/agents/balance", "/agents/deposits", "/tasks"] {
        for agent in [&agent, &other] {
            replies.push(world.get(agent, path).await.expect(200));
        }
    }
    replies.push(world.show(&agent, &task).await);
    replies.push(world.get(&other, &format!("/tasks/{task}")).await.expect(404));
    for path in ["/operator/me", "/operator/tasks", "/operator/tasks/mine", "/operator/earnings", "/operator/payouts"] {
        replies.push(world.get(&operator, path).await.expect(200));
    }
    replies.push(world.get(&operator, &format!("/operator/tasks/{task}")).await.expect(200));
    for path in ["/admin/disputes", "/admin/ledger/audit"] {
        replies.push(world.get(world.admin(), path).await.expect(200));
        replies.push(world.get(Caller::Admin("wrong"), path).await.expect(403));
    }
    replies.push(world.post(&agent, "/webhooks/dlocal", json!({})).await.expect(401));

    let secrets = [&agent.key, &other.key, &inbox.secret, ADMIN_KEY, DLOCAL_SECRET];
    for Reply { text, headers, .. } in &replies {
        for secret in secrets {
            assert!(!text.contains(secret) && !format!("{headers:?}").contains(secret), "{text}");
        }
    }
    let callbacks = inbox.received();
    assert!(!callbacks.is_empty());
    for callback in callbacks {
        let (text, headers) = (String::from_utf8(callback.body).unwrap(), format!("{:?}", callback.headers));
        assert!(secrets.iter().all(|secret| !text.contains(*secret) && !headers.contains(*secret)), "{text} {headers}");
    }
}

#[tokio::test]
async fn operators_learn_nothing_of_the_agent_and_agents_little_of_the_operator() {
    let world = World::new().await;
    let body = json!({ "name": "Secretive Inc", "email": "boss@secretive.example" });
    let reply = world.post(Caller::Nobody, "/agents/register", body).await.expect(201);
    let agent = harness::Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") };
    world.deposit(&agent, "100").await;
    let operator = harness::OperatorKey("op_jane01".to_owned());
    let body = json!({ "name": "Jane Doe", "email": "jane@private.example", "phone": "+1234567890" });
    world.post(&operator, "/operator/register", body).await.expect(201);

    let task = world.task(&agent, "25").await;
    let feed = world.get(&operator, "/operator/tasks").await.expect(200);
    world.accept(&operator, &task).await;
    let detail = world.get(&operator, &format!("/operator/tasks/{task}")).await.expect(200);
    for text in [feed.text, detail.text] {
        assert!(!text.contains("ecretive") && !text.contains(&agent.id), "{text}");
    }
    let (shown, list) = (world.show(&agent, &task).await, world.get(&agent, "/tasks").await.expect(200));
    for text in [shown.text, list.text] {
        assert!(text.contains("Jane D."), "{text}");
        assert!(!text.contains("Doe") && !text.contains("private.example") && !text.contains("1234567890"), "{text}");
    }
}

#[tokio::test]
async fn a_debug_print_of_the_system_has_no_secret() {
    let options = options();
    let world = World::with(options.clone(), Rig::default()).await;
    let printed = format!("{:?} {:?} {options:?}", world.system, world.system.store);
    for secret in [ADMIN_KEY, DLOCAL_SECRET] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
