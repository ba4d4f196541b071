//! Money that the payer takes back: by a chargeback, or by a refund.

use super::Stage;
use harness::{Agent, Api};
use serde_json::json;

impl Stage {
    /// dLocal notifies us of a refund or chargeback; what we made of it.
    async fn told_of(&self, reversal: &str) -> String {
        let notification = self.dlocal.notification_of_reversal(reversal, self.scheme);
        self.deliver(&notification).await.expect(200).text_of("status")
    }

    /// Deposit, escrow and debt, if there is one.
    async fn stands(&self, agent: &Agent, expected: (&str, &str, Option<&str>)) {
        let reply = self.world.get(agent, "/agents/balance").await.expect(200);
        let owed = reply.json.get("owed_usd").is_some().then(|| reply.amount("owed_usd"));
        let (deposit, escrow) = (reply.amount("deposit_balance"), reply.amount("escrow_balance"));
        assert_eq!((&*deposit, &*escrow, owed.as_deref()), expected, "{}", reply.text);
    }
}

#[tokio::test]
async fn what_is_charged_back_is_taken_back_once_and_what_was_spent_of_it_is_owed() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    let order = stage.paid(&agent).await;
    stage.world.task(&agent, "25").await;
    stage.stands(&agent, ("70.50", "29.50", None)).await;
    let chargeback = stage.dlocal.charge_back(&order, "COMPLETED");
    stage.world.advance(1).await;
    for _ in 0..3 {
        assert_eq!(stage.told_of(&chargeback).await, "completed");
        stage.stands(&agent, ("0.00", "29.50", Some("29.50"))).await;
    }
    assert_eq!(stage.status(&agent, &order).await, "reversed");
    let task = stage.world.task_body("25");
    stage.world.post(&agent, "/tasks", task).await.expect_error(402, "insufficient_balance");
    // Neither that it was paid nor the watcher brings it back.
    stage.notify(&order).await.expect(200);
    stage.world.settle().await;
    stage.stands(&agent, ("0.00", "29.50", Some("29.50"))).await;
    let events = stage.world.get(&agent, "/events").await.expect(200);
    let names: Vec<_> =
        events["data"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(names.iter().filter(|name| **name == "deposit.reversed").count(), 1, "{names:?}");
    let list = stage.world.get(&agent, "/agents/deposits").await.expect(200);
    let lines = [&list["data"][0]["status"], &list["data"][1]["status"]];
    assert_eq!((&list["pagination"]["total"], lines), (&json!(2), [&json!("reversed"), &json!("confirmed")]));
    stage.world.audit().await;
}

#[tokio::test]
async fn a_refund_is_taken_back_too_and_one_that_is_not_executed_is_not() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    for (word, status) in [("PENDING", "ignored"), ("REJECTED", "ignored"), ("SUCCESS", "completed")] {
        let order = stage.paid(&agent).await;
        let refund = stage.dlocal.refund(&order, word);
        assert_eq!(stage.told_of(&refund).await, status, "{word}");
    }
    stage.stands(&agent, ("200.00", "0.00", None)).await;
    for (word, left) in [("DISPUTE_WON", "300.00"), ("IN_DISPUTE", "300.00")] {
        let order = stage.paid(&agent).await;
        stage.told_of(&stage.dlocal.charge_back(&order, word)).await;
        stage.stands(&agent, (left, "0.00", None)).await;
    }
    stage.world.audit().await;
}

#[tokio::test]
async fn a_part_or_other_money_is_left_to_staff() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    let (part, other) = (stage.paid(&agent).await, stage.paid(&agent).await);
    stage.dlocal.set_amount(&part, "40");
    stage.dlocal.set_currency(&other, "BRL");
    for order in [part, other] {
        let chargeback = stage.dlocal.charge_back(&order, "COMPLETED");
        assert_eq!(stage.told_of(&chargeback).await, "ignored");
    }
    stage.stands(&agent, ("200.00", "0.00", None)).await;
    stage.world.audit().await;
}

#[tokio::test]
async fn what_was_charged_back_before_we_knew_that_it_was_paid_is_not_credited_later() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    let order = stage.pending(&agent).await;
    stage.dlocal.set_status(&order, "PAID");
    let chargeback = stage.dlocal.charge_back(&order, "COMPLETED");
    assert_eq!(stage.told_of(&chargeback).await, "completed");
    stage.notify(&order).await.expect(200);
    stage.world.settle().await;
    assert_eq!(stage.status(&agent, &order).await, "reversed");
    stage.stands(&agent, ("0.00", "0.00", None)).await;
    stage.world.audit().await;
}
