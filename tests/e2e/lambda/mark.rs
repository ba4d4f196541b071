//! Tables know whose they are: nothing starts on those of another mode or layout.

use super::runtime_api::command;
use super::{system, variables};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use harness::binary::run;
use harness::{Served, clerk};

use humanops::System;
use humanops::system::Rig;
use store::mark::{LAYOUT, PARTITION};

/// Every function that has tables.
const FUNCTIONS: [&str; 16] = [
    "admin",
    "agents",
    "audit",
    "callbacks",
    "checks",
    "events",
    "guardian",
    "operators",
    "payments",
    "payouts",
    "pushes",
    "relay",
    "sweeper",
    "tasks",
    "uploads",
    "watcher",
];

fn all_variables(engine: &Served, mode: &str) -> Vec<(&'static str, String)> {
    let mut variables = variables(&engine.endpoint);
    variables.retain(|(name, _)| *name != "HUMANOPS_MODE");
    let queues =
        ["HUMANOPS_JUDGE_QUEUE_URL", "HUMANOPS_DELIVER_QUEUE_URL", "HUMANOPS_PAY_QUEUE_URL", "HUMANOPS_PUSH_QUEUE_URL"];
    variables.extend(queues.map(|name| (name, "https://queues/any".to_owned())));
    variables.push(("HUMANOPS_MODE", mode.to_owned()));
    variables
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

/// What `core` has as its mark: mode and layout.
async fn marked(client: &Client) -> Option<(String, String)> {
    let read = client.get_item().table_name("humanops-core").key("pk", text(PARTITION)).key("sk", text("mark"));
    let item = read.send().await.unwrap().item?;
    Some((item["md"].as_s().unwrap().clone(), item["ly"].as_n().unwrap().clone()))
}

async fn refusal(function: &str, engine: &Served, mode: &str) -> String {
    let ended = run(command(function, "127.0.0.1:1", &all_variables(engine, mode))).await;
    assert_eq!(ended.code, Some(1), "{function}: {ended:?}");
    ended.stdout.join("\n")
}

#[tokio::test]
async fn nothing_starts_on_tables_of_another_mode() {
    let (_system, engine) = system().await;
    for function in FUNCTIONS {
        let said = refusal(function, &engine, "live").await;
        assert!(said.contains("these tables were made in test mode, not live: start it in test mode"), "{said}");
    }
    let options = clerk::live(clerk::ISSUER);
    let rig = Rig { engine: Some(engine.engine.clone()), pump_by_hand: true, ..Rig::default() };
    let said = System::start(&options, ([127, 0, 0, 1], 1).into(), rig).await.unwrap_err().to_string();
    assert!(said.contains("these tables were made in test mode, not live"), "{said}");
    assert_eq!(marked(&engine.engine.client()).await, Some(("test".to_owned(), LAYOUT.to_string())));
}

#[tokio::test]
async fn nothing_starts_on_tables_of_another_layout() {
    let (_system, engine) = system().await;
    let update = engine.engine.client().update_item().table_name("humanops-core");
    let update = update.key("pk", text(PARTITION)).key("sk", text("mark")).update_expression("SET ly = :ly");
    let older = AttributeValue::N((LAYOUT - 1).to_string());
    update.expression_attribute_values(":ly", older).send().await.unwrap();
    let refused = format!("these tables have layout {}, not {LAYOUT}: start the version that made them", LAYOUT - 1);
    for function in FUNCTIONS {
        let said = refusal(function, &engine, "test").await;
        assert!(said.contains(&refused), "{said}");
    }
}

#[tokio::test]
async fn new_tables_are_marked_by_whoever_starts_first() {
    let (_system, engine) = system().await;
    let client = engine.engine.client();
    for function in FUNCTIONS {
        let delete =
            client.delete_item().table_name("humanops-core").key("pk", text(PARTITION)).key("sk", text("mark"));
        delete.send().await.unwrap();
        // Nobody gives it events: it ends by itself, after its start.
        let ended = run(command(function, "127.0.0.1:1", &all_variables(&engine, "live"))).await;
        assert!(!ended.stdout.join("").contains("these tables"), "{ended:?}");
        assert_eq!(marked(&client).await, Some(("live".to_owned(), LAYOUT.to_string())), "{function}");
    }
}
