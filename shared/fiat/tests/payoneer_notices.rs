//! Payoneer's notifications as the playing server signs them, verified by a library that shares no line with it.

use fiat::payoneer::{Delivery, Notice, Notices};
use providers::payoneer::{Credentials, Payoneer as Played};
use serde_json::json;

const NOW_S: i64 = 1_800_000_000;

#[tokio::test]
async fn fx_ipcn_what_payoneer_signs_verifies() {
    let played = Played::open().await;
    let known = played.credentials();
    let notices = Notices::new(&known.app_name, &known.notification_secret).unwrap();
    for url in [
        "https://api.example.com/webhooks/payoneer/cancelled",
        "https://API.example.com/Webhooks/payoneer?z=1&a=%20~x*&B=(2)",
        "https://api.example.com/?",
    ] {
        let sent = played.notification(url, json!({ "Payee Id": "op_1", "IntPaymentId": "po_1" }), NOW_S);
        let delivery = Delivery { authorization: &sent.authorization, method: "POST", url, body: &sent.body };
        let nonce = notices.verify(&delivery, NOW_S).unwrap();
        assert!(sent.authorization.contains(nonce), "{url}");
        assert_eq!(notices.verify(&delivery, NOW_S + 301), None);
        assert_eq!(notices.verify(&Delivery { body: b"{}", ..delivery }, NOW_S), None);
        assert_eq!(Notice::parse(&sent.body).unwrap().reference.as_deref(), Some("po_1"));
    }
}

#[tokio::test]
async fn fx_ipcn_the_other_environment_is_refused_even_with_our_secret() {
    let sandbox = Credentials::default();
    let app_name = "Webhook-IPCNSender-production".to_owned();
    let played = Played::admitting(Credentials { app_name, ..sandbox.clone() }).await;
    let url = "https://api.example.com/webhooks/payoneer";
    let sent = played.notification(url, json!({ "Payee Id": "op_1" }), NOW_S);
    let delivery = Delivery { authorization: &sent.authorization, method: "POST", url, body: &sent.body };
    for (app_name, verified) in [("Webhook-IPCNSender-production", true), (&sandbox.app_name, false)] {
        let notices = Notices::new(app_name, &sandbox.notification_secret).unwrap();
        assert_eq!(notices.verify(&delivery, NOW_S).is_some(), verified, "{app_name}");
    }
}
