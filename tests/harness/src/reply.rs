//! An answer, read whole.

use crate::exchange::{self, Sent};
use axum::http::HeaderMap;
use serde_json::Value;
use std::ops::Index;

/// Status, headers and body of an answer. Index it like its JSON.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    /// As sent: for amounts, whose digits JSON values do not keep.
    pub text: String,
    pub json: Value,
}

impl Reply {
    /// The answer to a request, which must be one that this interface gives: there is no other way to a reply.
    #[track_caller]
    pub fn to(sent: &Sent<'_>, status: u16, headers: HeaderMap, text: String) -> Self {
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        let reply = Self { status, headers, text, json };
        exchange::check(sent, &reply);
        reply
    }

    /// The reply, if it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The reply, if it is this error: status and code.
    #[track_caller]
    pub fn expect_error(self, status: u16, code: &str) -> Self {
        let reply = self.expect(status);
        assert_eq!(reply.json["code"], code, "{}", reply.text);
        assert!(reply.json["error"].as_str().is_some_and(|sentence| sentence.len() > 5), "{}", reply.text);
        assert!(reply.json["request_id"].as_str().is_some_and(|id| id.starts_with("req_")), "{}", reply.text);
        reply
    }

    /// The reply, if it is 400 and complains about exactly these fields, in order of their names.
    #[track_caller]
    pub fn expect_fields(self, fields: &[&str]) -> Self {
        let reply = self.expect_error(400, "invalid_request");
        let named: Vec<&String> = reply.json["details"]["fields"].as_object().unwrap().keys().collect();
        assert_eq!(named, fields, "{}", reply.text);
        reply
    }

    /// The text without what differs between two equal requests.
    #[track_caller]
    pub fn without_request_id(&self) -> String {
        let id = self.text_of("request_id");
        assert_eq!(self.header("x-request-id"), Some(id.as_str()));
        self.text.replace(&id, "req")
    }

    /// A header's text, or nothing.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A field that is a text.
    #[track_caller]
    pub fn text_of(&self, field: &str) -> String {
        self.json[field].as_str().unwrap_or_else(|| panic!("no text {field} in {}", self.text)).to_owned()
    }

    /// The digits of a number as they were sent: `amount("reward_usd")` is `25.00`.
    #[track_caller]
    pub fn amount(&self, field: &str) -> String {
        let marker = format!("\"{field}\":");
        let start = self.text.find(&marker).unwrap_or_else(|| panic!("no {field} in {}", self.text)) + marker.len();
        self.text[start..].chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect()
    }
}

impl Index<&str> for Reply {
    type Output = Value;

    fn index(&self, field: &str) -> &Value {
        &self.json[field]
    }
}
