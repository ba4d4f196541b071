//! Pages of other origins: what a browser is told, and that nobody but a browser notices.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use harness::Fault::Fail;
use harness::{Api, Proxy, World};
use humanops::Options;
use humanops::system::Rig;
use std::collections::BTreeMap;
use tower::ServiceExt;
use web::Origins;

const APP: &str = "https://app.example.com";
const ASKS: (&str, &str) = ("access-control-request-method", "POST");

async fn world(origins: &str) -> World {
    let options = Options { web_origins: origins.parse().unwrap(), ..Options::ephemeral() };
    World::with(options, Rig::default()).await
}

/// Status and headers; raw, because no endpoint describes OPTIONS.
async fn ask(client: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> (u16, HeaderMap) {
    let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let reply = client.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    (reply.status().as_u16(), reply.headers().clone())
}

/// What a browser looks at.
fn told(headers: &HeaderMap) -> BTreeMap<&str, &str> {
    let about = |name: &&str| name.starts_with("access-control-") || *name == "vary";
    let names = headers.keys().map(|name| name.as_str()).filter(about);
    names.map(|name| (name, headers[name].to_str().unwrap())).collect()
}

const READ: [(&str, &str); 3] = [
    ("access-control-allow-origin", APP),
    (
        "access-control-expose-headers",
        "x-request-id, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, idempotent-replayed",
    ),
    ("vary", "origin"),
];

/// What pages may send, those of the Model Context Protocol too.
pub(crate) const REQUEST_HEADERS: &str = "authorization, content-type, idempotency-key, mcp-method, mcp-name, mcp-protocol-version, x-admin-key, x-api-key, \
     x-humanops-max-reward-usd, x-mcp-readonly, x-mcp-tools, x-operator-id";

#[tokio::test]
async fn a_browser_that_asks_in_advance_is_answered_at_every_path_and_counted_at_none() {
    let world = world("http://localhost:3000,https://app.example.com").await;
    let mut wanted = BTreeMap::from(READ);
    wanted.extend([
        ("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE"),
        ("access-control-allow-headers", REQUEST_HEADERS),
        ("access-control-max-age", "3600"),
    ]);
    let paths = contract::endpoints().map(|endpoint| endpoint.route.path.replace("{id}", "x"));
    for path in paths.chain(["/nothing".to_owned()]) {
        let (status, headers) = ask(&world.router(), "OPTIONS", &path, &[("origin", APP), ASKS]).await;
        assert_eq!((status, told(&headers)), (204, wanted.clone()), "{path}");
        assert!(headers.contains_key("x-request-id") && !headers.contains_key("ratelimit-limit"), "{path}");
    }
    // As many as no window takes.
    let client = world.router();
    for _ in 0..200 {
        assert_eq!(ask(&client, "OPTIONS", "/agents/register", &[("origin", APP), ASKS]).await.0, 204);
    }
}

#[tokio::test]
async fn a_page_that_may_read_answers_may_read_errors_too() {
    let world = world(APP).await;
    for (method, path, status) in [
        ("GET", "/task-types", 200),
        ("GET", "/agents/me", 401),
        ("GET", "/nothing", 404),
        ("DELETE", "/task-types", 405),
        // It does not ask what it may do.
        ("OPTIONS", "/task-types", 405),
        ("GET", "/tasks/%C3%28", 400),
    ] {
        let (found, headers) = ask(&world.router(), method, path, &[("origin", APP)]).await;
        assert_eq!((found, told(&headers)), (status, BTreeMap::from(READ)), "{method} {path}");
    }
    let client = world.router();
    let mut last = (0, HeaderMap::new());
    for _ in 0..200 {
        last = ask(&client, "POST", "/agents/register", &[("origin", APP)]).await;
    }
    assert_eq!((last.0, told(&last.1)), (429, BTreeMap::from(READ)));
    assert!(last.1.contains_key("retry-after"));
}

#[tokio::test]
async fn a_store_that_fails_is_an_error_that_a_page_may_read() {
    let options = Options { web_origins: APP.parse().unwrap(), ..Options::ephemeral() };
    let (proxy, world) = Proxy::world(options).await;
    let agent = world.agent("0").await;
    proxy.inject("*", &[Fail; 40]);
    let (status, headers) =
        ask(&world.router(), "GET", "/agents/me", &[("origin", APP), ("x-api-key", &agent.key)]).await;
    assert_eq!((status, told(&headers)), (500, BTreeMap::from(READ)));
}

#[tokio::test]
async fn no_other_origin_is_told_anything() {
    for (configured, origin, vary) in [
        (APP, "https://app.example.com.evil.test", Some("origin")),
        (APP, "https://APP.example.com", Some("origin")),
        (APP, "http://app.example.com", Some("origin")),
        (APP, "https://app.example.com:8443", Some("origin")),
        (APP, "null", Some("origin")),
        (APP, "*", Some("origin")),
        ("", APP, None),
    ] {
        let world = world(configured).await;
        for (method, status) in [("OPTIONS", 405), ("GET", 200)] {
            let (found, headers) = ask(&world.router(), method, "/task-types", &[("origin", origin), ASKS]).await;
            let wanted: BTreeMap<&str, &str> = vary.map(|vary| ("vary", vary)).into_iter().collect();
            assert_eq!((found, told(&headers)), (status, wanted), "{method} from {origin} where {configured} may");
        }
    }
}

#[test]
fn what_no_browser_sends_is_no_origin() {
    for good in ["", APP, "http://localhost:3000", "https://[::1]:8443", " https://a.test , http://b.test:81,"] {
        assert!(good.parse::<Origins>().is_ok(), "{good}");
    }
    for bad in [
        "*",
        "null",
        "app.example.com",
        "https://",
        "https://*.example.com",
        "https://app.example.com/",
        "https://app.example.com/page",
        "https://app.example.com?x",
        "https://user@app.example.com",
        "https://App.example.com",
        "https://app.example.com:443",
        "http://app.example.com:80",
        "ftp://app.example.com",
        "https://a.test https://b.test",
        "https://a.test,*",
    ] {
        assert!(bad.parse::<Origins>().unwrap_err().contains("https://app.example.com"), "{bad}");
    }
}
