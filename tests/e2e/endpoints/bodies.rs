//! What no endpoint takes: other methods, too much, not JSON, and fields that it does not have.

use super::{Cast, Who, answers, body, looks_at_nothing, url, who};
use contract::endpoint::{Endpoint, Method};
use std::collections::{BTreeMap, BTreeSet};
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

#[tokio::test]
async fn a_field_that_an_endpoint_does_not_have_is_named() {
    let cast = Cast::assemble().await;
    for (endpoint, valid) in strict() {
        let comma = if valid == "{}" { "" } else { ", " };
        let body = valid.replacen('{', &format!(r#"{{"callback_secrets": null{comma}"#), 1);
        let reply = cast.call(endpoint, &url(endpoint), &[], Some(&body)).await;
        let reply = reply.expect_fields(&["callback_secrets"]);
        assert!(
            reply.text_of("error").contains("callback_secrets is not a field"),
            "{}: {}",
            endpoint.route,
            reply.text
        );
    }
}

/// Names under which something is kept, or could be believed to be. No request has a field of such a name.
const INTERNAL: [&str; 40] = [
    "pk",
    "sk",
    "ttl",
    "v",
    "st",
    "version",
    "slot",
    "fingerprint",
    "key_hash",
    "api_key",
    "agent",
    "agent_id",
    "owner",
    "operator_id",
    "role",
    "roles",
    "is_admin",
    "banned",
    "kyc",
    "kyc_status",
    "mode",
    "balance",
    "deposit_balance",
    "escrow_balance",
    "available_balance",
    "pending_balance",
    "revenue",
    "fee",
    "platform_fee_usd",
    "rate_bps",
    "total_escrow",
    "verdict",
    "guardian_result",
    "confidence",
    "resolution",
    "cancellation",
    "created_at",
    "completed_at",
    "hold_until",
    "__proto__",
];

#[tokio::test]
async fn nobody_assigns_what_is_not_a_field_of_the_request() {
    let cast = Cast::assemble().await;
    let mut injections = 0;
    for (endpoint, valid) in strict() {
        // Ten at a time: so often an upload can be announced in a minute.
        for names in INTERNAL.chunks(10) {
            let comma = if valid == "{}" { "" } else { ", " };
            let added: Vec<String> = names.iter().map(|name| format!(r#""{name}": 1"#)).collect();
            let body = valid.replacen('{', &format!("{{{}{comma}", added.join(", ")), 1);
            let reply = cast.call(endpoint, &url(endpoint), &[], Some(&body)).await;
            let mut sorted = names.to_vec();
            sorted.sort_unstable();
            reply.expect_fields(&sorted);
            injections += names.len();
        }
    }
    assert!(injections >= 700, "only {injections} injections");
    println!("mass assignment: {injections} injections, each refused by name");
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
