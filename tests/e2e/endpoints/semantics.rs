//! What HTTP asks of each answer, what browsers are told, and who is heard out.

use harness::{Api, Caller, Reply, World, send};
use serde_json::json;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const REGISTRATION: &str = r#"{"name": "n", "email": "a@example.com"}"#;

async fn ask(world: &World, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Reply {
    send(world.router(), method, path, headers, body.map(str::to_owned)).await
}

#[tokio::test]
async fn a_refusal_says_in_its_headers_what_would_be_taken() {
    let world = World::new().await;
    let (json, gzip, text) = ("application/json", ("content-encoding", "gzip"), ("content-type", "text/plain"));
    let cases = [
        ("GET", "/agents/me", vec![], None, 401, "www-authenticate", r#"ApiKey realm="HumanOps", header="X-API-Key""#),
        (
            "GET",
            "/agents/me",
            vec![("x-api-key", "x")],
            None,
            401,
            "www-authenticate",
            r#"ApiKey realm="HumanOps", header="X-API-Key""#,
        ),
        ("GET", "/operator/me", vec![], None, 401, "www-authenticate", r#"Bearer realm="HumanOps""#),
        (
            "GET",
            "/operator/me",
            vec![("x-operator-id", "x")],
            None,
            401,
            "www-authenticate",
            r#"Bearer realm="HumanOps""#,
        ),
        (
            "POST",
            "/webhooks/dlocal",
            vec![],
            Some("{}"),
            401,
            "www-authenticate",
            r#"Signature realm="HumanOps", header="X-Signature""#,
        ),
        ("GET", "/agents/register", vec![], None, 405, "allow", "POST"),
        ("PUT", "/agents/me", vec![], None, 405, "allow", "GET,HEAD,PATCH"),
        ("POST", "/agents/register", vec![text], Some(REGISTRATION), 415, "accept", json),
        ("POST", "/agents/register", vec![gzip], Some(REGISTRATION), 415, "accept-encoding", "identity"),
        (
            "POST",
            "/agents/register",
            vec![("content-encoding", "br, gzip")],
            Some(REGISTRATION),
            415,
            "accept-encoding",
            "identity",
        ),
        (
            "POST",
            "/agents/register",
            vec![("content-encoding", "identity")],
            Some(REGISTRATION),
            201,
            "location",
            "/api/v1/agents/me",
        ),
        ("POST", "/operator/register", vec![], Some(REGISTRATION), 201, "location", "/api/v1/operator/me"),
    ];
    for (method, path, headers, body, status, name, value) in cases {
        let reply = ask(&world, method, path, &headers, body).await.expect(status);
        assert_eq!(reply.header(name), Some(value), "{method} {path} {headers:?}");
    }
}

#[tokio::test]
async fn what_was_created_is_where_the_answer_says() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let body = world.task_body("25");
    let task = world.post(&agent, "/tasks", body).await.expect(201);
    let path = task.header("location").unwrap().strip_prefix("/api/v1").unwrap();
    assert_eq!(world.get(&agent, path).await.expect(200)["task_id"], task["task_id"]);
    let key = world.post(&agent, "/agents/keys", json!({ "name": "ci" })).await.expect(201);
    let path = key.header("location").unwrap().strip_prefix("/api/v1").unwrap();
    world.request(&agent, "DELETE", path, &[], None).await.expect(200);
}

#[tokio::test]
async fn every_answer_has_the_headers_that_protect_browsers_and_is_kept_by_nobody() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let huge = format!(r#"{{"name": "{}"}}"#, "n".repeat(300_000));
    let replies = [
        ask(&world, "GET", "/health", &[], None).await.expect(200),
        ask(&world, "GET", "/task-types", &[], None).await.expect(200),
        world.get(&agent, "/agents/balance").await.expect(200),
        world.get(&agent, "/agents/keys").await.expect(200),
        world.get(&agent, "/tasks/x").await.expect(404),
        ask(&world, "GET", "/nothing", &[], None).await.expect(404),
        ask(&world, "DELETE", "/tasks", &[], None).await.expect(405),
        ask(&world, "GET", "/agents/me", &[], None).await.expect(401),
        ask(&world, "POST", "/agents/register", &[], Some("{")).await.expect(400),
        ask(&world, "POST", "/agents/register", &[], Some(&huge)).await.expect(413),
        ask(&world, "POST", "/agents/register", &[("content-type", "text/plain")], Some("x")).await.expect(415),
    ];
    for reply in replies {
        let headers = [
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "content-security-policy",
            "cache-control",
        ];
        let expected = ["nosniff", "DENY", "no-referrer", "default-src 'none'; frame-ancestors 'none'", "no-store"];
        assert_eq!(headers.map(|name| reply.header(name)), expected.map(Some), "{}", reply.text);
    }
    // The page runs its own scripts, and its files may be kept.
    for path in ["/docs", "/docs/page.js", "/openapi.json"] {
        let reply = ask(&world, "GET", path, &[], None).await.expect(200);
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(reply.header("cache-control"), Some("public, max-age=300"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("x-frame-options"), Some("DENY"), "{path}");
    }
}

#[tokio::test]
async fn head_is_counted_with_get_and_what_is_not_there_is_counted_too() {
    let world = World::new().await;
    let from = |last: u8| world.system.api_from([192, 0, 2, last].into());
    for number in 0..100 {
        let method = if number % 2 == 0 { "HEAD" } else { "GET" };
        send(from(1), method, "/task-types", &[], None).await.expect(200);
    }
    for method in ["HEAD", "GET"] {
        assert_eq!(send(from(1), method, "/task-types", &[], None).await.status, 429, "{method}");
    }
    for number in 0..100 {
        let (method, path, status) =
            [("GET", "/nothing", 404), ("DELETE", "/tasks", 405), ("BREW", "/x", 404)][number % 3];
        send(from(2), method, path, &[], None).await.expect(status);
    }
    for (method, path) in [("GET", "/elsewhere"), ("PUT", "/tasks"), ("GET", "/")] {
        let reply = send(from(2), method, path, &[], None).await.expect_error(429, "rate_limited");
        assert!(reply.header("retry-after").is_some(), "{method} {path}");
    }
    send(from(2), "GET", "/task-types", &[], None).await.expect(200);
}

#[tokio::test]
async fn a_path_that_is_nearly_right_is_told_what_is_wrong_with_it() {
    let world = World::new().await;
    for (path, told) in [
        ("/tasks/", "Leave out the slash at the end"),
        ("/agents/register/", "Leave out the slash at the end"),
        ("/nothing", "openapi.json"),
    ] {
        let reply = ask(&world, "GET", path, &[], None).await.expect_error(404, "no_such_endpoint");
        assert!(reply.text_of("error").contains(told), "{path}: {}", reply.text);
    }
}

/// Sends all of a request before it listens, as Python's http.client does: the status, if it was heard.
fn said_to(address: SocketAddr, path: &str, bytes: usize) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let head = format!(
        "POST /api/v1{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {bytes}\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    let chunk = vec![b' '; 65_536];
    for _ in 0..bytes / chunk.len() {
        stream.write_all(&chunk)?;
    }
    let mut status = [0; 12];
    stream.read_exact(&mut status)?;
    Ok(String::from_utf8_lossy(&status).into_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_sends_too_much_hears_so() {
    let world = World::new().await;
    let address = world.address;
    for (path, bytes, status) in [
        ("/agents/register", 8 << 20, "HTTP/1.1 413"),
        ("/agents/register", 20 << 20, "HTTP/1.1 413"),
        ("/nothing", 8 << 20, "HTTP/1.1 404"),
        ("/health", 8 << 20, "HTTP/1.1 405"),
    ] {
        let heard = tokio::task::spawn_blocking(move || said_to(address, path, bytes)).await.unwrap();
        assert_eq!(heard.expect("the answer is heard"), status, "{path} with {bytes} bytes");
    }
}

#[tokio::test]
async fn an_error_repeats_nothing_of_a_body_and_stays_small() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let inner = json!({ "title": "t".repeat(200_000), "callback_secret": "s3cr3t-s3cr3t" }).to_string();
    let names: String = (0..9_000).map(|i| format!(r#","field-number-{i:05}":1"#)).collect();
    let credential = Caller::from(&agent).header().unwrap();
    for body in
        [json!(inner).to_string(), format!(r#"{{"title":1{names}}}"#), "x".repeat(200_000), format!("[{inner}]")]
    {
        let reply = send(world.router(), "POST", "/tasks", &[credential], Some(body)).await.expect(400);
        assert!(reply.text.len() < 8_192, "{} bytes: {:.300}", reply.text.len(), reply.text);
        assert!(!reply.text.contains("s3cr3t"), "{:.300}", reply.text);
    }
}
