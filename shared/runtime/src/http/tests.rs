//! Events of API Gateway's HTTP API.

use super::*;
use axum::Extension;
use axum::body::Body;
use contract::Route;
use contract::endpoint::Caller;
use http_body_util::BodyExt;
use tower::ServiceExt;

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

async fn answer(source: &str) -> String {
    let said = |ip: Option<Extension<ClientIp>>| async move {
        ip.map_or("nobody".to_owned(), |Extension(ClientIp(ip))| ip.to_string())
    };
    let request = lambda_http::request::from_str(&EVENT.replace("SOURCE", source)).unwrap();
    let service = service(Routes::new().on(Route::get("/ip", Caller::Anyone), said), Origins::default());
    let answer = service.oneshot(request.map(|_| Body::empty())).await.unwrap();
    String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn the_client_is_who_connected_and_not_who_a_header_names() {
    for (source, ip) in [("198.51.100.7", "198.51.100.7"), ("2001:db8::1", "2001:db8::1"), ("", "nobody")] {
        assert_eq!(answer(source).await, ip);
    }
}
