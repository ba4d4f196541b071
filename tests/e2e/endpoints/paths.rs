//! Paths that are none, ids of requests, pages of lists.

use axum::body::Body;
use axum::http::Request;
use harness::{Api, Caller, World, send};
use serde_json::json;
use std::collections::BTreeSet;
use tower::ServiceExt;

#[tokio::test]
async fn a_path_that_is_none_is_404_in_json() {
    let world = World::new().await;
    for path in ["", "/", "/nothing", "/tasks/", "/TASKS", "/agents", "/tasks/x/y/z", "//tasks", "/agents/register/"] {
        for method in ["GET", "POST", "DELETE", "OPTIONS"] {
            let reply = send(world.router(), method, path, &[], None).await.expect_error(404, "no_such_endpoint");
            assert_eq!(reply.header("content-type"), Some("application/json"), "{method} {path}");
            assert_eq!(reply["request_id"], reply.header("x-request-id").unwrap(), "{method} {path}");
            assert_eq!(reply["details"], json!({}), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn the_interface_is_below_its_version() {
    let world = World::new().await;
    for path in ["/tasks", "/api/tasks", "/api/v2/tasks", "/health", "/api/v1"] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let reply = world.router().oneshot(request).await.unwrap();
        assert_eq!(reply.status(), 404, "{path}");
        assert_eq!(reply.headers()["content-type"], "application/json", "{path}");
    }
}

#[tokio::test]
async fn a_path_that_is_not_utf_8_is_400_in_json() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    world.get(&agent, "/tasks/%C3%28").await.expect_error(400, "bad_request");
}

#[tokio::test]
async fn every_answer_has_an_id_of_its_own_whatever_the_client_sends() {
    let world = World::new().await;
    let mut ids = BTreeSet::new();
    for path in ["/health", "/task-types", "/nothing", "/tasks", "/health", "/task-types"] {
        let reply = world.request(Caller::Nobody, "GET", path, &[("x-request-id", "mine")], None).await;
        assert!(ids.insert(reply.header("x-request-id").unwrap().to_owned()), "{path}");
    }
    assert!(!ids.contains("mine"));
}

#[tokio::test]
async fn every_list_refuses_windows_that_are_none() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("0").await, world.operator("Jane Doe").await);
    let lists = [
        (Caller::from(&agent), "/agents/deposits"),
        (Caller::from(&agent), "/tasks"),
        (Caller::from(&operator), "/operator/tasks"),
        (Caller::from(&operator), "/operator/tasks/mine"),
        (Caller::from(&operator), "/operator/payouts"),
        (world.admin(), "/admin/disputes"),
    ];
    for (caller, path) in lists {
        for (query, fields) in [
            ("limit=0", &["limit"][..]),
            ("limit=101", &["limit"]),
            ("limit=-1", &["limit"]),
            ("limit=1.5", &["limit"]),
            ("limit=ten", &["limit"]),
            ("limit=99999999999999999999", &["limit"]),
            ("offset=10001", &["offset"]),
            ("offset=-1", &["offset"]),
            ("cursor=%22", &["cursor"]),
            ("cursor=a%23b", &["cursor"]),
            ("limit=0&offset=x&cursor=%20&page=1", &["cursor", "limit", "offset", "page"]),
        ] {
            let reply = world.get(caller.clone(), &format!("{path}?{query}")).await;
            reply.expect_fields(fields);
        }
        for (query, limit, offset) in [
            ("", 20, 0),
            ("?limit=&offset=&cursor=", 20, 0),
            ("?limit=2e1", 20, 0),
            ("?limit=1", 1, 0),
            ("?limit=100&offset=10000", 100, 10_000),
        ] {
            let reply = world.get(caller.clone(), &format!("{path}{query}")).await.expect(200);
            let expected = json!({ "limit": limit, "offset": offset, "total": 0, "next_cursor": null });
            assert_eq!((&reply["data"], &reply["pagination"]), (&json!([]), &expected), "{path}{query}");
        }
    }
}
