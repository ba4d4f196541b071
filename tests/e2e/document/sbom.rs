//! `cargo xtask sbom` lists everything that a lock file has.

use harness::binary::{built, root};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// As a list names packages.
fn purl(kind: &str, name: &str, version: &str) -> String {
    format!("pkg:{kind}/{}@{}", name.replace('@', "%40"), version.replace('+', "%2B"))
}

#[test]
fn every_package_of_every_lock_file_is_listed_with_its_version() {
    let file = std::env::temp_dir().join(format!("humanops-sbom-{}.json", std::process::id()));
    // As cargo starts it.
    let mut listing = Command::new(built("xtask"));
    listing.arg("sbom").arg(&file).env("CARGO_MANIFEST_DIR", root().join("xtask"));
    assert!(listing.status().unwrap().success());
    let list: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!((&list["bomFormat"], &list["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
    let components = list["components"].as_array().unwrap();
    let listed: BTreeSet<&str> = components.iter().filter_map(|component| component["purl"].as_str()).collect();

    let read = |name: &str| std::fs::read_to_string(root().join(name)).unwrap();
    let mut expected = Vec::new();
    let lock = read("Cargo.lock");
    for package in lock.split("[[package]]").filter(|package| package.contains("\nsource = ")) {
        let field = |name: &str| {
            package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"')).unwrap()
        };
        expected.push(purl("cargo", field("name"), field("version")));
    }
    let crates = expected.len();
    let lock: Value = serde_json::from_str(&read("clients/web/package-lock.json")).unwrap();
    for (path, package) in lock["packages"].as_object().unwrap() {
        if let (Some((_, name)), Some(version)) = (path.rsplit_once("node_modules/"), package["version"].as_str()) {
            expected.push(purl("npm", name, version));
        }
    }
    let packages = expected.len() - crates;
    let python = read("infra/tools/aws.txt");
    let pinned = python.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once("=="));
    expected.extend(pinned.map(|(name, version)| purl("pypi", &name.to_lowercase().replace('_', "-"), version)));

    println!("{crates} crates, {packages} packages of npm, {} in all", listed.len());
    let missing: Vec<&String> = expected.iter().filter(|package| !listed.contains(package.as_str())).collect();
    assert!(crates > 500 && packages > 50 && missing.is_empty(), "{missing:?}");
}
