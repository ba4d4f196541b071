//! A workspace of its own builds packages of this one by a lock of its own, which must know all that their manifests name:
//! otherwise it does not build.

use crate::repository::{files, obey, text};
use crate::workspace::{Package, packages};
use std::collections::{BTreeMap, BTreeSet};

/// What each package needs, by its name, in the text of a lock.
fn locked(lock: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    lock.split("[[package]]").skip(1).map(entry).collect()
}

fn entry(lines: &str) -> (&str, BTreeSet<&str>) {
    let name = lines.lines().find_map(|line| line.strip_prefix("name = \"")).expect("a package has a name");
    // ` "serde",` or ` "getrandom 0.4.1",`
    let needs = lines.lines().filter_map(|line| line.strip_prefix(" \""));
    (name.trim_end_matches('"'), needs.filter_map(|need| need.split([' ', '"']).next()).collect())
}

/// By name, what each package of ours needs.
fn ours() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let needs = |package: &'static Package| package.always_needs.iter().map(String::as_str).collect();
    packages().iter().map(|package| (package.name.as_str(), needs(package))).collect()
}

fn complaints(path: &str, lock: &str, ours: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<String> {
    let missing = |(name, needs): (&str, BTreeSet<&str>)| {
        let missing: Vec<&str> = ours.get(name)?.difference(&needs).copied().collect();
        (!missing.is_empty()).then(|| format!("{path}: {name} needs {} too", missing.join(", ")))
    };
    locked(lock).into_iter().filter_map(missing).collect()
}

#[test]
fn each_lock_knows_what_our_packages_need() {
    let locks = files().iter().map(|file| file.path.as_str()).filter(|path| path.ends_with("/Cargo.lock"));
    let found: Vec<String> = locks.flat_map(|path| complaints(path, &text(path), &ours())).collect();
    obey("`cargo metadata` beside the lock renews it", &found);
}

#[test]
fn a_lock_that_is_older_than_a_manifest_is_found() {
    let lock = "version = 4\n\n[[package]]\nname = \"store\"\ndependencies = [\n \"domain\",\n \"tokio 1.0.0\",\n]\n";
    let ours = BTreeMap::from([("store", BTreeSet::from(["aws", "domain", "tokio"]))]);
    assert_eq!(complaints("lock", lock, &ours), ["lock: store needs aws too"]);
}
