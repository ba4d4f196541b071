//! dLocal as it is in live mode: payments are opened there, and whatever it notifies us of, what is booked is what it
//! answers when it is asked (FX).

mod reversals;
mod unreliable;

use fiat::dlocal::Scheme as Configured;
use harness::{Agent, Api, Caller, Reply, World, clerk, send};
use humanops::Options;
use humanops::system::Rig;
use providers::dlocal::{Dlocal, Notification, Scheme};
use serde_json::json;

/// The schemes as they are configured, and as dLocal signs by them.
const SCHEMES: [(Configured, Scheme); 3] = [
    (Configured::SeedXSignature, Scheme::SeedXSignature),
    (Configured::AuthorizationV2, Scheme::AuthorizationV2),
    (Configured::SignatureHeader, Scheme::SignatureHeader),
];

/// A system with an account at dLocal, and dLocal.
struct Stage {
    world: World,
    dlocal: Dlocal,
    scheme: Scheme,
}

impl Stage {
    async fn set() -> Self {
        Self::with(SCHEMES[1], Options::ephemeral()).await
    }

    async fn with((configured, scheme): (Configured, Scheme), options: Options) -> Self {
        let dlocal = Dlocal::open().await;
        let known = dlocal.credentials();
        let account = json!({
            "base": dlocal.origin(), "login": known.login, "trans_key": known.trans_key,
            "secret_key": known.secret_key, "notification_url": "https://api.example.com/api/v1/webhooks/dlocal",
            "country": "BR", "scheme": configured.as_str(),
        });
        let options = Options { dlocal: Some(account.to_string()), ..options };
        Self { world: World::with(options, Rig::default()).await, dlocal, scheme }
    }

    /// Asks for a payment of $100.
    async fn ask(&self, agent: &Agent, key: &str) -> Reply {
        let body = json!({ "amount_usd": 100, "payment_method": "card" });
        self.world.request(agent, "POST", "/agents/deposit", &[("idempotency-key", key)], Some(body)).await
    }

    /// A payment of $100 that waits to be paid; its id, which is dLocal's order.
    async fn pending(&self, agent: &Agent) -> String {
        let key: String = store::random_bits().iter().map(|byte| format!("{byte:02x}")).collect();
        self.ask(agent, &key).await.expect(202).text_of("payment_id")
    }

    /// One that was paid, and of which we were notified.
    async fn paid(&self, agent: &Agent) -> String {
        let order = self.pending(agent).await;
        self.dlocal.set_status(&order, "PAID");
        self.notify(&order).await.expect(200);
        order
    }

    /// dLocal notifies us of where the payment stands.
    async fn notify(&self, order: &str) -> Reply {
        self.deliver(&self.dlocal.notification(order, self.scheme)).await
    }

    async fn deliver(&self, notification: &Notification) -> Reply {
        let headers: Vec<(&str, &str)> =
            notification.headers.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let body = String::from_utf8(notification.body.clone()).unwrap();
        send(self.world.router(), "POST", "/webhooks/dlocal", &headers, Some(body)).await
    }

    /// Any body, signed as by dLocal.
    async fn say(&self, body: &str) -> Reply {
        let signed = Notification::signed(self.scheme, self.dlocal.credentials(), body.as_bytes().to_vec());
        self.deliver(&signed).await
    }

    async fn has(&self, agent: &Agent, dollars: &str) {
        self.world.assert_balances(agent, &format!("deposit {dollars} escrow 0.00 revenue 0.00")).await;
    }

    async fn status(&self, agent: &Agent, order: &str) -> String {
        let path = format!("/agents/deposit/status?payment_id={order}");
        self.world.get(agent, &path).await.expect(200).text_of("status")
    }
}

#[tokio::test]
async fn a_payment_is_opened_at_dlocal_paid_there_and_credited_when_it_says_so() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    let opened = stage.ask(&agent, "k-1").await.expect(202);
    assert_eq!(opened.text_of("status"), "pending");
    assert_eq!(opened.text_of("redirect_url"), "https://sandbox.dlocal.com/collect/pay/D-4-00000001");
    // The same request again opens nothing new.
    let again = stage.ask(&agent, "k-1").await.expect(202);
    assert_eq!((again.text, stage.dlocal.payments()), (opened.text.clone(), 1));
    let order = opened.text_of("payment_id");
    assert_eq!(stage.status(&agent, &order).await, "pending");
    stage.has(&agent, "0.00").await;

    stage.dlocal.set_status(&order, "PAID");
    let reply = stage.notify(&order).await.expect(200);
    assert_eq!(reply.text, r#"{"received":true,"status":"completed"}"#);
    assert_eq!(stage.status(&agent, &order).await, "completed");
    stage.has(&agent, "100.00").await;
    let done = stage.ask(&agent, "k-1").await.expect(200);
    assert_eq!((done.text_of("status").as_str(), done.json.get("redirect_url")), ("completed", None));
    stage.world.audit().await;
}

#[tokio::test]
async fn a_notification_is_believed_by_its_signature_in_the_scheme_that_is_configured() {
    for scheme in SCHEMES {
        let stage = Stage::with(scheme, Options::ephemeral()).await;
        let agent = stage.world.agent("0").await;
        let order = stage.pending(&agent).await;
        stage.dlocal.set_status(&order, "PAID");
        let right = stage.dlocal.notification(&order, stage.scheme);
        let refused = async |spoilt: Notification| {
            stage.deliver(&spoilt).await.expect_error(401, "invalid_signature");
        };

        for (_, other) in SCHEMES.iter().filter(|(_, other)| *other != stage.scheme) {
            refused(stage.dlocal.notification(&order, *other)).await;
        }
        for at in [0, right.body.len() / 2, right.body.len() - 2] {
            let mut body = right.body.clone();
            body[at] ^= 1;
            refused(Notification { body, ..right.clone() }).await;
        }
        let same: serde_json::Value = serde_json::from_slice(&right.body).unwrap();
        refused(Notification { body: serde_json::to_vec_pretty(&same).unwrap(), ..right.clone() }).await;
        for missing in 1..right.headers.len() {
            let mut headers = right.headers.clone();
            headers.remove(missing);
            refused(Notification { headers, ..right.clone() }).await;
        }
        for wrong in 1..right.headers.len() {
            let mut headers = right.headers.clone();
            let text = &mut headers[wrong].1;
            let last = text.pop().unwrap();
            text.push(if last == '0' { '1' } else { '0' });
            refused(Notification { headers, ..right.clone() }).await;
        }
        let credentials =
            providers::dlocal::Credentials { secret_key: "another".to_owned(), ..stage.dlocal.credentials().clone() };
        refused(Notification::signed(stage.scheme, &credentials, right.body.clone())).await;
        stage.has(&agent, "0.00").await;
        assert_eq!(stage.status(&agent, &order).await, "pending");

        stage.deliver(&right).await.expect(200);
        stage.has(&agent, "100.00").await;
        stage.world.audit().await;
    }
}

#[tokio::test]
async fn a_notification_that_comes_a_hundred_times_credits_once() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    let order = stage.pending(&agent).await;
    stage.dlocal.set_status(&order, "PAID");
    let notification = stage.dlocal.notification(&order, stage.scheme);
    let at_once = (0..50).map(|_| stage.deliver(&notification));
    for reply in futures::future::join_all(at_once).await {
        assert_eq!(reply.expect(200).text, r#"{"received":true,"status":"completed"}"#);
    }
    for _ in 0..50 {
        stage.deliver(&notification).await.expect(200);
    }
    stage.has(&agent, "100.00").await;
    let list = stage.world.get(&agent, "/agents/deposits").await.expect(200);
    assert_eq!(list["pagination"]["total"], 1);
    stage.world.audit().await;
}

#[tokio::test]
async fn what_is_booked_is_what_dlocal_answers_and_not_what_a_notification_says() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    let order = stage.pending(&agent).await;
    // Signed, and ahead of what dLocal says when asked.
    for amount in ["100", "1000000"] {
        let body = format!(r#"{{"status": "PAID", "id": "D-4-00000001", "order_id": "{order}", "amount": {amount}}}"#);
        assert_eq!(stage.say(&body).await.expect(200)["status"], "ignored");
    }
    stage.has(&agent, "0.00").await;
    // Signed, and behind.
    stage.dlocal.set_status(&order, "PAID");
    let body = format!(r#"{{"status": "PENDING", "order_id": "{order}", "amount": 1, "currency": "BRL"}}"#);
    assert_eq!(stage.say(&body).await.expect(200)["status"], "completed");
    for word in ["PENDING", "REJECTED", "CANCELLED", "EXPIRED"] {
        stage.dlocal.set_status(&order, word);
        stage.notify(&order).await.expect(200);
        assert_eq!(stage.status(&agent, &order).await, "completed", "{word} after PAID");
    }
    stage.has(&agent, "100.00").await;
    stage.world.audit().await;
}

#[tokio::test]
async fn a_payment_that_dlocal_has_otherwise_is_not_credited() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    for (what, spoil) in [
        ("less", (|dlocal, order| dlocal.set_amount(order, "99.99")) as fn(&Dlocal, &str)),
        ("more", |dlocal, order| dlocal.set_amount(order, "100.01")),
        ("other money", |dlocal, order| dlocal.set_currency(order, "BRL")),
    ] {
        let order = stage.pending(&agent).await;
        stage.dlocal.set_status(&order, "PAID");
        spoil(&stage.dlocal, &order);
        stage.notify(&order).await.expect_error(409, "payment_amount_mismatch");
        stage.world.settle().await;
        assert_eq!(stage.status(&agent, &order).await, "pending", "{what}");
    }
    // dLocal has the payment for an order of somebody else.
    let order = stage.pending(&agent).await;
    stage.dlocal.set_status(&order, "PAID");
    let notification = stage.dlocal.notification(&order, stage.scheme);
    stage.dlocal.set_order(&order, "pay_00000000000000000000000001");
    assert_eq!(stage.deliver(&notification).await.expect(200)["status"], "ignored");
    for unknown in ["pay_00000000000000000000000001", "agentId_timestamp", ""] {
        let body = format!(r#"{{"status": "PAID", "order_id": "{unknown}", "amount": 100}}"#);
        stage.say(&body).await.expect_error(404, "not_found");
    }
    for malformed in [r#"{"status": "PAID"}"#, "[]", "{"] {
        stage.say(malformed).await.expect_error(400, "invalid_request");
    }
    stage.has(&agent, "0.00").await;
    stage.world.audit().await;
}

#[tokio::test]
async fn a_payment_that_nobody_will_pay_is_rejected_and_credited_if_somebody_does() {
    for word in ["REJECTED", "EXPIRED", "CANCELLED"] {
        let stage = Stage::set().await;
        let agent = stage.world.agent("0").await;
        let order = stage.pending(&agent).await;
        stage.dlocal.set_status(&order, word);
        assert_eq!(stage.notify(&order).await.expect(200)["status"], "ignored", "{word}");
        assert_eq!(stage.status(&agent, &order).await, "rejected", "{word}");
        stage.has(&agent, "0.00").await;
        stage.dlocal.set_status(&order, "PAID");
        stage.notify(&order).await.expect(200);
        assert_eq!(stage.status(&agent, &order).await, "completed", "{word}");
        stage.has(&agent, "100.00").await;
        stage.world.audit().await;
    }
}

#[tokio::test]
async fn live_mode_takes_fiat_with_an_account_at_dlocal_and_none_without() {
    let admin_key = Some("an-admin-key-of-at-least-32-bytes".to_owned());
    let live = || Options { admin_key: admin_key.clone(), ..clerk::live(clerk::ISSUER) };
    let body = json!({ "name": "n", "email": "a@b.co" });
    let register = async |world: &World| {
        let reply = world.post(world.admin(), "/agents/register", body.clone()).await.expect(201);
        Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") }
    };
    let stage = Stage::with(SCHEMES[0], live()).await;
    let agent = register(&stage.world).await;
    stage.paid(&agent).await;
    stage.has(&agent, "100.00").await;
    stage.world.audit().await;

    let world = World::with(live(), Rig::default()).await;
    let agent = register(&world).await;
    let payment = json!({ "amount_usd": 100, "payment_method": "card" });
    world.post(&agent, "/agents/deposit", payment).await.expect_error(400, "payment_method_unavailable");
    let notice = json!({ "status": "PAID", "order_id": "pay_1", "amount": 100 });
    world.post(Caller::Nobody, "/webhooks/dlocal", notice).await.expect_error(401, "invalid_signature");
}
