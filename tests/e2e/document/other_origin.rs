//! A page of another origin in a browser: the main job from within it, where the deployment allows the origin.

use crate::programs::{installed, output};
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use harness::binary::{Binary, command, root};
use serde_json::{Value, json};
use std::process::Command;
use tokio::net::TcpListener;

/// The port of a server with an empty page.
async fn pages() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let app = Router::new().route("/", get(|| async { Html("<title>A shop</title>") }));
    tokio::spawn(async move { axum::serve(listener, app).await });
    port
}

async fn play(page: String, server: &Binary) -> Value {
    let mut browser = Command::new("node");
    browser.arg(root().join("infra/document/other_origin.mjs")).arg(page);
    browser.arg(format!("http://{}/api/v1", server.address)).arg(installed("document"));
    let (said, _) = tokio::task::spawn_blocking(move || output(&mut browser)).await.unwrap();
    serde_json::from_str(&said).unwrap()
}

#[tokio::test]
async fn a_page_of_an_allowed_origin_works_with_the_api_and_with_photos_and_no_other_does() {
    let (folder, port) = (tempfile::tempdir().unwrap(), pages().await);
    let allowed = format!("http://127.0.0.1:{port}");
    let server = Binary::launch(command(folder.path(), &["--ephemeral", "--web-origins", &allowed])).await;
    let seen = play(allowed, &server).await;
    let wanted = json!([
        ["POST /agents/register", 201, true],
        ["POST /agents/deposit/usdc", 200, true],
        ["POST /tasks", 201, true],
        ["POST /operator/register", 201, true],
        ["POST /operator/tasks/{id}/accept", 200, true],
        ["POST /operator/upload", 200, true],
        ["PUT photo", 200, true],
        ["POST /operator/tasks/{id}/submit", 200, true],
        ["GET /tasks/{id}", 200, true],
        ["GET photo", 200, true],
        ["DELETE /agents/keys/nothing", 404, true],
        ["GET /admin/disputes", 403, true],
    ]);
    assert_eq!(seen, wanted);
    // The same page by another name.
    let seen = play(format!("http://localhost:{port}"), &server).await;
    assert_eq!(seen, json!([["TypeError: Failed to fetch"]]));
}
