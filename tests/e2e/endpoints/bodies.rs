//! What no endpoint takes: other methods, too much, not JSON, and fields that it does not have.

use super::{Cast, Who, answers, body, looks_at_nothing, url, who};
use contract::endpoint::{Endpoint, Method};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use web::envelope::BODY_BYTES_MAX;

/// Endpoints that refuse fields that they do not know. The provider's notifications may have any.
fn strict() -> impl Iterator<Item = (&'static Endpoint, &'static str)> {
    contract::endpoints()
        .filter(|endpoint| who(endpoint) != Who::Provider)
        .filter_map(|endpoint| Some((endpoint, body(endpoint)?)))
}

#[tokio::test]
async fn another_method_is_405_and_names_those_that_there_are() {
    let cast = Cast::assemble().await;
    let mut paths: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for endpoint in contract::endpoints() {
        paths.entry(endpoint.route.path).or_default().insert(endpoint.route.method.word());
    }
    for (path, methods) in paths {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            if methods.contains(method) {
                continue;
            }
            let reply = cast.send(method, path, &[], None).await.expect_error(405, "method_not_allowed");
            let allowed: BTreeSet<&str> = reply.header("allow").unwrap().split(',').collect();
            let allowed: BTreeSet<&str> = allowed.into_iter().filter(|method| *method != "HEAD").collect();
            assert_eq!(allowed, methods, "{method} {path}");
            assert_eq!(reply.header("content-type"), Some("application/json"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn one_byte_more_than_a_quarter_of_a_mebibyte_is_413_before_anything_else() {
    let cast = Cast::assemble().await;
    assert_eq!(BODY_BYTES_MAX, 262_144);
    let padded = |body: &str, bytes: usize| format!("{body}{}", " ".repeat(bytes - body.len()));
    for endpoint in contract::endpoints() {
        let body = body(endpoint).unwrap_or("{}");
        let reply = cast.call(endpoint, &url(endpoint), &[], Some(&padded(body, BODY_BYTES_MAX))).await;
        assert_eq!(reply.status, answers(endpoint), "{}: {}", endpoint.route, reply.text);
        // Without a credential: the size is refused before anybody asks who it is.
        let too_large = padded(body, BODY_BYTES_MAX + 1);
        let reply = cast.send(endpoint.route.method.word(), &url(endpoint), &[], Some(&too_large)).await;
        reply.expect_error(413, "body_too_large");
    }
}

#[tokio::test]
async fn a_body_that_is_not_announced_as_json_is_415() {
    let cast = Cast::assemble().await;
    for endpoint in contract::endpoints() {
        let body = body(endpoint).unwrap_or("{}");
        for content_type in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"] {
            let headers = [("content-type", content_type)];
            let reply = cast.call(endpoint, &url(endpoint), &headers, Some(body)).await;
            reply.expect_error(415, "unsupported_media_type");
        }
    }
    let cast = Cast::assemble().await;
    for endpoint in contract::endpoints() {
        let headers = [("content-type", "Application/JSON; charset=utf-8")];
        let reply = cast.call(endpoint, &url(endpoint), &headers, Some(body(endpoint).unwrap_or("{}"))).await;
        assert_eq!(reply.status, answers(endpoint), "{}: {}", endpoint.route, reply.text);
    }
}

#[tokio::test]
async fn a_body_that_is_not_a_json_object_is_400() {
    let cast = Cast::assemble().await;
    for (endpoint, _) in strict() {
        for body in ["{", r#"{"name": }"#, r#"{"name": NaN}"#, "[]", "\"{}\"", "null", "5", "{} {}", "{}\u{feff}"] {
            let reply = cast.call(endpoint, &url(endpoint), &[], Some(body)).await;
            reply.expect_error(400, "invalid_json");
        }
    }
}

/// What is kept, answered or decided, and never asked for: who could set one of these would own the system.
const INTERNAL: [&str; 48] = [
    "__proto__",
    "accepted_at",
    "admin",
    "agent_id",
    "api_key",
    "available_balance",
    "balance",
    "by",
    "checked",
    "completed_at",
    "constructor",
    "created_at",
    "decision",
    "deposit_balance",
    "escrow_balance",
    "fee",
    "fee_bps",
    "fee_usd",
    "fingerprint",
    "force",
    "g1p",
    "guardian_result",
    "hold_until",
    "id",
    "is_admin",
    "key_hash",
    "kyc",
    "kyc_status",
    "mode",
    "operator",
    "operator_id",
    "pending_balance",
    "pk",
    "prototype",
    "rating",
    "record",
    "resolution",
    "resolved_by",
    "revenue",
    "role",
    "sk",
    "spend_by_day",
    "staff",
    "sub",
    "tier",
    "transaction_id",
    "verdict",
    "version",
];

/// The fields that an endpoint's body is described with.
fn fields(endpoint: &Endpoint) -> BTreeSet<String> {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(contract::openapi::document);
    let operation = &DOCUMENT["paths"][endpoint.route.path][endpoint.route.method.word().to_lowercase()];
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let schema = match schema["$ref"].as_str() {
        Some(name) => DOCUMENT.pointer(name.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys().cloned()).collect()
}

#[tokio::test]
async fn a_field_that_an_endpoint_does_not_have_is_named_and_has_no_effect() {
    let cast = Cast::assemble().await;
    let mut injected = 0;
    for (endpoint, valid) in strict() {
        let described = fields(endpoint);
        let shown: BTreeMap<String, Value> = serde_json::from_str(valid).unwrap();
        assert!(shown.keys().all(|name| described.contains(name)), "{}: {described:?}", endpoint.route);
        let comma = if valid == "{}" { "" } else { ", " };
        for name in INTERNAL.into_iter().chain(["callback_secrets"]).filter(|name| !described.contains(*name)) {
            let body = valid.replacen('{', &format!(r#"{{"{name}": 1{comma}"#), 1);
            let reply = cast.call(endpoint, &url(endpoint), &[], Some(&body)).await.expect_fields(&[name]);
            let said = reply.text_of("error");
            assert!(said.contains(&format!("{name} is not a field")), "{}: {said}", endpoint.route);
            injected += 1;
        }
    }
    println!("{injected} fields injected");
    assert!(injected >= 700, "{injected}");
    cast.world.audit().await;
}

#[tokio::test]
async fn a_field_that_is_given_twice_is_named() {
    let cast = Cast::assemble().await;
    for (endpoint, valid) in strict().filter(|(_, valid)| *valid != "{}") {
        let name = valid.split('"').nth(1).unwrap();
        let body = valid.replacen('{', &format!(r#"{{"{name}": null, "#), 1);
        let reply = cast.call(endpoint, &url(endpoint), &[], Some(&body)).await.expect_fields(&[name]);
        assert!(reply.text_of("error").contains("is given twice"), "{}: {}", endpoint.route, reply.text);
    }
}

#[tokio::test]
async fn a_query_parameter_that_an_endpoint_does_not_have_or_has_twice_is_named() {
    let cast = Cast::assemble().await;
    let reads = |endpoint: &&Endpoint| endpoint.route.method == Method::Get && !looks_at_nothing(endpoint);
    for endpoint in contract::endpoints().filter(reads) {
        let url = url(endpoint);
        let join = if url.contains('?') { '&' } else { '?' };
        let reply = cast.call(endpoint, &format!("{url}{join}page=2"), &[], None).await;
        reply.expect_fields(&["page"]);
        let reply = cast.call(endpoint, &format!("{url}{join}page=2&page=3"), &[], None).await;
        let reply = reply.expect_fields(&["page"]);
        assert!(reply.text_of("error").contains("is given twice"), "{}: {}", endpoint.route, reply.text);
    }
}
