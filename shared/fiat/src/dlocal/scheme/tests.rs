//! The three schemes against signatures that OpenSSL computed, with the login, date and secret of dLocal's own page.

use super::{Notices, Scheme, V2};
use crate::mac::Signature;
use http::HeaderMap;
use http::header::{HeaderName, HeaderValue};

const LOGIN: &str = "1955gdod";
const DATE: &str = "2022-11-24T15:42:57.130Z";
const SECRET: &str = "secretKey123";
const BODY: &str = r#"{"id":"D-4-1","status":"PAID","order_id":"pay_1","amount":72.00,"currency":"USD"}"#;
const OF_BODY: &str = "031023191ba1a25fc5624ecfe618d4d880b826274662816d6f6de97aa03e1834";
const OF_ALL: &str = "5afb121d5dc7f38e0cb06517cfa3313e4f787df76dc69d9d7f85a2ff97736208";

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let named = |name: &str| HeaderName::from_bytes(name.as_bytes()).unwrap();
    pairs.iter().map(|(name, value)| (named(name), HeaderValue::from_str(value).unwrap())).collect()
}

/// What dLocal would send under `scheme`.
fn sent(scheme: Scheme) -> HeaderMap {
    let authorization = format!("{V2}{OF_ALL}");
    let dated = [("X-Login", LOGIN), ("X-Date", DATE)];
    match scheme {
        Scheme::SeedXSignature => headers(&[("X-Signature", OF_BODY)]),
        Scheme::AuthorizationV2 => headers(&[dated[0], dated[1], ("Authorization", &authorization)]),
        Scheme::SignatureHeader => headers(&[dated[0], dated[1], ("Signature", OF_ALL)]),
    }
}

fn verifies(scheme: Scheme, headers: &HeaderMap, body: &str) -> bool {
    Notices::new(scheme, LOGIN, SECRET).unwrap().verify(headers, body.as_bytes())
}

#[test]
fn fx_a_request_without_a_body_is_signed_as_on_dlocals_page() {
    let signature = Signature::of(SECRET, &[LOGIN.as_bytes(), DATE.as_bytes(), b""]);
    assert_eq!(signature.hex(), "98211fe059efc3606b831a1c30a3c6d7448e598b515a15456ae9ebc157314aa2");
}

#[test]
fn fx_each_scheme_takes_its_own_signature_and_no_other() {
    for configured in Scheme::ALL {
        for used in Scheme::ALL {
            assert_eq!(verifies(configured, &sent(used), BODY), configured == used, "{configured:?} {used:?}");
        }
    }
}

#[test]
fn fx_every_changed_byte_of_the_body_is_noticed() {
    for scheme in Scheme::ALL {
        for at in 0..BODY.len() {
            let mut changed = BODY.as_bytes().to_vec();
            changed[at] ^= 1;
            let notices = Notices::new(scheme, LOGIN, SECRET).unwrap();
            assert!(!notices.verify(&sent(scheme), &changed), "{scheme:?} {at}");
        }
        assert!(!verifies(scheme, &sent(scheme), &format!("{BODY}\n")), "{scheme:?}");
    }
}

#[test]
fn fx_a_body_that_was_written_anew_is_another() {
    let value: serde_json::Value = serde_json::from_str(BODY).unwrap();
    let again = value.to_string();
    assert_ne!(again, BODY);
    for scheme in Scheme::ALL {
        assert!(!verifies(scheme, &sent(scheme), &again), "{scheme:?}");
    }
}

#[test]
fn fx_every_changed_digit_of_a_signature_is_noticed() {
    for scheme in Scheme::ALL {
        let (name, value) = sent(scheme).into_iter().map(|(name, value)| (name.unwrap(), value)).last().unwrap();
        let text = value.to_str().unwrap().to_owned();
        for at in text.len() - 64..text.len() {
            let digit = if text.as_bytes()[at] == b'0' { "1" } else { "0" };
            let mut changed = text.clone();
            changed.replace_range(at..=at, digit);
            let mut headers = sent(scheme);
            headers.insert(name.clone(), changed.parse().unwrap());
            assert!(!verifies(scheme, &headers, BODY), "{scheme:?} {at}");
        }
    }
}

#[test]
fn fx_the_case_of_header_names_and_digits_does_not_matter() {
    let shouted = headers(&[("X-SIGNATURE", &OF_BODY.to_uppercase())]);
    assert!(verifies(Scheme::SeedXSignature, &shouted, BODY));
    let whispered = headers(&[("x-login", LOGIN), ("x-date", DATE), ("signature", OF_ALL)]);
    assert!(verifies(Scheme::SignatureHeader, &whispered, BODY));
}

#[test]
fn fx_missing_doubled_and_odd_headers_are_refused() {
    let v2 = format!("{V2}{OF_ALL}");
    let dated = [("x-login", LOGIN), ("x-date", DATE)];
    let other_login = format!("{V2}{}", Signature::of(SECRET, &[b"other", DATE.as_bytes(), BODY.as_bytes()]).hex());
    for (scheme, pairs) in [
        (Scheme::SeedXSignature, vec![]),
        (Scheme::SeedXSignature, vec![("x-signature", "")]),
        (Scheme::SeedXSignature, vec![("x-signature", &OF_BODY[..62])]),
        (Scheme::SeedXSignature, vec![("x-signature", OF_BODY), ("x-signature", OF_BODY)]),
        (Scheme::SeedXSignature, vec![("x-signature", OF_ALL)]),
        (Scheme::AuthorizationV2, vec![("authorization", &v2)]),
        (Scheme::AuthorizationV2, vec![("authorization", &v2), dated[0]]),
        (Scheme::AuthorizationV2, vec![("authorization", &v2), dated[1]]),
        (Scheme::AuthorizationV2, vec![("authorization", OF_ALL), dated[0], dated[1]]),
        (Scheme::AuthorizationV2, vec![("authorization", &v2), dated[0], ("x-date", "2022-11-24T15:42:57.131Z")]),
        // Rightly signed, by somebody who knows our secret under another name.
        (Scheme::AuthorizationV2, vec![("authorization", &other_login), ("x-login", "other"), dated[1]]),
        // The border between login and date is not signed.
        (
            Scheme::SignatureHeader,
            vec![("signature", OF_ALL), ("x-login", "1955gdo"), ("x-date", "d2022-11-24T15:42:57.130Z")],
        ),
        (Scheme::SignatureHeader, vec![("signature", &v2), dated[0], dated[1]]),
    ] {
        assert!(!verifies(scheme, &headers(&pairs), BODY), "{scheme:?} {pairs:?}");
    }
}

#[test]
fn fx_another_secret_verifies_nothing_and_an_empty_one_is_none() {
    for scheme in Scheme::ALL {
        let notices = Notices::new(scheme, LOGIN, "secretKey124").unwrap();
        assert!(!notices.verify(&sent(scheme), BODY.as_bytes()));
        assert!(Notices::new(scheme, LOGIN, " \n").is_none());
        assert!(!format!("{notices:?}").contains("secretKey"));
    }
}

#[test]
fn every_scheme_has_its_word() {
    for scheme in Scheme::ALL {
        assert_eq!(Scheme::parse(scheme.as_str()), Some(scheme));
    }
    assert_eq!(Scheme::parse("none"), None);
}
