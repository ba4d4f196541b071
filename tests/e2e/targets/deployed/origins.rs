//! Pages of other origins on a stack: what a browser is told there, at each route and by the bucket.

use crate::endpoints::origins::REQUEST_HEADERS;
use axum::http::HeaderMap;
use contract::endpoint::EMBEDDED;
use harness::binary::in_days;
use harness::deployed::Deployed;
use harness::{Api, Photo, task_body};
use std::time::Duration;

/// The one whose pages may call the stack, as `cargo xtask deploy-local` says.
pub(super) const SHOP: &str = "http://localhost:3000";
const OTHER: &str = "http://localhost:3001";
/// More than any route takes of one caller in a minute.
const MANY: u32 = 150;

/// Status and headers of what a browser asks in advance. Raw, because no endpoint describes OPTIONS.
async fn ask(url: &str, origin: &str, method: &str, headers: &str) -> (u16, HeaderMap) {
    let http = outbound::trusted(Duration::from_secs(60)).unwrap();
    let asked = http.request("OPTIONS".parse().unwrap(), url).header("origin", origin);
    let asked = asked.header("access-control-request-method", method).header("access-control-request-headers", headers);
    let answer = asked.send().await.unwrap();
    (answer.status().as_u16(), answer.headers().clone())
}

/// All that is said of it, once.
fn allowed(headers: &HeaderMap) -> Vec<&str> {
    headers.get_all("access-control-allow-origin").iter().map(|origin| origin.to_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_answered_at_every_route_for_the_pages_that_the_deployment_names_and_for_no_others() {
    let stack = Deployed::open().await;
    let routes = contract::endpoints().map(|endpoint| endpoint.route);
    let paths = routes.filter(|route| route.function() != EMBEDDED).map(|route| route.path.replace("{id}", "x"));
    for path in paths.chain(["/nothing".to_owned()]) {
        let url = stack.address(&path);
        let (status, headers) = ask(&url, SHOP, "POST", "content-type, x-api-key").await;
        assert_eq!((status, allowed(&headers)), (204, vec![SHOP]), "{path}");
        for (name, wanted) in [
            ("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE"),
            ("access-control-allow-headers", REQUEST_HEADERS),
            ("access-control-max-age", "3600"),
            ("vary", "origin"),
        ] {
            assert_eq!(headers[name], wanted, "{path}");
        }
        assert!(headers.contains_key("x-request-id") && !headers.contains_key("ratelimit-limit"), "{path}");

        let (status, headers) = ask(&url, OTHER, "POST", "content-type, x-api-key").await;
        let told = headers.keys().filter(|name| name.as_str().starts_with("access-control-"));
        // The fallback has no methods of which one could be the wrong one.
        assert!([404, 405].contains(&status) && told.count() == 0, "{path}: {status} {headers:?}");
        stack.forget_calls().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_in_advance_is_not_counted() {
    let stack = Deployed::open().await;
    let url = stack.address("/agents/register");
    for _ in 0..MANY {
        assert_eq!(ask(&url, SHOP, "POST", "content-type").await.0, 204);
    }
    let reply = stack.send("POST", "/agents/register", &[("origin", SHOP)], Some("{}".to_owned())).await;
    assert_eq!((reply.status, allowed(&reply.headers)), (400, vec![SHOP]), "a page may read an error too");
    let reply = stack.send("POST", "/agents/register", &[("origin", OTHER)], Some("{}".to_owned())).await;
    assert_eq!((reply.status, allowed(&reply.headers)), (400, vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bucket_takes_photos_from_the_same_pages() {
    let stack = Deployed::open().await;
    let (agent, operator) = (stack.agent("100.00").await, stack.operator("Jane Doe").await);
    let task = stack.post(&agent, "/tasks", task_body(25, in_days(2))).await.expect(201).text_of("task_id");
    stack.accept(&operator, &task).await;
    let announcement = Photo::fresh().announcement(&task);
    let signed = stack.post(&operator, "/operator/upload", announcement).await.expect(200);
    let sent: Vec<String> = signed["headers"].as_object().unwrap().keys().cloned().collect();
    // The browser itself says how long it is, without asking.
    let asked: Vec<&str> = sent.iter().map(String::as_str).filter(|name| *name != "content-length").collect();
    for (origin, wanted) in [(SHOP, (200, vec![SHOP])), (OTHER, (403, vec![]))] {
        let (status, headers) = ask(&signed.text_of("upload_url"), origin, "PUT", &asked.join(", ")).await;
        assert_eq!((status, allowed(&headers)), wanted, "{asked:?}");
    }
}
