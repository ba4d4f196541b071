//! The page that shows the document, in a browser, and the files that it is made of.

use crate::programs::{installed, output};
use harness::binary::{Binary, command, root};
use serde_json::Value;
use std::process::Command;

#[tokio::test]
async fn the_page_shows_every_operation_and_asks_no_other_host() {
    let folder = tempfile::tempdir().unwrap();
    let server = Binary::launch(command(folder.path(), &["--ephemeral"])).await;
    let host = format!("http://{}/", server.address);
    let mut browser = Command::new("node");
    browser
        .arg(root().join("infra/document/page.mjs"))
        .arg(format!("{host}api/v1/docs"))
        .arg(installed("document"))
        .arg(root().join("target/docs.png"));
    let (said, _) = tokio::task::spawn_blocking(move || output(&mut browser)).await.unwrap();
    let seen: Value = serde_json::from_str(&said).unwrap();
    let texts = |name: &str| -> Vec<&str> {
        seen[name].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
    };

    let summaries = texts("summaries");
    for endpoint in contract::endpoints() {
        assert!(summaries.contains(&endpoint.summary), "{}", endpoint.operation);
    }
    assert_eq!(texts("complaints"), [""; 0]);
    let requests = texts("requests");
    assert!(!requests.is_empty() && requests.iter().all(|url| url.starts_with(&host)), "{requests:?}");
}

#[test]
fn the_files_of_swagger_ui_are_those_of_npm() {
    let (ours, theirs) = (root().join("functions/docs/swagger-ui"), installed("document/node_modules/swagger-ui-dist"));
    let mut compared = 0;
    for entry in ours.read_dir().unwrap() {
        let name = entry.unwrap().file_name();
        let [ours, theirs] = [&ours, &theirs].map(|folder| std::fs::read(folder.join(&name)).unwrap());
        assert!(ours == theirs, "{} differs", name.display());
        compared += 1;
    }
    assert!(compared >= 3, "{compared}");
}
