//! What comes from elsewhere is what it was when it was chosen, and no secret goes the other way.

use crate::repository::{File, files, obey};
use serde_json::Value;

/// Packages that run a script when they are installed: programs that fetch or unpack themselves, for builds and tests.
const SCRIPTS: [&str; 6] =
    ["@foundry-rs/anvil", "@modelcontextprotocol/inspector", "@scarf/scarf", "bun", "deno", "esbuild"];

/// How secrets begin, and how many letters and digits follow.
const SECRETS: [(&str, usize); 8] = [
    (concat!("-----BEGIN PRIVATE", " KEY"), 0),
    (concat!("-----BEGIN RSA PRIVATE", " KEY"), 0),
    (concat!("-----BEGIN EC PRIVATE", " KEY"), 0),
    (concat!("AK", "IA"), 16),
    (concat!("gh", "p_"), 30),
    (concat!("sk_", "live_"), 10),
    (concat!("AI", "za"), 30),
    (concat!("ho_", "live_"), 40),
];
/// Keys that were made for tests, and open nothing.
const MADE_FOR_TESTS: [&str; 3] =
    ["functions/pushes/src/vapid/tests.rs", "shared/web/src/keys/api_key/tests.rs", "tests/harness/keys/"];

/// What is wrong with a package of a lock file of npm.
fn complaint(lock: &str, path: &str, package: &Value) -> Option<String> {
    let name = path.rsplit("node_modules/").next().unwrap_or_default();
    let pinned = package["integrity"].as_str().is_some_and(|digest| digest.starts_with("sha512-"));
    if !path.is_empty() && !pinned {
        return Some(format!("{lock}: {name} has no digest"));
    }
    let runs = package["hasInstallScript"] == true && !SCRIPTS.contains(&name);
    runs.then(|| format!("{lock}: {name} runs a script when it is installed"))
}

/// The first secret of a text.
fn secret(text: &str) -> Option<&'static str> {
    let goes_on = |rest: &str, count| rest.chars().take_while(char::is_ascii_alphanumeric).count() >= count;
    let found = SECRETS.iter().find(|(start, count)| text.split(start).skip(1).any(|rest| goes_on(rest, *count)));
    found.map(|(start, _)| *start)
}

#[test]
fn every_package_of_npm_has_a_digest_and_runs_nothing_unasked() {
    let locks = files().iter().filter(|file| file.path.ends_with("package-lock.json"));
    let mut wrong = Vec::new();
    for File { path, text } in locks {
        let lock: Value = serde_json::from_str(text).expect("a lock file is JSON");
        let packages = lock["packages"].as_object().expect("a lock file lists packages");
        assert!(packages.len() > 1, "{path} locks something");
        wrong.extend(packages.iter().filter_map(|(name, package)| complaint(path, name, package)));
    }
    obey("packages of npm", &wrong);
}

#[test]
fn no_secret_is_in_the_repository() {
    let ours = files().iter().filter(|file| !MADE_FOR_TESTS.iter().any(|made| file.path.starts_with(made)));
    let wrong = ours.filter_map(|file| Some(format!("{} has what begins with {}", file.path, secret(&file.text)?)));
    obey("secrets", &wrong.collect::<Vec<_>>());
}

#[test]
fn what_is_wrong_with_a_package_or_a_text_is_seen() {
    let package = |text| serde_json::from_str(text).expect("JSON");
    for (text, fine) in [
        (r#"{"integrity": "sha512-x"}"#, true),
        (r#"{"integrity": "sha1-x"}"#, false),
        ("{}", false),
        (r#"{"integrity": "sha512-x", "hasInstallScript": true}"#, false),
    ] {
        assert_eq!(complaint("a lock", "node_modules/some", &package(text)).is_none(), fine, "{text}");
    }
    let key = format!("{}{}", SECRETS[3].0, "0".repeat(16));
    assert!(secret(&key).is_some() && secret(&key[..19]).is_none());
}
