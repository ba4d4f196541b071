//! What no endpoint takes: other methods, too much, not JSON, and fields that it does not have.

use super::{Cast, ENDPOINTS, Endpoint, Reads, Who};
use std::collections::{BTreeMap, BTreeSet};
use web::envelope::BODY_BYTES_MAX;

/// Endpoints that refuse fields that they do not know. The provider's notifications may have any.
fn strict() -> impl Iterator<Item = (&'static Endpoint, &'static str)> {
    ENDPOINTS
        .iter()
        .filter(|endpoint| endpoint.who != Who::Provider)
        .filter_map(|endpoint| Some((endpoint, endpoint.body()?)))
}

#[tokio::test]
async fn another_method_is_405_and_names_those_that_there_are() {
    let cast = Cast::assemble().await;
    let mut paths: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for endpoint in ENDPOINTS {
        paths.entry(endpoint.path).or_default().insert(endpoint.method);
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
    for endpoint in ENDPOINTS {
        let body = endpoint.body().unwrap_or("{}");
        let reply = cast.call(endpoint, &endpoint.url(), &[], Some(&padded(body, BODY_BYTES_MAX))).await;
        assert_eq!(reply.status, endpoint.answers, "{endpoint}: {}", reply.text);
        // Without a credential: the size is refused before anybody asks who it is.
        let too_large = padded(body, BODY_BYTES_MAX + 1);
        let reply = cast.send(endpoint.method, &endpoint.url(), &[], Some(&too_large)).await;
        reply.expect_error(413, "body_too_large");
    }
}

#[tokio::test]
async fn a_body_that_is_not_announced_as_json_is_415() {
    let cast = Cast::assemble().await;
    for endpoint in ENDPOINTS {
        let body = endpoint.body().unwrap_or("{}");
        for content_type in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"] {
            let headers = [("content-type", content_type)];
            let reply = cast.call(endpoint, &endpoint.url(), &headers, Some(body)).await;
            reply.expect_error(415, "unsupported_media_type");
        }
    }
    let cast = Cast::assemble().await;
    for endpoint in ENDPOINTS {
        let headers = [("content-type", "Application/JSON; charset=utf-8")];
        let reply = cast.call(endpoint, &endpoint.url(), &headers, Some(endpoint.body().unwrap_or("{}"))).await;
        assert_eq!(reply.status, endpoint.answers, "{endpoint}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_body_that_is_not_a_json_object_is_400() {
    let cast = Cast::assemble().await;
    for (endpoint, _) in strict() {
        for body in ["{", r#"{"name": }"#, r#"{"name": NaN}"#, "[]", "\"{}\"", "null", "5", "{} {}", "\u{feff}{}"] {
            let reply = cast.call(endpoint, &endpoint.url(), &[], Some(body)).await;
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
        let reply = cast.call(endpoint, &endpoint.url(), &[], Some(&body)).await;
        let reply = reply.expect_fields(&["callback_secrets"]);
        assert!(reply.text_of("error").contains("callback_secrets is not a field"), "{endpoint}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_field_that_is_given_twice_is_named() {
    let cast = Cast::assemble().await;
    for (endpoint, valid) in strict().filter(|(_, valid)| *valid != "{}") {
        let name = valid.split('"').nth(1).unwrap();
        let body = valid.replacen('{', &format!(r#"{{"{name}": null, "#), 1);
        let reply = cast.call(endpoint, &endpoint.url(), &[], Some(&body)).await.expect_fields(&[name]);
        assert!(reply.text_of("error").contains("is given twice"), "{endpoint}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_query_parameter_that_an_endpoint_does_not_have_or_has_twice_is_named() {
    let cast = Cast::assemble().await;
    for endpoint in ENDPOINTS.iter().filter(|endpoint| matches!(endpoint.reads, Reads::Query(_))) {
        let url = endpoint.url();
        let join = if url.contains('?') { '&' } else { '?' };
        let reply = cast.call(endpoint, &format!("{url}{join}page=2"), &[], None).await;
        reply.expect_fields(&["page"]);
        let reply = cast.call(endpoint, &format!("{url}{join}page=2&page=3"), &[], None).await;
        let reply = reply.expect_fields(&["page"]);
        assert!(reply.text_of("error").contains("is given twice"), "{endpoint}: {}", reply.text);
    }
}
