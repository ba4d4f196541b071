//! The requests that are measured, as events of API Gateway's HTTP API.

use crate::asked::Caller;
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};

/// One address may send a hundred requests to a route in a minute; none of these ever sends as many.
const PER_ADDRESS: u32 = 50;

/// A request, again and again.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// `GET /agents/balance`
    pub(crate) name: &'static str,
    /// The function of ours that answers it.
    pub(crate) function: &'static str,
    /// The status of its answer.
    pub(crate) status: u16,
    event: Value,
}

impl Request {
    /// The three that are measured, of the agent with this key and about this task.
    pub(crate) fn all(key: &str, task: &str) -> [Self; 3] {
        [Self::balance(key), Self::show(key, task), Self::create(key)]
    }

    /// One read of two items.
    pub(crate) fn balance(key: &str) -> Self {
        let event = event("GET", "/api/v1/agents/balance", ("x-api-key", key), None);
        Self { name: "GET /agents/balance", function: "agents", status: 200, event }
    }

    /// One query, and the key.
    pub(crate) fn show(key: &str, task: &str) -> Self {
        let event = event("GET", &format!("/api/v1/tasks/{task}"), ("x-api-key", key), None);
        Self { name: "GET /tasks/{id}", function: "tasks", status: 200, event }
    }

    /// One read, then a transaction of four items.
    pub(crate) fn create(key: &str) -> Self {
        let event = event("POST", "/api/v1/tasks", ("x-api-key", key), Some(task_body()));
        Self { name: "POST /tasks", function: "tasks", status: 201, event }
    }

    /// The same from an address that is not used up.
    pub(crate) fn event(&self) -> String {
        static SENT: AtomicU32 = AtomicU32::new(0);
        let number = SENT.fetch_add(1, Ordering::Relaxed) / PER_ADDRESS;
        let mut event = self.event.clone();
        event["requestContext"]["http"]["sourceIp"] = json!(Ipv4Addr::from(0x0b00_0000 | number).to_string());
        event.to_string()
    }
}

/// The reference's example, with a callback.
pub(crate) fn task_body() -> String {
    let deadline = store::Clock::system(0).now().plus_seconds(2 * 24 * 3_600);
    json!({
        "title": "Verify storefront signage",
        "description": "Take a photo of the signage at 123 Main St",
        "location": { "lat": 40.7128, "lng": -74.006, "address": "123 Main St, NY" },
        "reward_usd": 10,
        "deadline": deadline.to_string(),
        "proof_requirements": ["Photo of storefront sign", "GPS-stamped image"],
        "task_type": "VERIFICATION",
        "callback_url": "https://agent.example.com/hook",
    })
    .to_string()
}

pub(crate) fn event(method: &str, path: &str, (header, identity): Caller<'_>, body: Option<String>) -> Value {
    let mut event = json!({
        "version": "2.0",
        "routeKey": format!("{method} {path}"),
        "rawPath": path,
        "rawQueryString": "",
        "headers": {
            "accept": "*/*",
            "content-length": body.as_ref().map_or(0, String::len).to_string(),
            "host": "api.example.com",
            "user-agent": "bench/1",
            "x-amzn-trace-id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
            header: identity,
            "x-forwarded-for": "192.0.2.1",
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
        },
        "requestContext": {
            "accountId": "123456789012", "apiId": "api", "domainName": "api.example.com", "domainPrefix": "api",
            "http": {
                "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "bench/1",
            },
            "requestId": "JKJaXmPLvHcESHA=", "routeKey": format!("{method} {path}"), "stage": "$default",
            "time": "05/Feb/2026:12:00:00 +0000", "timeEpoch": 1_770_292_800_000_u64,
        },
        "isBase64Encoded": false,
    });
    if let Some(body) = body {
        event["headers"]["content-type"] = json!("application/json");
        event["body"] = json!(body);
    }
    event
}
