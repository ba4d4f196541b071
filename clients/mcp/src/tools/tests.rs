//! The table as a whole.

use super::*;
use crate::schema;
use std::collections::BTreeSet;

#[test]
fn there_are_the_thirteen_of_the_reference_and_three_more() {
    let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
    let reference = [
        "search_operators",
        "post_task",
        "dispatch_digital_task",
        "dispatch_credential_task",
        "retrieve_credential",
        "list_digital_categories",
        "get_task_result",
        "check_verification_status",
        "fund_account",
        "request_payout",
        "get_balance",
        "cancel_task",
        "list_tasks",
    ];
    assert_eq!(names[..13], reference);
    assert_eq!(names[13..], ["review_task", "get_events", "send_message"]);
}

/// Name, needed, optional: as the reference has them, and what was added behind the bar.
#[test]
fn arguments_are_those_of_the_reference() {
    for (name, needed, optional) in [
        ("search_operators", "lat lng", "radius_km task_type min_rating | limit"),
        (
            "post_task",
            "title description location reward_usd deadline proof_requirements task_type",
            "callback_url callback_secret idempotency_key |",
        ),
        (
            "dispatch_digital_task",
            "title description digital_category reward_usd deadline proof_requirements",
            "digital_instructions callback_url callback_secret idempotency_key | authorization",
        ),
        (
            "dispatch_credential_task",
            "title description credential_category reward_usd deadline",
            "digital_instructions callback_url | authorization idempotency_key",
        ),
        ("retrieve_credential", "task_id", "| reveal"),
        ("list_digital_categories", "", "|"),
        ("get_task_result", "task_id", "|"),
        ("check_verification_status", "task_id", "|"),
        ("fund_account", "amount_usdc tx_hash", "|"),
        ("request_payout", "amount_usd", "|"),
        ("get_balance", "", "|"),
        ("cancel_task", "task_id", "|"),
        ("list_tasks", "", "status limit offset |"),
    ] {
        let tool = TOOLS.iter().find(|tool| tool.name == name).expect(name);
        let names = |is_required: bool| {
            let here = tool.params.iter().filter(|param| param.at_home != Some(false));
            here.filter(|param| param.is_required == is_required).map(|param| param.name).collect::<BTreeSet<_>>()
        };
        let words = |list: &'static str| list.split_whitespace().filter(|word| *word != "|").collect::<BTreeSet<_>>();
        assert_eq!((names(true), names(false)), (words(needed), words(optional)), "{name}");
    }
}

#[test]
fn every_schema_is_one_and_says_what_each_argument_is() {
    for tool in TOOLS {
        for schema in [schema::input(tool, &Home::Remote), schema::output(tool.output)] {
            let schema = Value::Object(schema);
            assert!(!schema.to_string().contains("$ref"), "{}: {schema}", tool.name);
            assert_eq!(schema["type"], "object");
        }
        for (name, property) in
            schema::input(tool, &Home::Remote).get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            assert!(
                property["type"].is_string() && property["description"].is_string(),
                "{} {name}: {property}",
                tool.name
            );
        }
        let about = tool.about(&Home::Remote);
        assert!(about.chars().count() <= 600, "{}: {}", tool.name, about.chars().count());
    }
}
