//! The client of dLocal against a server that plays it and checks every signature.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and clippy sees no test in a function beside it")]

use domain::Usd;
use fiat::Unanswered;
use fiat::dlocal::{Dlocal, Error, Method, NewPayment, Payer, Payment, Settings, Status};
use providers::Fault;
use providers::dlocal::{Credentials, Dlocal as Played};
use std::time::Duration;
use url::Url;

const ORDER: &str = "pay_01kh3w5v8g3w2f7d5r6n8p9q0s";
const SECRETS: [&str; 2] = ["dl-trans-key", "dl-secret-key"];

fn settings(played: &Played) -> Settings {
    let Credentials { login, trans_key, secret_key } = played.credentials().clone();
    let notification_url = Url::parse("https://api.example.com/webhooks/dlocal").unwrap();
    Settings {
        base: played.origin().parse().unwrap(),
        login,
        trans_key,
        secret_key,
        notification_url,
        country: "BR".to_owned(),
    }
}

fn client(played: &Played) -> Dlocal {
    Dlocal::new(settings(played))
}

fn of(amount: Usd) -> NewPayment<'static> {
    let payer = Payer { name: "Thiago \"Gabriel\"", email: "thiago@example.com" };
    NewPayment {
        order_id: ORDER,
        amount,
        method: Method::Card,
        country: None,
        payer,
        description: "Funds – 100 %",
        return_url: None,
    }
}

fn usd(text: &str) -> Usd {
    Usd::parse_usd(text).unwrap()
}

async fn opened(played: &Played) -> (Dlocal, String) {
    let client = client(played);
    let id = client.create(&of(usd("72"))).await.unwrap().id;
    (client, id)
}

#[tokio::test]
async fn fx_a_payment_is_opened_and_found_by_its_id_and_its_order() {
    let played = Played::open().await;
    let client = client(&played);
    let created = client.create(&of(usd("72"))).await.unwrap();
    assert_eq!(created.status, Status::Pending);
    assert_eq!(created.redirect_url.unwrap().host_str(), Some("sandbox.dlocal.com"));

    let expected = Payment {
        id: created.id.clone(),
        order_id: ORDER.to_owned(),
        amount: usd("72"),
        currency: "USD".to_owned(),
        status: Status::Pending,
    };
    assert_eq!(client.payment(&created.id).await, Ok(expected.clone()));
    assert_eq!(client.by_order(ORDER).await, Ok(Some(expected)));
    assert_eq!(client.by_order("pay_other").await, Ok(None));
    assert_eq!(client.payment("D-4-00000099").await, Err(Error::NotFound));
}

#[tokio::test]
async fn fx_what_is_sent_is_what_is_signed() {
    let played = Played::open().await;
    let return_url = Url::parse("https://example.com/paid?a=1").unwrap();
    let payment = NewPayment {
        method: Method::BankTransfer,
        country: Some("AR"),
        return_url: Some(&return_url),
        ..of(usd("29.5"))
    };
    client(&played).create(&payment).await.unwrap();

    let seen = played.seen().remove(0);
    let expected = concat!(
        r#"{"amount":29.50,"currency":"USD","country":"AR","payment_method_flow":"REDIRECT","#,
        r#""payer":{"name":"Thiago \"Gabriel\"","email":"thiago@example.com"},"#,
        r#""order_id":"pay_01kh3w5v8g3w2f7d5r6n8p9q0s","description":"Funds – 100 %","#,
        r#""notification_url":"https://api.example.com/webhooks/dlocal","callback_url":"https://example.com/paid?a=1"}"#,
    );
    assert_eq!(std::str::from_utf8(&seen.body), Ok(expected));
    assert_eq!((seen.header("X-Idempotency-Key"), seen.header("X-Version")), (ORDER, "2.1"));
    assert_eq!((seen.header("Content-Type"), seen.header("User-Agent")), ("application/json", "HumanOps/1"));
    assert_eq!(seen.header("X-Date").len(), "2018-07-12T13:46:28.629Z".len());
}

#[tokio::test]
async fn po20_amounts_are_exact_on_the_wire_to_dlocal_and_back() {
    let sum = usd("0.10").checked_add(usd("0.20")).unwrap();
    for (amount, text) in [(sum, "0.30"), (usd("10.1"), "10.10"), (usd("9999.99"), "9999.99"), (usd("100"), "100.00")] {
        let played = Played::open().await;
        let client = client(&played);
        client.create(&of(amount)).await.unwrap();
        let body = played.seen().remove(0).body;
        assert!(body.starts_with(format!(r#"{{"amount":{text},"#).as_bytes()), "{text}");
        assert_eq!(client.by_order(ORDER).await.unwrap().unwrap().amount, amount);
    }
}

#[tokio::test]
async fn po20_what_is_no_amount_of_cents_is_never_sent() {
    let played = Played::open().await;
    for micros in [0, 1, 29_505_000] {
        let refused = client(&played).create(&of(Usd::from_micros(micros).unwrap())).await;
        assert_eq!(refused, Err(Error::Invalid("the amount")), "{micros}");
    }
    assert!(played.seen().is_empty());
}

#[tokio::test]
async fn fx_an_order_that_is_opened_again_is_one_payment() {
    let played = Played::open().await;
    let client = client(&played);
    let first = client.create(&of(usd("72"))).await.unwrap();
    for _ in 0..20 {
        assert_eq!(client.create(&of(usd("72"))).await, Ok(first.clone()));
    }
    assert_eq!(played.payments(), 1);
    // The first amount holds, so that the answer is not what was asked for.
    assert!(matches!(client.create(&of(usd("73"))).await, Err(Error::Unusable { status: 200, .. })));
}

#[tokio::test]
async fn fx_a_payment_whose_answer_was_lost_is_opened_once() {
    let played = Played::open().await;
    let client = client(&played);
    played.suffer(Fault::DownAfterwards);
    assert!(matches!(client.create(&of(usd("72"))).await, Err(Error::Unusable { status: 500, .. })));
    played.recover();
    let again = client.create(&of(usd("72"))).await.unwrap();
    assert_eq!((played.payments(), client.by_order(ORDER).await.unwrap().unwrap().id), (1, again.id));
}

#[tokio::test]
async fn fx_every_word_of_a_status_comes_through() {
    let played = Played::open().await;
    let (client, id) = opened(&played).await;
    for word in ["PAID", "COMPLETED", "REJECTED", "CANCELLED", "EXPIRED", "AUTHORIZED", "VERIFIED", "PENDING", "LIMBO"]
    {
        played.set_status(ORDER, word);
        assert_eq!(client.payment(&id).await.unwrap().status, Status::of(word));
    }
}

#[tokio::test]
async fn fx_another_amount_currency_or_order_is_seen() {
    let played = Played::open().await;
    let (client, id) = opened(&played).await;
    assert!(client.payment(&id).await.unwrap().is_of(ORDER, usd("72")));
    played.set_amount(ORDER, "72.01");
    assert!(!client.payment(&id).await.unwrap().is_of(ORDER, usd("72")));
    played.set_amount(ORDER, "72");
    assert!(client.payment(&id).await.unwrap().is_of(ORDER, usd("72")));
    played.set_currency(ORDER, "BRL");
    assert!(!client.payment(&id).await.unwrap().is_of(ORDER, usd("72")));
    played.set_currency(ORDER, "USD");
    played.set_order(ORDER, "pay_other");
    assert!(!client.payment(&id).await.unwrap().is_of(ORDER, usd("72")));
}

#[tokio::test]
async fn fx_an_answer_about_another_payment_is_of_no_use() {
    let played = Played::open().await;
    let (client, id) = opened(&played).await;
    let body = concat!(
        r#"{"id":"D-4-other","payment_id":"D-4-other","order_id":"pay_other","#,
        r#""amount":72,"currency":"USD","status":"PAID"}"#,
    );
    played.suffer(Fault::Says { status: 200, body: body.to_owned() });
    assert!(matches!(client.payment(&id).await, Err(Error::Unusable { status: 200, .. })));
    assert!(matches!(client.by_order(ORDER).await, Err(Error::Unusable { status: 200, .. })));
    assert!(matches!(client.chargeback("CHAR1").await, Err(Error::Unusable { status: 200, .. })));
}

#[tokio::test]
async fn fx_an_amount_that_is_none_is_not_guessed() {
    let played = Played::open().await;
    let (client, id) = opened(&played).await;
    for number in ["7.2e1", "72.001", "-72", "null", "true"] {
        played.set_amount(ORDER, number);
        let expected = Error::Unusable { status: 200, why: "its amount is none" };
        assert_eq!(client.payment(&id).await, Err(expected), "{number}");
    }
}

#[tokio::test]
async fn fx_refunds_and_chargebacks_name_their_payment() {
    let played = Played::open().await;
    let (client, id) = opened(&played).await;
    let chargeback = played.charge_back(ORDER, "COMPLETED");
    let refund = played.refund(ORDER, "PENDING");

    let found = client.chargeback(&chargeback).await.unwrap();
    assert_eq!((found.payment_id.as_str(), found.amount, found.is_executed()), (id.as_str(), usd("72"), true));
    let found = client.refund(&refund).await.unwrap();
    assert_eq!((found.payment_id.as_str(), found.word.as_str(), found.is_executed()), (id.as_str(), "PENDING", false));
    assert_eq!(client.refund(&chargeback).await, Err(Error::NotFound));
    assert_eq!(client.chargeback("CHAR99").await, Err(Error::NotFound));
}

#[tokio::test]
async fn fx_who_is_not_let_in_is_told_so_and_keeps_its_secrets() {
    let played = Played::open().await;
    let good = settings(&played);
    for (bad, code) in [
        (Settings { secret_key: "another".to_owned(), ..good.clone() }, 5000),
        (Settings { login: "another".to_owned(), ..good.clone() }, 3001),
        (Settings { trans_key: "another".to_owned(), ..good.clone() }, 3001),
        (Settings { login: String::new(), ..good.clone() }, 5001),
    ] {
        let error = Dlocal::new(bad).payment("D-4-1").await.unwrap_err();
        assert!(matches!(error, Error::Denied { code: found, .. } if found == code), "{error}");
        assert!(!error.is_lasting());
    }
    let shown = format!("{good:?} {:?}", Dlocal::new(good.clone()));
    assert!(SECRETS.iter().all(|secret| !shown.contains(secret)), "{shown}");
}

#[tokio::test]
async fn fx_a_wrong_path_does_not_mean_that_there_is_no_payment() {
    let played = Played::open().await;
    let base = format!("{}/v1", played.origin()).parse().unwrap();
    let client = Dlocal::new(Settings { base, ..settings(&played) });
    let expected = Error::Unusable { status: 404, why: "it is no answer of its API" };
    assert_eq!(client.by_order(ORDER).await, Err(expected.clone()));
    assert!(!expected.is_lasting());
}

#[tokio::test]
async fn fx_a_server_that_is_down_slow_or_endless_is_an_error_for_now() {
    let played = Played::open().await;
    let (client, id) = opened(&played).await;
    let endless = Fault::Endless { bytes: 256 * 1024 + 1 };
    let full = Fault::Endless { bytes: 256 * 1024 };
    for (fault, expected) in [
        (full, Error::Unusable { status: 200, why: "it cannot be read" }),
        (Fault::Down, Error::Unusable { status: 500, why: "it is no answer of its API" }),
        (endless, Error::Unanswered(Unanswered::TooLong)),
        (Fault::Says { status: 200, body: "{}".to_owned() }, Error::Unusable { status: 200, why: "it cannot be read" }),
    ] {
        played.suffer(fault);
        assert_eq!(client.payment(&id).await, Err(expected.clone()));
        assert!(!expected.is_lasting());
    }
    played.suffer(Fault::Silent);
    let hasty = Dlocal::new(settings(&played)).within(Duration::from_millis(200));
    assert_eq!(hasty.payment(&id).await, Err(Error::Unanswered(Unanswered::Timeout)));
    played.recover();
    assert_eq!(client.payment(&id).await.unwrap().id, id);
}

#[tokio::test]
async fn fx_nobody_at_all_is_an_error_for_now() {
    let base = Played::open().await.origin().parse().unwrap();
    let gone = Settings { base, ..settings(&Played::open().await) };
    assert_eq!(Dlocal::new(gone).payment("D-4-1").await, Err(Error::Unanswered(Unanswered::Connect)));
}

#[tokio::test]
async fn fx_redirects_are_not_followed() {
    let (played, elsewhere) = (Played::open().await, Played::open().await);
    let client = client(&played);
    for status in [301, 302, 307, 308] {
        played.suffer(Fault::Redirect { status, to: format!("{}/payments", elsewhere.origin()) });
        assert!(
            matches!(client.create(&of(usd("72"))).await, Err(Error::Unusable { status: found, .. }) if found == status)
        );
        assert!(client.payment("D-4-1").await.is_err());
    }
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn fx_an_id_out_of_a_notification_goes_nowhere_else() {
    let played = Played::open().await;
    let client = client(&played);
    for id in ["", "..", "../orders/x", "a/b", "a?b=c", "D-4-1#", "%2e%2e", "a\r\nX: y"] {
        assert_eq!(client.payment(id).await, Err(Error::Invalid("the id")), "{id:?}");
        assert_eq!(client.by_order(id).await, Err(Error::Invalid("the id")), "{id:?}");
    }
    assert!(played.seen().is_empty());
}

#[tokio::test]
async fn whoever_prints_the_client_reads_where_it_asks_and_no_secret() {
    let played = Played::open().await;
    let printed = format!("{:?}", client(&played));
    assert!(printed.starts_with("Dlocal") && printed.contains(&played.origin()), "{printed}");
    assert!(SECRETS.iter().all(|secret| !printed.contains(secret)), "{printed}");
}
