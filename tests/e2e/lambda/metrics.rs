//! What the functions count, as CloudWatch reads it from their logs.

use super::runtime_api::Function;
use super::{IPS, system, variables};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::TaskId;
use domain::limits::DISPUTE_S;
use domain::next_action::DueKind;
use domain::status::Status;
use domain::task::{Dispute, DisputeOrigin, Task};
use harness::binary::in_days;
use harness::{send, task_body};
use serde_json::{Value, json};
use store::Key;
use store::task::state::state_item;

/// The whole line, without its time: whatever else were in it would be noticed.
fn line(name: &str, value: Value) -> Value {
    let metrics = json!([{ "Name": name, "Unit": "Count" }]);
    let about = json!([{ "Namespace": "HumanOps/test", "Dimensions": [[]], "Metrics": metrics }]);
    let mut line = json!({ "_aws": { "CloudWatchMetrics": about } });
    line[name] = value;
    line
}

/// The same with the kind of what is due.
fn line_of_kind(name: &str, kind: &str, value: Value) -> Value {
    let mut line = line(name, value);
    line["_aws"]["CloudWatchMetrics"][0]["Dimensions"] = json!([["Kind"]]);
    line["Kind"] = json!(kind);
    line
}

/// What a sweep says, where nothing is due but what `more` says of its kind; histograms are floating-point numbers.
async fn swept(sweeper: &mut Function, more: &[(&str, Vec<Value>, u64)]) {
    assert_eq!(sweeper.invoke(json!({})).await, Value::Null);
    for kind in DueKind::ALL {
        let of_kind = more.iter().find(|(other, ..)| *other == kind.word());
        for extra in of_kind.into_iter().flat_map(|(_, lines, _)| lines) {
            assert_eq!(sweeper.measured().await, *extra);
        }
        let mut age = sweeper.measured().await;
        let oldest_s = std::mem::replace(&mut age["DueAge"], json!(0));
        assert_eq!(age, line_of_kind("DueAge", kind.word(), json!(0)));
        assert_eq!(oldest_s != json!(0.0), of_kind.is_some(), "{kind}: {oldest_s}");
        let failed = of_kind.map_or(0, |(_, _, failed)| *failed);
        assert_eq!(sweeper.measured().await, line("SweepFailures", json!(failed)), "{kind}");
    }
}

#[tokio::test]
async fn a_sweep_says_how_long_things_waited_what_failed_and_what_it_put_aside() {
    let (_system, engine) = system().await;
    let mut variables = variables(&engine.endpoint);
    for name in ["HUMANOPS_DELIVER_QUEUE_URL", "HUMANOPS_PAY_QUEUE_URL"] {
        variables.push((name, "https://queues/any".to_owned()));
    }
    let mut sweeper = Function::start("sweeper", &variables).await;
    swept(&mut sweeper, &[]).await;

    let client = engine.engine.client();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    // In the index, and no task: nobody will ever be able to handle it.
    let broken = TaskId::from_bytes([0; 16]).to_string();
    let put = client.put_item().table_name("humanops-core").item("pk", text(&broken)).item("sk", text("S"));
    put.item("g4p", text("X#expire#0")).item("g4s", text("0000000000001")).send().await.unwrap();
    for attempt in 1..=5 {
        let parked = if attempt == 5 { vec![line("Parked", json!(1))] } else { Vec::new() };
        swept(&mut sweeper, &[("expire", parked, 1)]).await;
    }
    swept(&mut sweeper, &[]).await;
    let get = client.get_item().table_name("humanops-core").key("pk", text(&broken)).key("sk", text("S"));
    let aside = get.send().await.unwrap().item.unwrap();
    assert_eq!((&aside["g4p"], &aside["g4s"]), (&text("X#parked"), &text("0000000000001")));
}

#[tokio::test]
async fn a_sweep_says_that_staff_are_late_with_a_dispute() {
    let (system, engine) = system().await;
    let post = async |key: &str, path: &str, body: Value| {
        let router = system.api_from(IPS[1].parse().unwrap());
        let headers = [("x-api-key", key)];
        send(router, "POST", path, if key.is_empty() { &[] } else { &headers }, Some(body.to_string())).await
    };
    let agent = json!({ "name": "my-agent", "email": "agent@example.com" });
    let key = post("", "/agents/register", agent).await.expect(201).text_of("api_key");
    post(&key, "/agents/deposit/usdc", json!({ "tx_hash": "0xabc...def", "amount_usdc": "100.00" })).await.expect(200);
    let id = post(&key, "/tasks", task_body(25, in_days(2))).await.expect(201).text_of("task_id");
    let id = TaskId::parse(&id).unwrap();
    let task = system.store.read([Key::task(id)]).await.unwrap().task(id).unwrap().unwrap();
    let at = task.created_at.plus_seconds(-DISPUTE_S - 1);
    let dispute = Some(Dispute { origin: DisputeOrigin::Guardian, at, escalated_at: None });
    let disputed = state_item(&Task { status: Status::Disputed, dispute, ..task });
    let put = engine.engine.client().put_item().table_name("humanops-core").set_item(Some(disputed));
    put.send().await.unwrap();

    let mut variables = variables(&engine.endpoint);
    for name in ["HUMANOPS_DELIVER_QUEUE_URL", "HUMANOPS_PAY_QUEUE_URL"] {
        variables.push((name, "https://queues/any".to_owned()));
    }
    let mut sweeper = Function::start("sweeper", &variables).await;
    let told = vec![line_of_kind("Swept", "dispute", json!(1)), line("DisputesOverdue", json!(1))];
    swept(&mut sweeper, &[("dispute", told, 0)]).await;
    swept(&mut sweeper, &[]).await;
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
    let update = engine.engine.client().update_item().table_name("humanops-ledger");
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
