//! What every target must do: a $25 task with its $4.50 fee, on a $100 deposit, in several ways.

use super::Target;
use harness::{Agent, Api, Inbox, OperatorKey, Photo, Reply};
use serde_json::json;
use std::time::Duration;

/// A task that was handed in.
struct Play {
    agent: Agent,
    operator: OperatorKey,
    inbox: Inbox,
    task: String,
}

impl Play {
    /// Until the photo is handed in with these notes.
    async fn until_submitted(target: &Target, notes: &str) -> Self {
        let (agent, operator, inbox) =
            (target.agent("100.00").await, target.operator("Jane Doe").await, Inbox::open().await);
        let task = target.task(&agent, &inbox, &["task.verified", "task.disputed", "task.manual_review"]).await;
        target.accept(&operator, &task).await;
        target.hand_in(&operator, &task, &Photo::fresh(), notes).await;
        Self { agent, operator, inbox, task }
    }

    /// `POST /tasks/{id}/{verb}` by the agent.
    async fn ask(&self, target: &Target, verb: &str, body: serde_json::Value) -> Reply {
        target.post(&self.agent, &format!("/tasks/{}/{verb}", self.task), body).await.expect(200)
    }

    /// Staff see the dispute, and decide.
    async fn resolve(&self, target: &Target, decision: serde_json::Value) -> Reply {
        let disputes = target.get(target.admin(), "/admin/disputes?limit=100").await.expect(200);
        let listed = disputes["data"].as_array().unwrap().iter().any(|line| line["task_id"] == *self.task);
        assert!(listed, "{}", disputes.text);
        target.post(target.admin(), &format!("/admin/tasks/{}/resolve", self.task), decision).await.expect(200)
    }

    /// The events that the agent heard of.
    async fn told(&self, target: &Target, expected: &[&str]) {
        target.until_told(&self.inbox, expected.len()).await;
        assert_eq!(self.inbox.events(), expected);
    }
}

pub(super) async fn a_task_is_paid_for_done_judged_and_earned(target: &Target) {
    let (agent, inbox) = (target.agent("100.00").await, Inbox::open().await);
    target.assert_balance(&agent, "deposit 100.00 escrow 0.00").await;
    let task = target.task(&agent, &inbox, &["task.verified"]).await;
    target.assert_balance(&agent, "deposit 70.50 escrow 29.50").await;

    let (operator, photo) = (target.operator("Jane Doe").await, Photo::fresh());
    target.accept(&operator, &task).await;
    target.hand_in(&operator, &task, &photo, "Sign confirmed at location").await;

    let shown = target.until_status(&agent, &task, "COMPLETED").await;
    let result = &shown["guardian_result"];
    assert_eq!((&result["decision"], &result["confidence"]), (&json!("APPROVE"), &json!(95)), "{}", shown.text);
    assert_eq!(download(shown["proof"]["photos"][0].as_str().unwrap()).await, photo.bytes);
    target.assert_balance(&agent, "deposit 70.50 escrow 0.00").await;
    target.assert_earnings(&operator, "pending 25.00 available 0.00").await;
    let callbacks = target.until_told(&inbox, 1).await;
    let [callback] = callbacks.as_slice() else { panic!("one verdict, one callback: {callbacks:?}") };
    assert_eq!(callback.checked_by_node(&inbox.secret), format!("HumanOps event: task.verified {task}"));
    assert_eq!(callback.checked_by_node("another-secret"), "Invalid signature");
    target.audit().await;
}

/// What the agent's link to a photo leads to.
async fn download(url: &str) -> Vec<u8> {
    let http = outbound::trusted(Duration::from_secs(20)).unwrap();
    let answer = http.get(url).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{url}");
    answer.bytes().await.unwrap().to_vec()
}

pub(super) async fn a_proof_in_doubt_is_approved_by_the_agent(target: &Target) {
    let play = Play::until_submitted(target, "guardian:review").await;
    play.told(target, &["task.manual_review"]).await;
    let shown = target.until_status(&play.agent, &play.task, "SUBMITTED").await;
    assert_eq!(shown["guardian_result"]["decision"], "MANUAL_REVIEW", "{}", shown.text);
    target.assert_balance(&play.agent, "deposit 70.50 escrow 29.50").await;

    let reply = play.ask(target, "verify", json!({ "decision": "APPROVE" })).await;

    assert_eq!(reply["status"], "COMPLETED");
    target.assert_balance(&play.agent, "deposit 70.50 escrow 0.00").await;
    target.assert_earnings(&play.operator, "pending 25.00 available 0.00").await;
    play.told(target, &["task.manual_review", "task.verified"]).await;
    target.audit().await;
}

pub(super) async fn a_proof_in_doubt_is_rejected_by_the_agent_and_settled_by_staff(target: &Target) {
    let play = Play::until_submitted(target, "guardian:review").await;
    play.told(target, &["task.manual_review"]).await;

    let reply = play.ask(target, "verify", json!({ "decision": "REJECT" })).await;

    assert_eq!(reply["status"], "DISPUTED");
    target.assert_balance(&play.agent, "deposit 70.50 escrow 29.50").await;
    target.assert_earnings(&play.operator, "pending 0.00 available 0.00").await;
    play.told(target, &["task.manual_review", "task.disputed"]).await;

    let reply = play.resolve(target, json!({ "outcome": "REFUND", "rationale": "Seen by staff." })).await;

    assert_eq!(reply["status"], "CANCELLED");
    target.assert_balance(&play.agent, "deposit 100.00 escrow 0.00").await;
    target.assert_earnings(&play.operator, "pending 0.00 available 0.00").await;
    target.audit().await;
}

pub(super) async fn a_task_is_disputed_inside_the_hold_and_split_by_staff(target: &Target) {
    let play = Play::until_submitted(target, "guardian:approve").await;
    play.told(target, &["task.verified"]).await;
    target.assert_earnings(&play.operator, "pending 25.00 available 0.00").await;

    let reply = play.ask(target, "dispute", json!({})).await;

    assert_eq!((reply["status"].as_str(), reply.amount("held_usd")), (Some("DISPUTED"), "25.00".to_owned()));
    target.assert_balance(&play.agent, "deposit 70.50 escrow 25.00").await;
    target.assert_earnings(&play.operator, "pending 0.00 available 0.00").await;
    play.told(target, &["task.verified", "task.disputed"]).await;

    let split = json!({ "outcome": "SPLIT", "operator_share_bps": 5_000, "rationale": "Seen by staff." });
    let reply = play.resolve(target, split).await;

    assert_eq!(reply["status"], "COMPLETED");
    target.assert_balance(&play.agent, "deposit 85.25 escrow 0.00").await;
    target.assert_earnings(&play.operator, "pending 0.00 available 12.50").await;
    target.audit().await;
}

pub(super) async fn a_task_past_its_deadline_expires_with_a_refund(target: &Target) {
    let (agent, operator, inbox) =
        (target.agent("100.00").await, target.operator("Jane Doe").await, Inbox::open().await);
    let task = target.task(&agent, &inbox, &["task.expired"]).await;
    let by_operator =
        async |verb: &str| target.post(&operator, &format!("/operator/tasks/{task}/{verb}"), json!({})).await;
    by_operator("accept").await.expect(200);

    target.make_overdue(&task).await;

    let shown = target.until_status(&agent, &task, "CANCELLED").await;
    assert_eq!(shown["cancellation"]["reason"], "EXPIRED", "{}", shown.text);
    assert_eq!(shown.amount("refunded_usd"), "29.50");
    target.assert_balance(&agent, "deposit 100.00 escrow 0.00").await;
    by_operator("accept").await.expect_error(410, "task_expired");
    target.until_told(&inbox, 1).await;
    assert_eq!(inbox.events(), ["task.expired"]);
    target.audit().await;
}

/// Requests of a minute, and one more than any count that a minute before left behind.
const ENOUGH: usize = 201;

pub(super) async fn who_asks_too_often_waits_for_the_next_minute(target: &Target) {
    let agent = target.agent("100.00").await;
    let mut remaining_before = None;
    let mut refused = None;
    for _ in 0..ENOUGH {
        let reply = target.get_from_one_address("/task-types").await;
        if reply.status == 429 {
            refused = Some(reply);
            break;
        }
        let [limit, remaining, _, retry_after] = window(&reply.expect(200));
        assert_eq!((limit, retry_after), (Some(100), None));
        // The clock's minute may end on the way.
        let expected = [remaining_before.and_then(|before: u64| before.checked_sub(1)), Some(99)];
        assert!(expected.contains(&remaining) && remaining.is_some(), "{remaining:?} after {remaining_before:?}");
        remaining_before = remaining;
    }

    let refused = refused.expect("a minute has no two hundred requests").expect_error(429, "rate_limited");
    assert_eq!(remaining_before, Some(0));
    let [limit, remaining, reset, retry_after] = window(&refused);
    assert_eq!((limit, remaining, reset), (Some(100), Some(0), retry_after));
    assert!(retry_after.is_some_and(|seconds| (1..=60).contains(&seconds)), "{retry_after:?}");
    assert_eq!(refused["details"], json!({ "limit": 100, "retry_after_s": retry_after }));
    // Other routes go on.
    target.get(&agent, "/agents/balance").await.expect(200);

    let asked = async || Some(target.get_from_one_address("/task-types").await).filter(|reply| reply.status == 200);
    let [_, remaining, ..] = window(&target.in_the_next_minute(asked).await);
    assert!(remaining.is_some_and(|remaining| remaining >= 98), "{remaining:?}");
}

/// Limit, remaining, reset and Retry-After.
fn window(reply: &Reply) -> [Option<u64>; 4] {
    let number = |name: &str| reply.header(name).map(|digits| digits.parse().unwrap());
    ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "retry-after"].map(number)
}
