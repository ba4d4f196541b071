//! Events of API Gateway's HTTP API.

use super::*;
use axum::Extension;
use axum::body::Body;
use contract::Route;
use contract::endpoint::Caller;
use http_body_util::BodyExt;
use tower::ServiceExt;
use web::keys::KeyHash;

const EVENT: &str = r#"{
    "version": "2.0", "routeKey": "GET /api/v1/ip", "rawPath": "/api/v1/ip", "rawQueryString": "",
    "headers": { "x-forwarded-for": "192.0.2.99", "host": "api.example.com" },
    "requestContext": {
        "accountId": "1", "apiId": "a", "domainName": "api.example.com", "domainPrefix": "api",
        "http": { "method": "GET", "path": "/api/v1/ip", "protocol": "HTTP/1.1", "sourceIp": "SOURCE", "userAgent": "t" },
        "requestId": "r", "routeKey": "GET /api/v1/ip", "stage": "$default",
        "time": "05/Feb/2026:12:00:00 +0000", "timeEpoch": 1770292800000
    },
    "isBase64Encoded": false
}"#;

async fn answer(source: &str, headers: &[(&'static str, &str)], front: Option<&str>) -> String {
    let said = |ip: Option<Extension<ClientIp>>| async move {
        ip.map_or("nobody".to_owned(), |Extension(ClientIp(ip))| ip.to_string())
    };
    let mut request = lambda_http::request::from_str(&EVENT.replace("SOURCE", source)).unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    let entrance = Entrance { front: front.map(|key| KeyHash::new(key).unwrap()), ..Entrance::default() };
    let service = service(Routes::new().on(Route::get("/ip", Caller::Anyone), said), entrance);
    let answer = service.oneshot(request.map(|_| Body::empty())).await.unwrap();
    String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn the_client_is_who_connected_and_not_who_a_header_names() {
    for (source, ip) in [("198.51.100.7", "198.51.100.7"), ("2001:db8::1", "2001:db8::1"), ("", "nobody")] {
        assert_eq!(answer(source, &[], None).await, ip);
    }
}

#[tokio::test(start_paused = true)]
async fn who_is_about_to_be_ended_says_so_half_a_second_before() {
    let request = lambda_http::request::from_str(&EVENT.replace("SOURCE", "198.51.100.7")).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let mut context = lambda_http::Context::default();
    context.deadline = u64::try_from((now + Duration::from_secs(10)).as_millis()).unwrap();
    let request = request.with_lambda_context(context);
    let routes = Routes::new().on(Route::get("/ip", Caller::Anyone), std::future::pending::<()>);
    let begun = Instant::now();

    let answer = service(routes, Entrance::default()).oneshot(request.map(|_| Body::empty())).await.unwrap();

    let left = Duration::from_secs(10) - begun.elapsed();
    assert!((300..=600).contains(&left.as_millis()), "{left:?}");
    assert_eq!(answer.status(), 500);
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["code"], "internal_error");
}

const KEY: &str = "a-key-of-the-front-of-at-least-32-bytes";

#[tokio::test]
async fn what_stands_in_front_and_shows_its_key_is_believed_and_nobody_else() {
    let (key, viewer) = (("x-humanops-front", KEY), "cloudfront-viewer-address");
    for (headers, front, ip) in [
        (&[key, (viewer, "203.0.113.5:46532")][..], Some(KEY), "203.0.113.5"),
        (&[key, (viewer, "2001:db8:0:0:0:0:0:9:443")], Some(KEY), "2001:db8::9"),
        (&[(viewer, "203.0.113.5:46532")], Some(KEY), "198.51.100.7"),
        (&[("x-humanops-front", "another"), (viewer, "203.0.113.5:46532")], Some(KEY), "198.51.100.7"),
        (&[key, (viewer, "203.0.113.5:46532")], None, "198.51.100.7"),
        // Uncounted nobody comes in: a front that does not say for whom it asks is a mistake to be seen.
        (&[key], Some(KEY), "nobody"),
        (&[key, (viewer, "203.0.113.5")], Some(KEY), "nobody"),
    ] {
        assert_eq!(answer("198.51.100.7", headers, front).await, ip, "{headers:?}");
    }
}
