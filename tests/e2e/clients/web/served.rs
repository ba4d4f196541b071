//! What a browser is given, and under which rules.

use super::{files, sources};
use flate2::read::GzDecoder;
use harness::binary::{Binary, command};
use harness::clerk::{FIRST_PEM, ISSUER, LIVE};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use std::io::Read as _;

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

/// A file or an answer of the API, redirections not followed.
async fn fetch(binary: &Binary, path: &str) -> Response {
    let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    http.get(format!("http://{}{path}", binary.address)).send().await.unwrap()
}

fn header(answer: &Response, name: &str) -> String {
    answer.headers().get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap().to_owned()
}

async fn read(answer: Response) -> Value {
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

#[tokio::test]
async fn its_files_come_with_a_strict_policy_and_hashed_names_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::launch(command(folder.path(), &["--ephemeral"])).await;
    for name in files(&sources().join("dist")).into_keys() {
        let path = match name.strip_suffix(".html") {
            Some("index") => "/".to_owned(),
            Some(page) => format!("/{page}"),
            None => format!("/{name}"),
        };
        let answer = fetch(&binary, &path).await;
        assert_eq!(answer.status(), 200, "{path}");
        let policy = header(&answer, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        let kept = header(&answer, "cache-control");
        assert_eq!(kept.contains("immutable"), name.starts_with("assets/"), "{path}: {kept}");
        assert!(kept.contains("immutable") || kept == "no-cache", "{path}: {kept}");
        assert_ne!(header(&answer, "content-type"), "application/octet-stream", "{path}");
    }
}

#[tokio::test]
async fn whatever_is_no_file_of_it_is_answered_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::launch(command(folder.path(), &["--ephemeral"])).await;
    for path in [
        "/nothing",
        "/assets/nothing.js",
        "/index.html",
        "/staff.html",
        "/staff/nothing",
        "/api/v1/nothing",
        "/api/v1",
        "/mcp/nothing",
    ] {
        let answer = fetch(&binary, path).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert_eq!(header(&answer, "content-type"), "application/json", "{path}");
    }
    let posted = Client::new().post(format!("http://{}/", binary.address)).send().await.unwrap();
    assert_eq!((posted.status().as_u16(), header(&posted, "content-type")), (405, "application/json".to_owned()));
    assert!(header(&posted, "allow").contains("GET"));
}

#[tokio::test]
async fn who_comes_by_localhost_goes_on_under_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::launch(command(folder.path(), &["--ephemeral"])).await;
    let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let host = format!("localhost:{}", binary.address.rsplit_once(':').unwrap().1);
    for path in ["/", "/staff"] {
        let answer = http.get(format!("http://{}{path}", binary.address)).header("host", &host).send().await.unwrap();
        assert_eq!(answer.status(), 307);
        assert_eq!(header(&answer, "location"), format!("http://{}{path}", binary.address));
    }
    let answer =
        http.get(format!("http://{}/api/v1/health", binary.address)).header("host", host).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn whoever_takes_them_compressed_gets_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::launch(command(folder.path(), &["--ephemeral"])).await;
    let (mut sent, mut all) = (0, 0);
    for (name, bytes) in files(&sources().join("dist")).into_iter().filter(|(name, _)| !name.ends_with(".html")) {
        let asked = Client::new().get(format!("http://{}/{name}", binary.address)).header("accept-encoding", "gzip");
        let answer = asked.send().await.unwrap();
        assert_eq!(header(&answer, "vary"), "accept-encoding", "{name}");
        let gzipped = answer.headers().get("content-encoding").is_some_and(|coding| coding == "gzip");
        let body = answer.bytes().await.unwrap();
        (sent, all) = (sent + body.len(), all + bytes.len());
        let plain = if gzipped { gunzip(&body) } else { body.to_vec() };
        assert!(plain == bytes, "{name}");
    }
    println!("{all} bytes are {sent} compressed");
    assert!(2 * sent < all, "{sent} of {all}");
}

#[tokio::test]
async fn the_pages_are_told_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let test = Binary::launch(command(folder.path(), &["--ephemeral"])).await;
    let told = fetch(&test, "/config.json").await;
    assert_eq!(header(&told, "cache-control"), "no-cache");
    assert_eq!(read(told).await, json!({ "mode": "test", "clerk": null }));

    let mut live = command(folder.path(), &LIVE);
    live.env("CLERK_JWT_KEY", FIRST_PEM);
    let live = Binary::launch(live).await;
    let told = fetch(&live, "/config.json").await;
    let policy = header(&told, "content-security-policy");
    assert!(policy.contains(&format!("connect-src 'self' http://{} {ISSUER};", live.address)), "{policy}");
    assert_eq!(read(told).await, json!({ "mode": "live", "clerk": ISSUER }));
}
