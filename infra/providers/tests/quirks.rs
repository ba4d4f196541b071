//! What the clients never do, and the providers answer in their own way all the same.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and clippy sees no test in a function beside it")]

use providers::dlocal::{Credentials, Dlocal};
use providers::payoneer::Payoneer;

const DATE: (&str, &str) = ("X-Date", "2022-11-24T15:42:57.130Z");
const LOGIN: (&str, &str) = ("X-Login", "1955gdod");
const KEY: (&str, &str) = ("X-Trans-Key", "j81xh5");
/// Of dLocal's own page: a request without a body, four years ago.
const SIGNED: (&str, &str) =
    ("Authorization", "V2-HMAC-SHA256, Signature: 98211fe059efc3606b831a1c30a3c6d7448e598b515a15456ae9ebc157314aa2");

async fn dlocal() -> Dlocal {
    let [login, trans_key, secret_key] = ["1955gdod", "j81xh5", "secretKey123"].map(str::to_owned);
    Dlocal::admitting(Credentials { login, trans_key, secret_key }).await
}

async fn get(url: String, headers: &[(&str, &str)]) -> (u16, String) {
    let http = outbound::trusted(std::time::Duration::from_secs(30)).unwrap();
    let request = headers.iter().fold(http.get(url), |request, (name, value)| request.header(*name, *value));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn dlocal_answers_each_fault_of_a_request_as_it_does() {
    let played = dlocal().await;
    let not_found = r#"{"code":4000,"message":"Payment not found"}"#;
    let missing = |param: &str| format!(r#"{{"code":5001,"message":"Invalid parameter","param":"{param}"}}"#);
    let wrong = ("Authorization", "V2-HMAC-SHA256, Signature: 00");
    for (headers, status, body) in [
        // A date of years ago is let in.
        (vec![LOGIN, KEY, DATE, SIGNED], 404, not_found.to_owned()),
        (vec![KEY, DATE, SIGNED], 400, missing("X-Login")),
        (vec![LOGIN, KEY, SIGNED], 400, missing("X-Date")),
        (vec![LOGIN, KEY, ("X-Date", "yesterday"), SIGNED], 400, missing("X-Date")),
        (vec![LOGIN, KEY, DATE], 400, missing("Authorization")),
        (vec![LOGIN, KEY, DATE, wrong], 400, r#"{"code":5000,"message":"Signature not match"}"#.to_owned()),
        (
            vec![("X-Login", "other"), KEY, DATE, SIGNED],
            403,
            r#"{"code":3001,"message":"Invalid credentials"}"#.to_owned(),
        ),
    ] {
        let answered = get(format!("{}/payments/D-4-1", played.origin()), &headers).await;
        assert_eq!(answered, (status, body), "{headers:?}");
    }
    let elsewhere = get(format!("{}/paymentz", played.origin()), &[]).await;
    assert_eq!(elsewhere, (404, "NOT_FOUND".to_owned()));
    let refund = get(format!("{}/refunds/REF1", played.origin()), &[LOGIN, KEY, DATE, SIGNED]).await;
    assert_eq!(refund, (404, r#"{"code":4001,"message":"Refund not found"}"#.to_owned()));
}

#[tokio::test]
async fn payoneer_lets_nobody_in_without_a_token() {
    let played = Payoneer::open().await;
    for headers in [vec![], vec![("Authorization", "Bearer po-token-1")], vec![("Authorization", "po-token-1")]] {
        let (status, _) = get(format!("{}/programs/100123/payouts/po_1/status", played.api_base()), &headers).await;
        assert_eq!(status, 401);
    }
}
