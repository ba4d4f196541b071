//! What the functions count, as CloudWatch reads it from their logs.

use super::runtime_api::Function;
use super::{IPS, system, variables};
use aws_sdk_dynamodb::types::AttributeValue;
use harness::send;
use humanops::engine;
use serde_json::{Value, json};

/// The whole line, without its time: whatever else were in it would be noticed.
fn line(name: &str, value: Value) -> Value {
    let metrics = json!([{ "Name": name, "Unit": "Count" }]);
    let about = json!([{ "Namespace": "HumanOps/test", "Dimensions": [[]], "Metrics": metrics }]);
    let mut line = json!({ "_aws": { "CloudWatchMetrics": about } });
    line[name] = value;
    line
}

#[tokio::test]
async fn the_daily_audit_counts_what_is_wrong_and_names_nobody() {
    let (system, engine) = system().await;
    let mut audit = Function::start("audit", &variables(&engine.endpoint)).await;
    assert_eq!(audit.invoke(json!({})).await, Value::Null);
    assert_eq!(audit.measured().await, line("LedgerImbalance", json!(0)));
    assert_eq!(audit.logged().await["message"], "the ledger balances");

    let body = json!({ "name": "my-agent", "email": "agent@example.com" }).to_string();
    let registered = send(system.api_from(IPS[1].parse().unwrap()), "POST", "/agents/register", &[], Some(body)).await;
    let agent = registered.expect(201).text_of("agent_id");
    let update = engine::client(&engine.endpoint).update_item().table_name("humanops-ledger");
    let update = update.key("pk", AttributeValue::S(agent.clone())).key("sk", AttributeValue::S("$".to_owned()));
    let dollar = AttributeValue::N("1000000".to_owned());
    update.update_expression("SET dep = :to").expression_attribute_values(":to", dollar).send().await.unwrap();

    assert_eq!(audit.invoke(json!({})).await, Value::Null);
    assert_eq!(audit.measured().await, line("LedgerImbalance", json!(1)));
    let said = audit.logged().await;
    assert_eq!(said["message"], "the ledger does not balance");
    assert_eq!(said["violations"], 1);
    assert!(!said.to_string().contains(&agent), "{said}");
}
