//! Notifications as the playing server signs them, verified by a library that shares no line with it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and clippy sees no test in a function beside it")]

use domain::Usd;
use fiat::dlocal::{About, Dlocal, Method, NewPayment, Notice, Notices, Payer, Scheme, Settings, Status};
use http::{HeaderMap, HeaderName};
use providers::dlocal::{Dlocal as Played, Notification, Scheme as PlayedScheme};
use url::Url;

const PAIRS: [(Scheme, PlayedScheme); 3] = [
    (Scheme::SeedXSignature, PlayedScheme::SeedXSignature),
    (Scheme::AuthorizationV2, PlayedScheme::AuthorizationV2),
    (Scheme::SignatureHeader, PlayedScheme::SignatureHeader),
];

fn headers(notification: &Notification) -> HeaderMap {
    let named = |name: &str| HeaderName::from_bytes(name.as_bytes()).unwrap();
    notification.headers.iter().map(|(name, value)| (named(name), value.parse().unwrap())).collect()
}

async fn with_a_payment() -> Played {
    let played = Played::open().await;
    let known = played.credentials().clone();
    let client = Dlocal::new(Settings {
        base: played.origin().parse().unwrap(),
        login: known.login,
        trans_key: known.trans_key,
        secret_key: known.secret_key,
        notification_url: Url::parse("https://api.example.com/webhooks/dlocal").unwrap(),
        country: "BR".to_owned(),
    });
    let payment = NewPayment {
        order_id: "pay_1",
        amount: Usd::dollars(72),
        method: Method::Card,
        country: None,
        payer: Payer { name: "N", email: "n@example.com" },
        description: "Funds",
        return_url: None,
    };
    client.create(&payment).await.unwrap();
    played
}

#[tokio::test]
async fn fx_what_dlocal_signs_verifies_under_its_scheme_only() {
    let played = with_a_payment().await;
    let known = played.credentials();
    for (_, signed) in PAIRS {
        let notification = played.notification("pay_1", signed);
        for (scheme, same) in PAIRS {
            let notices = Notices::new(scheme, &known.login, &known.secret_key).unwrap();
            let verified = notices.verify(&headers(&notification), &notification.body);
            assert_eq!(verified, signed == same, "{signed:?} {scheme:?}");
            let mut spoilt = notification.body.clone();
            spoilt[10] ^= 1;
            assert!(!notices.verify(&headers(&notification), &spoilt));
        }
    }
}

#[tokio::test]
async fn fx_what_dlocal_notifies_of_is_read() {
    let played = with_a_payment().await;
    played.set_status("pay_1", "PAID");
    let notice = Notice::parse(&played.notification("pay_1", PlayedScheme::SeedXSignature).body).unwrap();
    assert_eq!(notice.about, About::Payment { id: played.payment_of("pay_1"), status: Status::Paid });
    assert_eq!(notice.order_id.as_deref(), Some("pay_1"));
    assert_eq!((notice.amount, notice.currency.as_deref()), (Some(Usd::dollars(72)), Some("USD")));

    let chargeback = played.charge_back("pay_1", "COMPLETED");
    let body = played.notification_of_reversal(&chargeback, PlayedScheme::SeedXSignature).body;
    let payment_id = played.payment_of("pay_1").unwrap();
    let about = About::Reversal { id: Some(chargeback), payment_id, word: "COMPLETED".to_owned() };
    assert_eq!(Notice::parse(&body).unwrap().about, about);
}

#[test]
fn whoever_prints_who_verifies_reads_the_scheme_and_no_secret() {
    let printed = format!("{:?}", Notices::new(Scheme::AuthorizationV2, "login", "a-secret-key").unwrap());
    assert!(printed.contains("AuthorizationV2") && !printed.contains("a-secret-key"), "{printed}");
}
