//! A reply that the document does not describe is found, whatever is wrong with it.

use super::*;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

fn reply(status: u16, headers: &[(&str, &str)], body: Value) -> Reply {
    let usual = [
        ("x-request-id", "req_1"),
        ("content-type", "application/json"),
        ("ratelimit-limit", "100"),
        ("ratelimit-remaining", "99"),
        ("ratelimit-reset", "60"),
    ];
    let mut all = HeaderMap::new();
    for (name, value) in usual.iter().chain(headers) {
        let name: HeaderName = name.parse().unwrap();
        match *value {
            "" => drop(all.remove(&name)),
            value => drop(all.insert(name, HeaderValue::from_str(value).unwrap())),
        }
    }
    Reply { status, headers: all, text: body.to_string(), json: body }
}

#[test]
fn a_reply_is_held_to_the_document() {
    let good = json!({ "deposit_balance": 75.00, "escrow_balance": 0.00, "currency": "USD" });
    let error = |code: &str| json!({ "error": "No.", "code": code, "request_id": "req_1", "details": {} });
    let cases = [
        ("GET", "/agents/balance", reply(200, &[], good.clone()), ""),
        ("GET", "/agents/balance", reply(201, &[], good.clone()), "this status"),
        ("GET", "/agents/balance", reply(200, &[("x-request-id", "")], good.clone()), "x-request-id"),
        ("GET", "/agents/balance", reply(200, &[("ratelimit-reset", "")], good.clone()), "RateLimit-Reset"),
        ("GET", "/agents/balance", reply(200, &[("content-type", "text/plain")], good.clone()), "content type"),
        (
            "GET",
            "/agents/balance",
            reply(200, &[], json!({ "deposit_balance": 75.00, "currency": "USD" })),
            "escrow_balance",
        ),
        ("GET", "/agents/balance", reply(200, &[], json!([])), "object"),
        ("GET", "/agents/balance", reply(401, &[("www-authenticate", "ApiKey")], error("invalid_api_key")), ""),
        (
            "GET",
            "/agents/balance",
            reply(401, &[("www-authenticate", "ApiKey")], error("kyc_required")),
            "kyc_required",
        ),
        ("GET", "/agents/balance", reply(401, &[], error("invalid_api_key")), "WWW-Authenticate"),
        ("GET", "/agents/balance", reply(403, &[], error("kyc_required")), "this status"),
        (
            "GET",
            "/agents/balance",
            reply(401, &[("www-authenticate", "ApiKey"), ("x-request-id", "req_2")], error("invalid_api_key")),
            "another request",
        ),
        ("GET", "/agents/nothing", reply(404, &[], error("no_such_endpoint")), ""),
        ("GET", "/agents/nothing", reply(404, &[], error("not_found")), "this endpoint"),
        ("PUT", "/agents/balance", reply(405, &[("allow", "GET")], error("method_not_allowed")), ""),
        ("PUT", "/agents/balance", reply(200, &[], good), "this endpoint"),
        (
            "GET",
            "/agents/balance",
            reply(401, &[("www-authenticate", "ApiKey")], json!({ "error": "your-random-secret" })),
            "a callback's secret",
        ),
    ];
    for (method, path, reply, wrong) in cases {
        let found = judge(&Sent { method, path, body: None }, &reply).err().unwrap_or_default();
        assert_eq!(found.is_empty(), wrong.is_empty(), "{method} {path} {}: {found}", reply.status);
        assert!(found.contains(wrong), "{method} {path} {}: {found}", reply.status);
    }
}

#[test]
fn a_path_without_an_id_is_not_one_with_an_id() {
    let operation =
        |path: &str| described(&Sent { method: "GET", path, body: None }).map(|endpoint| endpoint.operation);
    assert_eq!(operation("/operator/tasks/mine?limit=1"), Some("listOperatorTasks"));
    assert_eq!(operation("/operator/tasks/task_1"), Some("getOperatorTask"));
    assert_eq!(operation("/operator/tasks/"), None);
}
