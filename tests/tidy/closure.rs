//! What the workspace links in the end: one TLS stack, and not the slow one.

use crate::repository::obey;
use crate::workspace::cargo;
use std::collections::BTreeSet;

/// `name vX.Y.Z` of every crate that a normal build links.
fn linked() -> BTreeSet<String> {
    let format = ["--prefix", "none", "--format", "{p}"];
    let args = [&["tree", "--workspace", "--edges", "normal", "--offline", "--locked"][..], &format[..]].concat();
    let crates: BTreeSet<String> = cargo(&args).lines().map(|line| first_words(line, 2)).collect();
    assert!(crates.iter().any(|line| line.starts_with("axum v")), "cargo tree shows no axum: its format changed");
    crates
}

fn first_words(line: &str, count: usize) -> String {
    line.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}

#[test]
fn no_crate_links_aws_lc() {
    let found: Vec<String> = linked().into_iter().filter(|line| line.starts_with("aws-lc")).collect();
    obey("aws-lc costs 50 ms of every cold start; `cargo tree --invert` names who brings it", &found);
}

#[test]
fn there_is_exactly_one_rustls() {
    let found: Vec<String> = linked().into_iter().filter(|line| line.starts_with("rustls v")).collect();
    assert_eq!(found.len(), 1, "one TLS stack, not {found:?}");
}

/// Crates that open what was sealed for an agent, and crates that sign for a chain (invariants I8, I9).
const FORBIDDEN: [&str; 6] = ["aes-gcm v", "hkdf v", "hpke v", "k256 v", "secp256k1 v", "alloy"];

#[test]
fn nothing_opens_credentials_and_nothing_signs_for_a_chain() {
    let found: Vec<String> =
        linked().into_iter().filter(|line| FORBIDDEN.iter().any(|name| line.starts_with(name))).collect();
    obey("no server crate opens a credential, and only payouts may sign", &found);
}
