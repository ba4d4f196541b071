//! Every kind of break is found and names its operation; additions are none.

use super::*;
use crate::openapi::document;
use serde_json::json;

type Change = fn(&mut Value);

#[test]
fn a_break_names_its_operation() {
    let cases: [(&str, Change); 14] = [
        ("createTask: is gone", |d| drop(d["paths"]["/tasks"].as_object_mut().map(|m| m.remove("post")))),
        ("getTask: is called", |d| d["paths"]["/tasks/{id}"]["get"]["operationId"] = json!("showTask")),
        ("listTasks: does not take the parameter", |d| d["paths"]["/tasks"]["get"]["parameters"] = json!([])),
        ("getBalance: needs the parameter", |d| {
            d["paths"]["/agents/balance"]["get"]["parameters"] =
                json!([{ "name": "currency", "in": "query", "required": true }])
        }),
        ("createTask: needs body.proof_type now", |d| {
            schema(d, "CreateTask")["required"].as_array_mut().expect("a list").push(json!("proof_type"))
        }),
        ("createTask: does not take body.callback_url", |d| {
            drop(schema(d, "CreateTask")["properties"].as_object_mut().map(|p| p.remove("callback_url")))
        }),
        ("getBalance: does not answer reply.currency", |d| {
            drop(schema(d, "Balance")["properties"].as_object_mut().map(|p| p.remove("currency")))
        }),
        ("getBalance: may leave out reply.currency", |d| {
            schema(d, "Balance")["required"] = json!(["deposit_balance", "escrow_balance"])
        }),
        ("createTask: body.task_type has not the same word", |d| schema(d, "TaskType")["enum"] = json!(["PHOTO"])),
        ("getBalance: reply.deposit_balance has not the same type", |d| {
            schema(d, "Balance")["properties"]["deposit_balance"]["type"] = json!("string")
        }),
        ("createTask: body.title has another maxLength", |d| {
            schema(d, "CreateTask")["properties"]["title"]["maxLength"] = json!(99)
        }),
        ("registerAgent: body.name has another pattern", |d| {
            schema(d, "RegisterAgent")["properties"]["name"]["pattern"] = json!("^[a-z]+$")
        }),
        ("registerAgent: body.name has another enum", |d| {
            schema(d, "RegisterAgent")["properties"]["name"]["enum"] = json!(["Max"])
        }),
        ("createTask: does not answer 201", |d| {
            drop(d["paths"]["/tasks"]["post"]["responses"].as_object_mut().map(|r| r.remove("201")))
        }),
    ];
    for (expected, change) in cases {
        let (old, mut new) = (document(), document());
        change(&mut new);
        let found = breaks(&old, &new);
        assert!(found.iter().any(|found| found.starts_with(expected)), "{expected}: {found:?}");
    }
}

#[test]
fn what_is_added_breaks_nothing() {
    let additions: [Change; 6] = [
        |d| d["paths"]["/tasks"]["put"] = json!({ "operationId": "replaceTask" }),
        |d| schema(d, "Balance")["properties"]["pending_balance"] = json!({ "type": "number" }),
        |d| schema(d, "CreateTask")["properties"]["colour"] = json!({ "type": "integer" }),
        |d| schema(d, "EventName")["enum"].as_array_mut().expect("a list").push(json!("task.message")),
        |d| schema(d, "CreateTask")["properties"]["title"]["maxLength"] = json!(9_999),
        |d| schema(d, "ResolveDispute")["required"] = json!(["outcome"]),
    ];
    for addition in additions {
        let (old, mut new) = (document(), document());
        addition(&mut new);
        assert_eq!(breaks(&old, &new), Vec::<String>::new());
    }
}

fn schema<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    &mut document["components"]["schemas"][name]
}
