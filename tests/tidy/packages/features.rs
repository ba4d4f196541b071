//! What a build of the workspace asks of a crate, and what its tests do: where they differ, the crate and all that stands on
//! it is built twice.

use crate::repository::{obey, root};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// The features of each crate, by its name, in what `cargo tree` prints.
fn features(tree: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut features: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in tree.lines() {
        match line.split(' ').collect::<Vec<_>>().as_slice() {
            [name, "feature", feature, ..] => drop(features.entry(name).or_default().insert(feature)),
            [name, version, ..] if version.starts_with('v') => drop(features.entry(name).or_default()),
            _ => {}
        }
    }
    features
}

/// What tests ask for and a build does not, of crates that a build has too.
fn complaints(build: &str, tests: &str) -> Vec<String> {
    let (build, tests) = (features(build), features(tests));
    let more = |(name, built): (&&str, &BTreeSet<&str>)| {
        let more: Vec<&str> = tests.get(*name)?.difference(built).copied().collect();
        (!more.is_empty()).then(|| format!("{name}: {}", more.join(", ")))
    };
    build.iter().filter_map(more).collect()
}

fn tree(edges: &str) -> String {
    let args = ["tree", "--offline", "--workspace", "--prefix", "none", "--edges", edges];
    let output = Command::new(env!("CARGO")).args(args).current_dir(root()).output().expect("cargo started this test");
    String::from_utf8(output.stdout).expect("names of crates")
}

#[test]
fn a_build_and_the_tests_ask_the_same_of_every_crate() {
    let (build, tests) = (tree("features,normal,build"), tree("features"));
    assert!(features(&build)["tokio"].contains(r#""test-util""#), "{build}");
    let own = |complaint: &String| complaint.ends_with(r#": "default""#);
    let found: Vec<String> = complaints(&build, &tests).into_iter().filter(|complaint| !own(complaint)).collect();
    obey("let tests/harness ask for it too, or everything above is built twice", &found);
}

#[test]
fn what_tests_alone_ask_for_is_found() {
    let build = "tokio v1.0.0\ntokio feature \"net\"\nserde v1.0.0 (*)\n";
    for (tests, found) in [
        ("tokio v1.0.0\ntokio feature \"net\" (*)\n", vec![]),
        ("tokio v1.0.0\ntokio feature \"test-util\"\n", vec![r#"tokio: "test-util""#]),
        ("serde v1.0.0\nserde feature \"rc\"\n", vec![r#"serde: "rc""#]),
        ("proptest v1.0.0\nproptest feature \"std\"\n", vec![]),
    ] {
        assert_eq!(complaints(build, tests), found, "{tests}");
    }
}
