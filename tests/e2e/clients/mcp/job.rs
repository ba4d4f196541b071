//! The main job by tools alone, and once.

use super::super::typescript::ADMIN_KEY;
use super::assistant::{BOTH, Desk, Transport};
use harness::Api;
use harness::binary::in_days;
use serde_json::{Value, json};

fn storefront() -> Value {
    json!({
        "title": "Verify storefront signage", "description": "Take a clear photo of the sign at 123 Main St",
        "location": { "lat": 40.7128, "lng": -74.006, "address": "123 Main St, New York, NY" }, "reward_usd": 25,
        "deadline": in_days(2).to_string(), "proof_requirements": ["Photo of storefront sign"],
        "task_type": "VERIFICATION",
    })
}

#[tokio::test]
async fn a_task_is_posted_done_judged_and_paid_for_by_tools_alone() {
    for transport in BOTH {
        let desk = Desk::open().await;
        let mut assistant = desk.assistant(transport);
        let jane = desk.binary.operator("Jane Doe").await;
        let near = assistant.call("search_operators", json!({ "lat": 40.71, "lng": -74.0 })).await;
        assert_eq!(near["count"], 0);
        assistant.call("fund_account", json!({ "amount_usdc": 100, "tx_hash": "0xabc...def" })).await;
        let posted = assistant.call("post_task", storefront()).await;
        assert_eq!(
            (&posted["status"], &posted["total_escrow"], &posted["already_posted"]),
            (&json!("PENDING"), &json!(29.5), &json!(false))
        );
        let id = posted["task_id"].as_str().unwrap();

        let shown = assistant.call("get_task_result", json!({ "task_id": id })).await;
        assert_eq!((&shown["proof"], &shown["next_poll_s"]), (&Value::Null, &json!(60)));
        desk.binary.accept(&jane, id).await;
        let sent =
            assistant.call("send_message", json!({ "task_id": id, "message": "From the street, please." })).await;
        assert!(sent["message_id"].as_str().unwrap().starts_with("msg_"));
        desk.binary.submit(&jane, id, "guardian:review").await;
        desk.binary.advance(1).await;

        let waiting = assistant.call("check_verification_status", json!({ "task_id": id })).await;
        assert_eq!((&waiting["decision"], &waiting["next_action"]["by"]), (&json!("MANUAL_REVIEW"), &json!("AGENT")));
        assert_eq!(waiting["requirement_results"].as_array().unwrap().len(), 1);
        let shown = assistant.call("get_task_result", json!({ "task_id": id })).await;
        assert_eq!(shown["proof"]["operator_text"]["notes"], "guardian:review");
        assert_eq!(shown["messages"][0]["body"], "From the street, please.");
        let paid = assistant.call("review_task", json!({ "task_id": id, "decision": "APPROVE" })).await;
        assert_eq!(paid["status"], "COMPLETED");

        desk.binary.advance(1).await;
        let events = assistant.call("get_events", json!({ "after": 0, "limit": 100 })).await;
        let types: Vec<&str> =
            events["events"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
        assert!(types.contains(&"task.created") && types.contains(&"task.completed"), "{types:?}");
        let listed = assistant.call("list_tasks", json!({ "status": "COMPLETED" })).await;
        assert_eq!((&listed["tasks"][0]["task_id"], &listed["next_offset"]), (&json!(id), &Value::Null));
        let balance = assistant.call("get_balance", json!({})).await;
        assert_eq!((&balance["deposit_balance"], &balance["escrow_balance"]), (&json!(1070.5), &json!(0.0)));
        desk.binary.audit(ADMIN_KEY).await;
    }
}

/// As models do when an answer did not come: with and without a key.
#[tokio::test]
async fn a_task_that_is_posted_again_is_the_first_one() {
    for (transport, key) in
        [(Transport::Stdio, None), (Transport::Http, None), (Transport::Stdio, Some("k")), (Transport::Http, Some("k"))]
    {
        let desk = Desk::open().await;
        let mut body = storefront();
        body["idempotency_key"] = json!(key);
        let first = desk.assistant(transport).call("post_task", body.clone()).await;
        // It comes back as another process, and over the other transport.
        for transport in BOTH {
            let again = desk.assistant(transport).call("post_task", body.clone()).await;
            assert_eq!(
                (&again["task_id"], &again["total_escrow"]),
                (&first["task_id"], &json!(29.5)),
                "{transport:?} {key:?}"
            );
            assert_eq!(again["already_posted"], true);
        }
        body["title"] = json!("Another sign");
        let mut assistant = desk.assistant(transport);
        if key.is_some() {
            let refused = assistant.refused("post_task", body.clone()).await;
            assert!(refused.starts_with("idempotency_key_reused: "), "{refused}");
        } else {
            assert_ne!(assistant.call("post_task", body.clone()).await["task_id"], first["task_id"]);
        }
        let held = if key.is_some() { "29.50" } else { "59.00" };
        let left = if key.is_some() { "970.50" } else { "941.00" };
        desk.binary.assert_balance(&desk.agent, &format!("deposit {left} escrow {held}")).await;
        desk.binary.audit(ADMIN_KEY).await;
    }
}

#[tokio::test]
async fn what_goes_wrong_is_said_in_the_words_of_the_tools() {
    let desk = Desk::open().await;
    for transport in BOTH {
        let mut assistant = desk.assistant(transport);
        let mut dear = storefront();
        dear["reward_usd"] = json!(5_000);
        let mut wrong = json!({ "title": "t", "description": "d", "digital_category": "NOTHING", "reward_usd": 10, "deadline": "soon", "proof_requirements": ["p"] });
        for (tool, arguments, starts, says) in [
            ("post_task", dear, "insufficient_balance: ", "Fund the account with fund_account"),
            ("dispatch_digital_task", wrong.take(), "invalid_request: ", "digital_category"),
            ("get_task_result", json!({}), "invalid_request: ", "get_task_result needs task_id"),
            ("get_task_result", json!({ "task_id": "task_1", "id": 1 }), "invalid_request: ", "`id` is no argument"),
            ("get_task_result", json!({ "task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s" }), "not_found: ", "Check the id"),
            ("request_payout", json!({ "amount_usd": 50 }), "operator_portal_only: ", "operator portal"),
            (
                "fund_account",
                json!({ "amount_usdc": 1, "tx_hash": "0xabc...def" }),
                "invalid_request: ",
                "amount_usdc must be from 5.00",
            ),
            ("search_operators", json!({ "lat": 100, "lng": 0 }), "invalid_request: ", "lat"),
            ("cancel_task", json!({ "task_id": "../../agents/me" }), "invalid_request: ", "must be the id of a task"),
        ] {
            let refused = assistant.refused(tool, arguments).await;
            assert!(refused.starts_with(starts) && refused.contains(says), "{tool}: {refused}");
        }
    }
    desk.binary.assert_balance(&desk.agent, "deposit 1000.00 escrow 0.00").await;
}
