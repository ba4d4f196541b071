//! Nothing in the repository points at one machine or at one registry: both differ from place to place.

use crate::repository::{File, files, obey, text};

/// Hosts of package registries and of their mirrors.
const HOSTS: &[&str] = &[
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("registry.", "npmjs.org"),
    concat!("registry.", "yarnpkg.com"),
    concat!("pypi.", "org"),
    concat!("files.", "pythonhosted.org"),
    concat!("proxy.", "golang.org"),
    concat!("art", "ifactory"),
    concat!("j", "frog"),
];
/// Folders that exist on somebody's machine only.
const FOLDERS: &[&str] = &[concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!("/wo", "rk/")];

/// What the lock file calls the public index of crates; it is a name, nothing is fetched from there.
const INDEX: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let at = || format!("{path}:{}", index + 1);
        if let Some(host) = HOSTS.iter().find(|host| line.contains(*host)) {
            complaints.push(format!("{} names the registry host `{host}`", at()));
        }
        if let Some(folder) = FOLDERS.iter().find(|folder| begins_a_path(line, folder)) {
            complaints.push(format!("{} has an absolute path under `{folder}`", at()));
        }
    }
    complaints
}

/// `./work/x` and `https://example.com/work/x` are no absolute paths.
fn begins_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-~/}>*".contains(c))
    })
}

/// Lines of the lock file that name another source than the public index.
fn foreign_sources(lock: &str) -> Vec<String> {
    let sources = lock.lines().filter_map(|line| line.strip_prefix("source = "));
    sources.filter(|source| source.trim_matches('"') != INDEX).map(|source| format!("Cargo.lock: {source}")).collect()
}

#[test]
fn no_file_names_a_registry_host_or_a_machine_path() {
    let all: Vec<String> = files().iter().flat_map(|File { path, text }| complaints(path, text)).collect();
    obey("where packages come from and where the checkout lies is not ours to say", &all);
}

#[test]
fn every_crate_comes_from_the_public_index() {
    obey("no git dependency, no fork, no private registry", &foreign_sources(&text("Cargo.lock")));
}

#[test]
fn a_host_a_path_and_a_foreign_source_are_found() {
    for (line, fine) in [
        (format!("url = \"https://{}/simple\"", HOSTS[4]), false),
        (format!("https://user@{}.example.com/npm", HOSTS[7]), false),
        (format!("path = \"{}main\"", FOLDERS[3]), false),
        (format!("{}someone/humanops", FOLDERS[0]), false),
        (format!("(see {}x)", FOLDERS[1]), false),
        (format!("https://example.com{}of/art", FOLDERS[3]), true),
        ("$HOME/.cache, ~/x, ../x, /usr/bin/env, https://docs.rs/axum".into(), true),
    ] {
        assert_eq!(complaints("README.md", &line).is_empty(), fine, "{line}");
    }
    assert_eq!(foreign_sources(&format!("name = \"a\"\nsource = \"{INDEX}\"\n")), [""; 0]);
    assert_eq!(foreign_sources("source = \"git+https://example.com/a\"\n").len(), 1);
}
