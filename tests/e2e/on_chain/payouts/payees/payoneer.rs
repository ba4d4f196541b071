//! Payouts by Payoneer: what it may have taken is asked for and not sent again on a guess (PO-18 to 20).

use super::super::node::{Fault, Node};
use super::super::{expect, operator_id};
use domain::PayoutId;
use domain::money::payout::{Failure, Payout, PayoutStatus};
use fiat::payoneer::{Payoneer as Client, Settings};
use harness::{Api, DAY_S, OperatorKey, Reply, World};
use humanops::Options;
use humanops::system::Rig;
use payouts::{Caps, Payouts};
use providers::payoneer::{Outcome, Payoneer};
use serde_json::{Value, json};
use std::time::Duration;
use store::Key;

/// What a worker of these tests waits for an answer.
const PATIENCE: Duration = Duration::from_millis(300);
const SUBMIT: &str = "masspayouts";

/// A system with a programme at Payoneer, and an operator who registered there.
struct Desk {
    world: World,
    provider: Payoneer,
    node: Node,
    settings: Settings,
    operator: OperatorKey,
}

impl Desk {
    async fn open(reward: &str) -> Self {
        let desk = Self::without_payee(reward).await;
        desk.provider.register(&desk.operator.0);
        desk
    }

    /// The operator has not registered yet.
    async fn without_payee(reward: &str) -> Self {
        let provider = Payoneer::open().await;
        let node = Node::before(&provider.origin()).await;
        let known = provider.credentials();
        let account = json!({
            "login_base": node.url(), "api_base": format!("{}/v4", node.url()), "program_id": known.program_id,
            "client_id": known.client_id, "client_secret": known.client_secret,
        });
        let options = Options { payoneer: Some(account.to_string()), ..Options::ephemeral() };
        let world = World::with(options, Rig::default()).await;
        let settings = Settings::parse(&account.to_string()).unwrap();
        let (agent, operator) = (world.agent("0").await, world.operator("Jane Doe").await);
        agent.fund(&world.system.store, 20_000).await;
        let task = world.task(&agent, reward).await;
        world.accept(&operator, &task).await;
        world.submit(&operator, &task, "guardian:approve").await;
        world.settle().await;
        world.advance(7 * DAY_S).await;
        Self { world, provider, node, settings, operator }
    }

    async fn ask(&self, amount: Value, payee: &str) -> Reply {
        let body = json!({ "amount_usd": amount, "payoneer_payee_id": payee });
        self.world.post(&self.operator, "/operator/payout", body).await
    }

    /// A payout of all $25, which nobody carries yet.
    async fn asked(&self) -> PayoutId {
        let asked = self.ask(json!("25"), &self.operator.0).await.expect(202);
        PayoutId::parse(&asked.text_of("payout_id")).unwrap()
    }

    /// A worker of its own works once.
    async fn work(&self, id: PayoutId) -> Payout {
        let payoneer = Some(Client::new(self.settings.clone()).within(PATIENCE));
        let store = self.world.system.store.clone();
        let worker = Payouts { store, usdc: None, payoneer, caps: Caps::default() };
        worker.pay(&operator_id(&self.operator), id).await.unwrap();
        self.stored(id).await
    }

    async fn stored(&self, id: PayoutId) -> Payout {
        let payee = operator_id(&self.operator);
        let found = self.world.system.store.read([Key::payout(&payee, id)]).await.unwrap().payout(&payee, id);
        found.unwrap().unwrap()
    }

    /// Payoneer pays it, and has it once; we do too.
    async fn arrives(&self, id: PayoutId) {
        self.provider.settle(&id.to_string(), Outcome::Transferred);
        self.world.advance(601).await;
        expect(&self.stored(id).await, PayoutStatus::Completed);
        let [taken] = &self.provider.payouts()[..] else { panic!("{:?}", self.provider.payouts()) };
        assert_eq!((&taken.reference, &taken.payee, &*taken.amount), (&id.to_string(), &self.operator.0, "25.00"));
        self.world.assert_earnings(&self.operator, "pending 0.00 available 0.00 total 25.00").await;
        self.world.audit().await;
    }

    /// The money is back, once, and stays there.
    async fn is_back(&self, id: PayoutId, failure: Failure) {
        for _ in 0..2 {
            let payout = self.work(id).await;
            expect(&payout, PayoutStatus::Failed);
            assert_eq!(payout.failure, Some(failure));
            self.world.advance(3_601).await;
        }
        self.world.assert_earnings(&self.operator, "pending 0.00 available 25.00 total 25.00").await;
        self.world.audit().await;
    }
}

/// A worker of the system does all of it.
#[tokio::test]
async fn po18_a_payout_is_submitted_once_and_completed_when_it_is_transferred() {
    let desk = Desk::open("25").await;
    let id = desk.asked().await;
    desk.world.settle().await;
    expect(&desk.stored(id).await, PayoutStatus::Submitted);
    for _ in 0..3 {
        desk.world.advance(601).await;
        expect(&desk.stored(id).await, PayoutStatus::Submitted);
    }
    desk.arrives(id).await;
    let path = format!("/operator/payout/status/{id}");
    let shown = desk.world.get(&desk.operator, &path).await.expect(200);
    assert_eq!(shown.text_of("status"), "completed");
}

/// Taken, but not answered: in time, with a whole answer, or not at all.
#[tokio::test]
async fn po18_what_was_taken_without_an_answer_is_not_sent_again() {
    for fault in [Fault::SilentAfterwards, Fault::LoseAnswer, Fault::BreakAnswer] {
        let desk = Desk::open("25").await;
        let id = desk.asked().await;
        desk.node.inject(SUBMIT, fault);
        expect(&desk.work(id).await, PayoutStatus::Submitted);
        assert_eq!((desk.node.unmet(), desk.provider.payouts().len()), (0, 1), "{fault:?}");
        for _ in 0..3 {
            expect(&desk.work(id).await, PayoutStatus::Submitted);
        }
        let submissions = desk.provider.seen().iter().filter(|seen| seen.uri.path().ends_with(SUBMIT)).count();
        assert_eq!(submissions, 1, "{fault:?}");
        desk.arrives(id).await;
    }
}

/// Not taken, and not answered: only after Payoneer has said that it knows nothing of it is it sent again.
#[tokio::test]
async fn po18_what_was_not_taken_is_sent_again_after_payoneer_has_said_so() {
    for fault in [Fault::Silent, Fault::Fail] {
        let desk = Desk::open("25").await;
        let id = desk.asked().await;
        desk.node.inject(SUBMIT, fault);
        expect(&desk.work(id).await, PayoutStatus::Submitted);
        assert_eq!(desk.provider.payouts().len(), 0, "{fault:?}");
        // While it does not say what it has, nothing is sent.
        for silence in [Fault::Silent, Fault::Fail, Fault::LoseAnswer] {
            desk.node.inject("status", silence);
            expect(&desk.work(id).await, PayoutStatus::Submitted);
            assert_eq!((desk.node.unmet(), desk.provider.payouts().len()), (0, 0), "{fault:?} {silence:?}");
        }
        expect(&desk.work(id).await, PayoutStatus::Submitted);
        assert_eq!(desk.provider.payouts().len(), 1, "{fault:?}");
        desk.arrives(id).await;
    }
}

#[tokio::test]
async fn po18_a_refusal_with_a_success_s_status_is_a_refusal() {
    let desk = Desk::open("25").await;
    let id = desk.asked().await;
    desk.provider.refuse_next(200, 10_304, "The amount is above the limit of the programme");
    expect(&desk.work(id).await, PayoutStatus::Failed);
    assert_eq!(desk.provider.payouts().len(), 0);
    desk.is_back(id, Failure::Declined).await;
}

/// What says nothing of the payout changes nothing about it.
#[tokio::test]
async fn po18_a_complaint_of_payoneer_about_itself_or_our_access_refunds_nothing() {
    for (status, code) in [(500, 500), (200, 503), (401, 401), (403, 403), (429, 429)] {
        let desk = Desk::open("25").await;
        let id = desk.asked().await;
        for _ in 0..2 {
            desk.provider.refuse_next(status, code, "Try again later");
        }
        expect(&desk.work(id).await, PayoutStatus::Submitted);
        for _ in 0..2 {
            expect(&desk.work(id).await, PayoutStatus::Submitted);
        }
        assert_eq!(desk.provider.payouts().len(), 1, "{status} {code}");
        desk.arrives(id).await;
    }
}

#[tokio::test]
async fn po18_what_payoneer_cancels_is_given_back_once() {
    let desk = Desk::open("25").await;
    let id = desk.asked().await;
    expect(&desk.work(id).await, PayoutStatus::Submitted);
    let outcome = Outcome::Cancelled { code: 4, reason: "Payee did not accept".to_owned() };
    desk.provider.settle(&id.to_string(), outcome);
    let (one, other) = futures::future::join(desk.work(id), desk.work(id)).await;
    expect(&one, PayoutStatus::Failed);
    expect(&other, PayoutStatus::Failed);
    desk.is_back(id, Failure::Declined).await;
    assert_eq!(desk.provider.payouts().len(), 1);
}

#[tokio::test]
async fn po18_what_a_bank_sends_back_afterwards_is_given_back_once() {
    let desk = Desk::open("25").await;
    let id = desk.asked().await;
    desk.work(id).await;
    desk.arrives(id).await;
    let outcome = Outcome::Cancelled { code: 12, reason: "Returned by the bank".to_owned() };
    desk.provider.settle(&id.to_string(), outcome);
    // While Payoneer does not say so, it has arrived.
    desk.node.inject("status", Fault::Fail);
    expect(&desk.work(id).await, PayoutStatus::Completed);
    desk.world.advance(DAY_S + 1).await;
    for _ in 0..2 {
        expect(&desk.work(id).await, PayoutStatus::Returned);
        desk.world.assert_earnings(&desk.operator, "pending 0.00 available 25.00 total 25.00").await;
        desk.world.advance(DAY_S + 1).await;
    }
    desk.world.audit().await;
}

#[tokio::test]
async fn po18_what_was_transferred_is_asked_for_each_day_for_thirty_days() {
    let desk = Desk::open("25").await;
    let id = desk.asked().await;
    desk.work(id).await;
    desk.arrives(id).await;
    let looks = || desk.provider.seen().iter().filter(|seen| seen.uri.path().ends_with("/status")).count();
    let before = looks();
    for _ in 0..40 {
        desk.world.advance(DAY_S).await;
    }
    let asked = looks() - before;
    assert!((29..=31).contains(&asked), "{asked}");
    expect(&desk.stored(id).await, PayoutStatus::Completed);
    desk.world.audit().await;
}

#[tokio::test]
async fn po18_a_word_that_nobody_knows_is_waited_out() {
    let desk = Desk::open("25").await;
    let id = desk.asked().await;
    desk.work(id).await;
    for word in ["Pending Payee Approval", "On Hold"] {
        desk.provider.settle(&id.to_string(), Outcome::Word(word.to_owned()));
        expect(&desk.work(id).await, PayoutStatus::Submitted);
    }
    desk.arrives(id).await;
}

#[tokio::test]
async fn po18_two_workers_at_once_submit_one_payout() {
    let desk = Desk::open("25").await;
    let id = desk.asked().await;
    futures::future::join_all((0..8).map(|_| desk.work(id))).await;
    expect(&desk.stored(id).await, PayoutStatus::Submitted);
    desk.arrives(id).await;
}

#[tokio::test]
async fn po19_nobody_names_somebody_else_s_payee() {
    let desk = Desk::open("25").await;
    let other = desk.world.operator("John Doe").await;
    desk.provider.register(&other.0);
    for payee in [&*other.0, "payee_123", &desk.operator.0.to_uppercase(), &format!("{}x", desk.operator.0)] {
        desk.ask(json!("25"), payee).await.expect_fields(&["payoneer_payee_id"]);
    }
    let body = json!({ "amount_usd": "25", "method": "payoneer" });
    desk.world.post(&desk.operator, "/operator/payout", body).await.expect_fields(&["payoneer_payee_id"]);
    desk.world.settle().await;
    assert_eq!(desk.provider.payouts().len(), 0);
    desk.world.assert_earnings(&desk.operator, "pending 0.00 available 25.00 total 25.00").await;
    desk.world.audit().await;
}

#[tokio::test]
async fn po19_who_has_not_registered_or_may_not_be_paid_gets_the_money_back() {
    for suspended in [false, true] {
        let desk = Desk::without_payee("25").await;
        if suspended {
            desk.provider.suspend(&desk.operator.0);
        }
        let id = desk.asked().await;
        // While nobody says whether there is such a payee, it waits.
        desk.node.inject("status", Fault::Fail);
        expect(&desk.work(id).await, PayoutStatus::Reserved);
        expect(&desk.work(id).await, PayoutStatus::Failed);
        desk.is_back(id, Failure::PayeeNotRegistered).await;
        assert_eq!(desk.provider.payouts().len(), 0);
        let shown = desk.world.get(&desk.operator, &format!("/operator/payout/status/{id}")).await.expect(200);
        let url = shown["way"]["registration_url"].as_str().unwrap();
        assert!(url.starts_with("https://") && url.ends_with(&desk.operator.0), "{url}");
    }
}

#[tokio::test]
async fn po20_amounts_are_exact_on_the_wire() {
    let desk = Desk::open("10000").await;
    let amounts: [(Value, &str); 7] = [
        (json!(10.1), "10.10"),
        (json!("10.10"), "10.10"),
        (json!(10.3), "10.30"),
        (json!("10.30"), "10.30"),
        (json!(10), "10.00"),
        (json!("1234.56"), "1234.56"),
        (json!("8714.64"), "8714.64"),
    ];
    for (amount, on_wire) in amounts {
        let asked = desk.ask(amount.clone(), &desk.operator.0).await.expect(202);
        desk.world.settle().await;
        let taken = desk.provider.payouts().pop().unwrap();
        assert_eq!((taken.reference, &*taken.amount), (asked.text_of("payout_id"), on_wire), "{amount}");
        assert_eq!(taken.currency, "USD");
        desk.provider.settle(&asked.text_of("payout_id"), Outcome::Transferred);
    }
    // Not a cent is left.
    desk.world.assert_earnings(&desk.operator, "pending 0.00 available 0.00 total 10000.00").await;
    desk.world.advance(601).await;
    desk.world.audit().await;

    let desk = Desk::open("9999.99").await;
    let asked = desk.ask(json!(9999.99), &desk.operator.0).await.expect(202);
    desk.world.settle().await;
    let taken = desk.provider.payouts().pop().unwrap();
    assert_eq!((taken.reference, &*taken.amount), (asked.text_of("payout_id"), "9999.99"));
    let body = String::from_utf8(desk.provider.seen().last().unwrap().body.to_vec()).unwrap();
    assert!(body.contains(r#""amount":9999.99,"#), "{body}");
    desk.world.audit().await;
}

#[tokio::test]
async fn whose_identity_is_rejected_before_it_is_sent_is_paid_once_it_is_verified_again() {
    let desk = Desk::open("25").await;
    let id = desk.asked().await;
    let kyc = async |status: &str| {
        let path = format!("/admin/operators/{}/kyc", desk.operator.0);
        desk.world.post(desk.world.admin(), &path, json!({ "status": status })).await.expect(200);
    };
    kyc("REJECTED").await;
    expect(&desk.work(id).await, PayoutStatus::Reserved);
    assert_eq!(desk.provider.payouts().len(), 0);

    kyc("VERIFIED").await;
    expect(&desk.work(id).await, PayoutStatus::Submitted);
    assert_eq!(desk.provider.payouts().len(), 1);
}
