//! A browser that is notified, played: an [`Inbox`] is its push service, and Node opens what came there.

use crate::{Api, Inbox, OperatorKey, Received, Reply, World};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The browser's public key and secret, of which `open-push.mjs` has the private half.
pub const P256DH: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
pub const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

impl Inbox {
    /// The body with which a browser of this push service subscribes.
    pub fn subscription(&self) -> Value {
        json!({ "endpoint": self.url, "keys": { "p256dh": P256DH, "auth": AUTH } })
    }

    /// The same, for tasks within so many kilometres of a place.
    pub fn subscription_near(&self, lat: f64, lng: f64, radius_km: u32) -> Value {
        let mut body = self.subscription();
        body["near"] = json!({ "lat": lat, "lng": lng, "radius_km": radius_km });
        body
    }
}

impl World {
    /// `PUT /operator/push`.
    pub async fn subscribe(&self, operator: &OperatorKey, body: Value) -> Reply {
        self.request(operator, "PUT", "/operator/push", &[], Some(body)).await
    }

    /// What browsers were told, each as its event; every message is checked as a push service and a browser would.
    pub async fn told(&self, operator: &OperatorKey, inbox: &Inbox) -> Vec<String> {
        let key = self.get(operator, "/operator/push").await.expect(200).text_of("public_key");
        let opened = inbox.received().iter().map(|it| it.opened(&key)["message"]["event"].clone()).collect::<Vec<_>>();
        opened.iter().map(|event| event.as_str().unwrap().to_owned()).collect()
    }
}

impl Received {
    /// `signed`, `claims` and `message` of a notification.
    pub fn opened(&self, application_key: &str) -> Value {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/open-push.mjs");
        let mut node = Command::new("node")
            .args([script, self.header("authorization").unwrap(), application_key])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node opens what a browser opens");
        node.stdin.take().unwrap().write_all(URL_SAFE_NO_PAD.encode(&self.body).as_bytes()).unwrap();
        let output = node.wait_with_output().unwrap();
        assert!(output.status.success(), "it can not be opened");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}
