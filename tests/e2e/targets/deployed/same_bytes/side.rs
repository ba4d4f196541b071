//! One of two systems that are asked the same, with the names under which the walk knows its things.

use super::walk::Ask;
use harness::binary::in_days;
use harness::{Api, Photo, Reply, Wire};
use std::collections::BTreeMap;

/// A request's body above 256 KiB.
const HUGE_BYTES: usize = 300 * 1024;
/// A key pair's public half and an envelope sealed for it.
const VECTORS: &str = include_str!("../../../../../shared/sealed/vectors/webcrypto.json");

pub(super) struct Side<'a> {
    wire: &'a Wire,
    dlocal_secret: String,
    /// What `<task>` stands for here.
    names: BTreeMap<String, String>,
}

impl<'a> Side<'a> {
    pub(super) fn of(wire: &'a Wire, admin_key: &str, dlocal_secret: &str) -> Self {
        let names = BTreeMap::from([("admin_key".to_owned(), admin_key.to_owned())]);
        Self { wire, dlocal_secret: dlocal_secret.to_owned(), names }
    }

    /// What both sides are told alike in this run. A stack may have seen runs before.
    pub(super) fn know_run(&mut self, photo: &Photo) {
        let hex = photo.sha256();
        let vectors: serde_json::Value = serde_json::from_str(VECTORS).unwrap();
        let vector = |field: &str| vectors[0][field].as_str().unwrap().to_owned();
        for (name, value) in [
            ("nobody", "0".repeat(25) + "1"),
            ("huge", "a".repeat(HUGE_BYTES)),
            ("script", "page.js".to_owned()),
            ("soon", in_days(2).to_string()),
            ("sha256", hex.clone()),
            ("bytes", photo.bytes.len().to_string()),
            ("mail", format!("{}@example.com", &hex[..20])),
            ("hash", format!("0x{hex}")),
            ("spki", vector("agent_spki")),
            ("ct", vector("ct")),
            ("iv", vector("iv")),
            ("eph", vector("eph_raw")),
        ] {
            self.names.insert(name.to_owned(), value);
        }
    }

    /// From now on the name stands for nothing.
    pub(super) fn forget(&mut self, name: &str) {
        self.names.remove(name);
    }

    /// The text with this side's own in place of names.
    pub(super) fn fill(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("<{name}>"), value))
    }

    /// The text with names in place of this side's own, the longest first.
    pub(super) fn unfill(&self, text: &str) -> String {
        let mut names: Vec<(&String, &String)> = self.names.iter().filter(|(_, value)| value.len() > 20).collect();
        names.sort_by_key(|(_, value)| std::cmp::Reverse(value.len()));
        names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(*value, &format!("<{name}>")))
    }

    /// Sends the request as this side understands it, and remembers what the walk wants kept.
    pub(super) async fn ask(&mut self, ask: &Ask) -> Reply {
        let body = ask.body.map(|body| self.fill(body));
        let mut headers = ask.headers.iter().map(|(name, value)| (*name, self.fill(value))).collect::<Vec<_>>();
        let signature = || outbound::signature::humanops(&self.dlocal_secret, body.as_deref().unwrap_or("").as_bytes());
        headers.extend(match ask.caller {
            "agent" | "stranger" => Some(("x-api-key", self.fill(&format!("<{}_key>", ask.caller)))),
            "operator" => Some(("x-operator-id", self.fill("<operator>"))),
            "admin" => Some(("x-admin-key", self.fill("<admin_key>"))),
            "provider" => Some(("x-signature", signature())),
            "nobody" => None,
            unknown => panic!("who is {unknown}?"),
        });
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let reply = self.wire.send(ask.method, &self.fill(ask.path), &headers, body).await;
        // Another status is reported as a difference.
        for (name, pointer) in ask.keeps.iter().filter(|_| reply.status == ask.status) {
            let value = reply.json.pointer(pointer).and_then(|value| value.as_str());
            let value = value.unwrap_or_else(|| panic!("{ask}: no {pointer} in {}", reply.text));
            self.names.insert((*name).to_owned(), value.to_owned());
        }
        if let Some((bucket, _)) = reply.json["photo_url"].as_str().and_then(|url| url.split_once("/proof/")) {
            self.names.insert("bucket".to_owned(), bucket.to_owned());
        }
        reply
    }

    /// What the agent is shown.
    pub(super) async fn shows(&self, path: &str) -> String {
        let key = self.fill("<agent_key>");
        self.wire.send("GET", path, &[("x-api-key", &key)], None).await.expect(200).text
    }
}
