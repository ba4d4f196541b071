//! The client of Payoneer against a server that plays it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy sees no test in a function beside it"
)]

use domain::Usd;
use fiat::Unanswered;
use fiat::payoneer::{Error, Payoneer, Payout, Refusal, Settings, State, Submitted};
use futures::future::join_all;
use providers::Fault;
use providers::payoneer::{Credentials, Outcome, Payoneer as Played};
use std::time::Duration;

const PAYEE: &str = "op_1";
const REFERENCE: &str = "po_01kh3w5v8g3w2f7d5r6n8p9q0s";

fn settings(played: &Played) -> Settings {
    let Credentials { program_id, client_id, client_secret, .. } = played.credentials().clone();
    let (login_base, api_base) = (played.origin().parse().unwrap(), played.api_base().parse().unwrap());
    Settings { login_base, api_base, program_id, client_id, client_secret }
}

async fn with_a_payee() -> (Played, Payoneer) {
    let played = Played::open().await;
    played.register(PAYEE);
    let client = Payoneer::new(settings(&played));
    (played, client)
}

/// Has a token, and little time. Nothing that it asks for may have to succeed.
async fn hasty(played: &Played) -> Payoneer {
    let client = Payoneer::new(settings(played));
    client.status(REFERENCE).await.unwrap();
    client.within(Duration::from_millis(300))
}

fn of(amount: Usd) -> Payout<'static> {
    Payout { reference: REFERENCE, payee: PAYEE, amount, description: "Earnings" }
}

fn usd(text: &str) -> Usd {
    Usd::parse_usd(text).unwrap()
}

fn refused(submitted: Result<Submitted, Error>) -> Refusal {
    match submitted {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn po18_a_payout_is_submitted_and_followed_to_its_end() {
    let (played, client) = with_a_payee().await;
    assert_eq!(client.status(REFERENCE).await, Ok(State::NotFound));
    assert_eq!(client.submit(&of(usd("50"))).await, Ok(Submitted));
    for (outcome, state) in [
        (Outcome::Pending, State::Pending),
        (Outcome::Word("Pending Payee Approval".to_owned()), State::Pending),
        (Outcome::Word("Held".to_owned()), State::Other("Held".to_owned())),
        (Outcome::Transferred, State::Transferred),
        (
            Outcome::Cancelled { code: 30_013, reason: "Invalid Branch Code".to_owned() },
            State::Cancelled { reason: "30013: Invalid Branch Code".to_owned() },
        ),
    ] {
        played.settle(REFERENCE, outcome);
        assert_eq!(client.status(REFERENCE).await, Ok(state));
    }
}

#[tokio::test]
async fn po20_amounts_are_exact_on_the_wire() {
    let sum = usd("0.10").checked_add(usd("0.20")).unwrap();
    for (amount, text) in [(sum, "0.30"), (usd("10.1"), "10.10"), (usd("9999.99"), "9999.99"), (usd("50"), "50.00")] {
        let (played, client) = with_a_payee().await;
        client.submit(&of(amount)).await.unwrap();
        let expected = format!(
            r#"{{"Payments":[{{"client_reference_id":"{REFERENCE}","payee_id":"op_1","amount":{text},"currency":"USD","description":"Earnings"}}]}}"#
        );
        let seen = played.seen().pop().unwrap();
        assert_eq!(std::str::from_utf8(&seen.body), Ok(expected.as_str()));
        assert_eq!(played.payouts()[0].amount, text);
    }
}

#[tokio::test]
async fn po20_what_is_no_amount_of_cents_is_never_sent() {
    let (played, client) = with_a_payee().await;
    for micros in [0, 1, 50_005_000] {
        let error = client.submit(&of(Usd::from_micros(micros).unwrap())).await.unwrap_err();
        assert_eq!((error.clone(), error.is_lasting()), (Error::Invalid("the amount"), true));
    }
    assert!(played.seen().is_empty());
}

#[tokio::test]
async fn po18_a_timeout_after_it_was_taken_is_unknown_and_found_by_status() {
    let (played, client) = with_a_payee().await;
    let hasty = hasty(&played).await;
    for fault in [Fault::SilentAfterwards, Fault::DownAfterwards] {
        played.suffer(fault);
        let error = hasty.submit(&of(usd("50"))).await.unwrap_err();
        assert!(matches!(error, Error::Unknown(_)) && !error.is_lasting(), "{error}");
    }
    played.recover();
    played.settle(REFERENCE, Outcome::Transferred);
    assert_eq!(client.status(REFERENCE).await, Ok(State::Transferred));
    assert_eq!(played.payouts().len(), 1);
}

#[tokio::test]
async fn po18_a_timeout_before_it_was_taken_is_unknown_and_may_be_submitted_again() {
    let (played, client) = with_a_payee().await;
    let hasty = hasty(&played).await;
    for fault in [
        Fault::Silent,
        Fault::Down,
        Fault::Endless { bytes: 256 * 1024 + 1 },
        Fault::Says { status: 200, body: "<html>".to_owned() },
        Fault::Says { status: 201, body: "{}".to_owned() },
        Fault::Says { status: 400, body: "<html>".to_owned() },
    ] {
        played.suffer(fault.clone());
        assert!(matches!(hasty.submit(&of(usd("50"))).await, Err(Error::Unknown(_))), "{fault:?}");
    }
    played.recover();
    assert_eq!(client.status(REFERENCE).await, Ok(State::NotFound));
    assert_eq!(client.submit(&of(usd("50"))).await, Ok(Submitted));
}

#[tokio::test]
async fn po18_a_status_that_cannot_be_read_is_never_not_found() {
    let (played, client) = with_a_payee().await;
    client.submit(&of(usd("50"))).await.unwrap();
    for (status, body) in [
        (404, "NOT_FOUND"),
        (404, ""),
        (404, r#"{"error":"Not Found","error_details":{"code":404}}"#),
        (404, r#"{"error":"Not Found","error_details":{"code":404,"sub_code":2307}}"#),
        (200, "{}"),
        (200, r#"{"result":null}"#),
        (500, r#"{"error":"x","error_details":{"code":500}}"#),
    ] {
        played.suffer(Fault::Says { status, body: body.to_owned() });
        assert!(client.status(REFERENCE).await.is_err(), "{status} {body}");
    }
    for status in [200, 404] {
        let body = r#"{"error":"Not Found","error_details":{"code":404,"sub_code":2306}}"#.to_owned();
        played.suffer(Fault::Says { status, body });
        assert_eq!(client.status(REFERENCE).await, Ok(State::NotFound));
    }
}

#[tokio::test]
async fn po18_what_stands_before_the_api_refuses_nothing_that_lasts() {
    let (played, client) = with_a_payee().await;
    // A token is there before whatever stands in the way.
    client.status(REFERENCE).await.unwrap();
    for status in [403, 404, 429] {
        played.suffer(Fault::Says { status, body: "<html>".to_owned() });
        let refusal = refused(client.submit(&of(usd("50"))).await);
        assert_eq!((refusal.status, refusal.code), (status, None));
        assert!(!Error::Refused(refusal).is_lasting());
    }
    assert!(played.payouts().is_empty());
}

#[tokio::test]
async fn po18_a_complaint_is_a_refusal_whatever_its_status() {
    let (played, client) = with_a_payee().await;
    for status in [200, 201, 400, 422] {
        played.refuse_next(status, 10_301, "Insufficient balance");
        let refusal = refused(client.submit(&of(usd("50"))).await);
        assert_eq!((refusal.status, refusal.code), (status, Some(10_301)));
        assert!(refusal.said.contains("Insufficient balance"));
        assert!(Error::Refused(refusal).is_lasting());
    }
    assert!(played.payouts().is_empty());
}

#[tokio::test]
async fn po18_what_was_taken_before_is_not_refused() {
    let (_played, client) = with_a_payee().await;
    client.submit(&of(usd("50"))).await.unwrap();
    let error = client.submit(&of(usd("50"))).await.unwrap_err();
    assert_eq!(error, Error::Unknown("it was refused, but is there".to_owned()));
}

#[tokio::test]
async fn po19_nobody_is_paid_who_did_not_register_by_our_link() {
    let (played, client) = with_a_payee().await;
    assert_eq!(client.payee_is_active(PAYEE).await, Ok(true));
    assert_eq!(client.payee_is_active("op_2").await, Ok(false));
    let foreign = Payout { payee: "op_2", ..of(usd("50")) };
    assert_eq!(refused(client.submit(&foreign).await).code, Some(10_005));

    let link = client.registration_link("op_2").await.unwrap();
    assert_eq!((link.scheme(), link.query()), ("https", Some("token=t-op_2")));
    played.register("op_2");
    assert_eq!(client.payee_is_active("op_2").await, Ok(true));
    played.suspend("op_2");
    assert_eq!(client.payee_is_active("op_2").await, Ok(false));
    assert_eq!(refused(client.submit(&foreign).await).code, Some(10_009));
}

#[tokio::test]
async fn po19_an_id_that_is_a_path_goes_nowhere() {
    let (played, client) = with_a_payee().await;
    for id in ["", "..", "op_1/../op_2", "op 1", "op_1?x"] {
        assert_eq!(client.status(id).await, Err(Error::Invalid("an id")), "{id:?}");
        assert_eq!(client.payee_is_active(id).await, Err(Error::Invalid("an id")), "{id:?}");
        assert_eq!(client.registration_link(id).await, Err(Error::Invalid("an id")), "{id:?}");
        let payout = Payout { payee: id, ..of(usd("50")) };
        assert_eq!(client.submit(&payout).await, Err(Error::Invalid("an id")), "{id:?}");
    }
    assert!(played.seen().is_empty());
}

#[tokio::test]
async fn a_link_that_is_not_https_is_none() {
    let (played, client) = with_a_payee().await;
    client.status(REFERENCE).await.unwrap();
    for link in ["http://example.com", "javascript:alert(1)", "", "example.com"] {
        let body = format!(r#"{{"result":{{"registration_link":"{link}"}}}}"#);
        played.suffer(Fault::Says { status: 200, body });
        assert!(client.registration_link(PAYEE).await.is_err(), "{link}");
    }
}

#[tokio::test]
async fn a_token_is_fetched_when_it_is_needed_and_by_one_request() {
    let (played, client) = with_a_payee().await;
    assert_eq!(played.tokens_given(), 0);
    let states = join_all((0..16).map(|_| client.status(REFERENCE))).await;
    assert!(states.into_iter().all(|state| state == Ok(State::NotFound)));
    assert_eq!(played.tokens_given(), 1);

    let form = "grant_type=client_credentials&scope=read+write&client_id=po-client-id&client_secret=po-client-secret";
    assert_eq!(played.seen()[0].body, form);
}

#[tokio::test]
async fn a_token_that_soon_ends_is_not_kept() {
    let (played, client) = with_a_payee().await;
    played.set_token_life(60);
    for given in 1..4 {
        client.status(REFERENCE).await.unwrap();
        assert_eq!(played.tokens_given(), given);
    }
}

#[tokio::test]
async fn a_token_that_was_revoked_is_exchanged_once() {
    let (played, client) = with_a_payee().await;
    client.status(REFERENCE).await.unwrap();
    played.revoke_tokens();
    assert_eq!(client.submit(&of(usd("50"))).await, Ok(Submitted));
    assert_eq!((played.tokens_given(), played.payouts().len()), (2, 1));

    played.revoke_tokens();
    played.set_token_life(0);
    let refusal = refused(client.submit(&of(usd("50"))).await);
    assert_eq!(refusal.status, 401);
    assert!(!Error::Refused(refusal).is_lasting());
    assert_eq!(played.tokens_given(), 3);
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_no_secret_is_told() {
    let (played, _) = with_a_payee().await;
    let bad = Settings { client_secret: "another-secret".to_owned(), ..settings(&played) };
    let client = Payoneer::new(bad.clone());
    let error = client.submit(&of(usd("50"))).await.unwrap_err();
    assert!(matches!(error, Error::NoToken(_)) && !error.is_lasting());
    assert_eq!(error.to_string(), "Payoneer gives no token: 401 invalid_client");
    let shown = format!("{error:?} {bad:?} {client:?}");
    assert!(!shown.contains("another-secret"), "{shown}");
    assert_eq!(played.seen().len(), 1);

    let gone = Settings { login_base: Played::open().await.origin().parse().unwrap(), ..settings(&played) };
    let error = Payoneer::new(gone).status(REFERENCE).await.unwrap_err();
    assert_eq!(error, Error::NoToken(fiat::payoneer::NoToken::Unanswered(Unanswered::Connect)));
}

#[tokio::test]
async fn neither_a_token_nor_a_payout_follows_a_redirect() {
    let (played, client) = with_a_payee().await;
    let elsewhere = Played::open().await;
    for status in [301, 302, 307, 308] {
        let away = Fault::Redirect { status, to: format!("{}/api/v2/oauth2/token", elsewhere.origin()) };
        played.suffer(away.clone());
        let error = Payoneer::new(settings(&played)).status(REFERENCE).await.unwrap_err();
        assert!(matches!(error, Error::NoToken(_)), "{error}");

        played.recover();
        client.status(REFERENCE).await.unwrap();
        played.suffer(away);
        assert!(matches!(client.submit(&of(usd("50"))).await, Err(Error::Unknown(_))));
    }
    assert!(elsewhere.seen().is_empty());
}
