//! IPCN against signatures that Python computed, of the inputs of Payoneer's own sample. The sample's own signatures
//! agree with no implementation of its algorithm, nor with Payoneer's sandbox, and are left out.

use super::{Delivery, Notice, Notices, encoded};

const APP: &str = "Webhook-IPCNSender-sandbox";
const SECRET: &str = "welcome-test-sandbox";
const NONCE: &str = "9aa8db0f59c34b23920c8b722cd16f19";
const SENT_S: i64 = 1_729_696_647;
const URL: &str = "https://example.com/webhook-callback";
const WITH_QUERY: &str =
    "https://webhook.site/6d30c87c?ReasonDescription=Payee%20was%20not%20found&reasoncode=10005&apuid=test~65*t";
const BODY: &str = r#"{"Payee Id":"test","Amount":"0.83","IntPaymentId":"6fa6bce4-085a-43b5-9311-aa561ac338a4","Currency":"EUR","Transaction Date":"2021-07-25T11:33:52Z"}"#;
const SIGNATURE: &str = "jQZNGY2YoojFtwe8tTk/PlRksylg6HMZpbAZanXOd20=";
const WITH_QUERY_SIGNATURE: &str = "nOA6dwJ2qCXQ9+KIX6dcoM+laqWhEgO6AHcOTcZr0iM=";
const GET_SIGNATURE: &str = "r7y5pH07SQfZFGlOZi1ZMgaS9KAmSAUkDAWPCP26SOs=";

fn header(signature: &str) -> String {
    format!("hmacauth {APP}:{signature}:{NONCE}:{SENT_S}")
}

fn verify(authorization: &str, url: &str, body: &str, now_s: i64) -> bool {
    let delivery = Delivery { authorization, method: "POST", url, body: body.as_bytes() };
    Notices::new(APP, SECRET).unwrap().verify(&delivery, now_s).is_some()
}

#[test]
fn fx_ipcn_known_signatures_verify_and_yield_the_nonce() {
    for (method, url, signature) in [
        ("POST", URL, SIGNATURE),
        ("post", URL, SIGNATURE),
        ("POST", WITH_QUERY, WITH_QUERY_SIGNATURE),
        ("GET", WITH_QUERY, GET_SIGNATURE),
    ] {
        let authorization = header(signature);
        let delivery = Delivery { authorization: &authorization, method, url, body: BODY.as_bytes() };
        assert_eq!(Notices::new(APP, SECRET).unwrap().verify(&delivery, SENT_S), Some(NONCE), "{method} {url}");
    }
}

#[test]
fn fx_ipcn_a_clock_may_be_five_minutes_off() {
    for (skew_s, expected) in [(0, true), (300, true), (-300, true), (301, false), (-301, false), (86_400, false)] {
        assert_eq!(verify(&header(SIGNATURE), URL, BODY, SENT_S + skew_s), expected, "{skew_s}");
    }
    assert!(!verify(&format!("hmacauth {APP}:{SIGNATURE}:{NONCE}:{}", i64::MIN), URL, BODY, i64::MAX));
}

#[test]
fn fx_ipcn_the_case_of_a_url_and_the_order_of_its_query_do_not_matter() {
    let signature = header(WITH_QUERY_SIGNATURE);
    let reordered =
        "HTTPS://Webhook.site/6D30C87C?apuid=test~65*t&reasonDESCRIPTION=payee%20was%20not%20found&reasoncode=10005";
    assert!(verify(&signature, reordered, BODY, SENT_S));
    for other in [
        "https://webhook.site/6d30c87c",
        "https://webhook.site/6d30c87c?apuid=test~65*t&reasoncode=10005",
        "https://webhook.site/6d30c87d?apuid=test~65*t&reasondescription=payee%20was%20not%20found&reasoncode=10005",
        "http://webhook.site/6d30c87c?apuid=test~65*t&reasondescription=payee%20was%20not%20found&reasoncode=10005",
    ] {
        assert!(!verify(&signature, other, BODY, SENT_S), "{other}");
    }
}

#[test]
fn fx_ipcn_urls_are_encoded_as_java_does_it_and_then_lowered() {
    assert_eq!(encoded(";/:@=+$,#[]!'()*~-_."), "%3b%2f%3a%40%3d%2b%24%2c%23%5b%5d%21%27%28%29%2a%7e-_.");
    assert_eq!(encoded("A B"), "a+b");
}

#[test]
fn fx_ipcn_every_changed_byte_is_noticed() {
    for at in 0..BODY.len() {
        let mut changed = BODY.as_bytes().to_vec();
        changed[at] ^= 1;
        let authorization = header(SIGNATURE);
        let delivery = Delivery { authorization: &authorization, method: "POST", url: URL, body: &changed };
        assert_eq!(Notices::new(APP, SECRET).unwrap().verify(&delivery, SENT_S), None, "{at}");
    }
    // Of the nonce and the moment, which are signed too.
    let good = header(SIGNATURE);
    for at in good.find(NONCE).unwrap()..good.len() {
        if good.as_bytes()[at] != b':' {
            let digit = if good.as_bytes()[at] == b'0' { "1" } else { "0" };
            let mut changed = good.clone();
            changed.replace_range(at..=at, digit);
            assert!(!verify(&changed, URL, BODY, SENT_S), "{changed}");
        }
    }
}

#[test]
fn fx_ipcn_headers_of_another_form_are_refused() {
    for authorization in [
        String::new(),
        "hmacauth".to_owned(),
        "hmacauth :::".to_owned(),
        header(""),
        header("not base64!"),
        header(SIGNATURE.trim_end_matches('=')),
        header(SIGNATURE).replacen("hmacauth", "Bearer", 1),
        header(SIGNATURE).replacen("sandbox", "production", 1),
        format!("{}:more", header(SIGNATURE)),
        format!("hmacauth {APP}:{SIGNATURE}:{NONCE}"),
        format!("hmacauth {APP}:{SIGNATURE}::{SENT_S}"),
        format!("hmacauth {APP}:{SIGNATURE}:{NONCE}:soon"),
        format!("hmacauth {APP}:{SIGNATURE}:{NONCE}:+{SENT_S}"),
    ] {
        assert!(!verify(&authorization, URL, BODY, SENT_S), "{authorization}");
    }
    assert!(verify(&header(SIGNATURE).replacen("hmacauth", "HmacAuth", 1), URL, BODY, SENT_S));
}

#[test]
fn fx_ipcn_another_secret_verifies_nothing_and_an_empty_one_is_none() {
    let authorization = header(SIGNATURE);
    let delivery = Delivery { authorization: &authorization, method: "POST", url: URL, body: BODY.as_bytes() };
    let notices = Notices::new(APP, "another").unwrap();
    assert_eq!(notices.verify(&delivery, SENT_S), None);
    assert!(!format!("{notices:?}").contains("another"));
    assert!(Notices::new(APP, "").is_none());
}

#[test]
fn fx_ipcn_a_notice_names_a_payee_and_perhaps_a_payout() {
    let cancelled = br#"{"Payee Id":"op_1","IntPaymentId":"po_1","Reason Code":"10009","Reason Description":"inactive",
        "Payment Amount":"357.65","Canceled Payment Date":"2022-01-17T20%3a03%3a05Z"}"#;
    let expected =
        Notice { payee: "op_1".to_owned(), reference: Some("po_1".to_owned()), reason: Some("inactive".to_owned()) };
    assert_eq!(Notice::parse(cancelled), Some(expected));
    let approved = Notice { payee: "op_1".to_owned(), reference: None, reason: None };
    assert_eq!(Notice::parse(br#"{"Payee Id":"op_1","Payoneer Id":"19","Session Id":"9"}"#), Some(approved));
    for other in ["", "[]", "{}", r#"{"IntPaymentId":"po_1"}"#] {
        assert_eq!(Notice::parse(other.as_bytes()), None, "{other}");
    }
}
