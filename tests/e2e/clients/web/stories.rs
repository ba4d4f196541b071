//! Stories of `clients/web/test`, played in a browser.

use crate::clients::typescript::{ADMIN_KEY, package, passing, system};
use harness::Agent;
use harness::binary::{Binary, command, root};
use harness::clerk::{FIRST_PEM, LIVE};
use std::fs;
use std::process::Command;

/// Plays one against a system in test mode with an agent who has money.
async fn story(name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (binary, agent) = system(folder.path()).await;
    play(name, &Site::of(&binary), Some(&agent)).await;
}

/// Where a story is played.
pub(crate) struct Site {
    /// As browsers know it.
    pub(crate) pages: String,
    /// As everybody else does.
    pub(crate) api: String,
    pub(crate) admin_key: String,
}

impl Site {
    fn of(binary: &Binary) -> Self {
        let url = format!("http://{}", binary.address);
        Self { pages: url.clone(), api: url, admin_key: ADMIN_KEY.to_owned() }
    }
}

pub(crate) async fn play(name: &str, site: &Site, agent: Option<&Agent>) {
    let screenshots = root().join("target/web");
    fs::create_dir_all(&screenshots).unwrap();
    let mut node = Command::new("node");
    let script = root().join(format!("clients/web/test/{name}.test.mjs"));
    node.args(["--test", "--test-reporter=tap"]).arg(script);
    node.env("PAGES_URL", &site.pages).env("API_URL", &site.api).env("ADMIN_KEY", &site.admin_key);
    node.env("AGENT_KEY", agent.map_or("", |agent| &agent.key));
    node.env("TOOLS", root().join(".tools")).env("SCREENSHOTS", screenshots).env("SDK", package());
    node.env("KEYS", root().join("tests/harness/keys"));
    assert!(passing(node).await > 0);
}

#[tokio::test]
async fn somebody_chooses_a_name_does_a_task_and_is_paid() {
    story("job").await;
}

#[tokio::test]
async fn what_is_submitted_without_a_network_goes_out_once() {
    story("offline").await;
}

#[tokio::test]
async fn a_credential_leaves_the_page_sealed_only() {
    let folder = tempfile::tempdir().unwrap();
    let (binary, agent) = system(folder.path()).await;
    play("credential", &Site::of(&binary), Some(&agent)).await;
    let log = binary.interrupt().await.stderr.join("\n");
    assert!(log.contains("request answered") && !log.contains("hunter2-but-longer"), "{log}");
}

#[tokio::test]
async fn what_goes_otherwise_is_said() {
    story("trouble").await;
}

#[tokio::test]
async fn an_agents_owner_funds_it_posts_a_task_and_decides() {
    story("agent").await;
}

#[tokio::test]
async fn an_agents_owner_sees_what_it_was_told_and_what_did_not_arrive() {
    story("events").await;
}

#[tokio::test]
async fn staff_read_both_sides_of_a_dispute_and_divide_its_money() {
    story("staff").await;
}

#[tokio::test]
async fn who_asked_for_it_is_notified_in_words_and_led_to_the_task() {
    story("notify").await;
}

#[tokio::test]
async fn a_newer_build_asks_before_it_takes_over() {
    story("update").await;
}

#[tokio::test]
async fn whoever_signs_in_at_clerk_works_for_as_long_as_that_lasts() {
    let folder = tempfile::tempdir().unwrap();
    let mut live = command(folder.path(), &LIVE);
    live.env("CLERK_JWT_KEY", FIRST_PEM).env("HUMANOPS_ADMIN_KEY", ADMIN_KEY);
    play("signed-in", &Site::of(&Binary::launch(live).await), None).await;
}

#[tokio::test]
async fn each_page_is_seen_within_a_second() {
    story("first-view").await;
}
