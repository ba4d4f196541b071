//! Who may depend on whom. The table of `docs/ARCHITECTURE.md`; dev-dependencies are free.

use crate::repository::obey;
use crate::workspace::{Package, packages};

/// What a function may build on.
const FUNCTION: &[&str] = &["domain", "store", "web", "sealed", "outbound", "bucket", "evidence", "runtime"];

/// What the package in `folder` may depend on, among ours; `None` for a folder that the table does not know.
fn allowed(folder: &str) -> Option<Allowed> {
    use Allowed::{All, Only};
    match folder {
        "shared/domain" | "shared/sealed" | "xtask" => Some(Only(&[])),
        "shared/store" | "shared/outbound" | "shared/evidence" | "shared/chain" | "shared/identity" => {
            Some(Only(&["domain"]))
        }
        "shared/bucket" => Some(Only(&["outbound"])),
        "shared/web" => Some(Only(&["domain", "store", "identity"])),
        "shared/runtime" => Some(Only(&["domain", "store", "web", "outbound", "bucket"])),
        "infra/local" | "infra/bench" | "tests" => Some(All),
        "infra/bench/floor" => Some(Only(&[])),
        _ if folder.starts_with("functions/") => Some(Only(FUNCTION)),
        _ if folder.starts_with("clients/") => Some(Only(&["sealed"])),
        _ => None,
    }
}

enum Allowed {
    All,
    Only(&'static [&'static str]),
}

fn complaints(packages: &[Package]) -> Vec<String> {
    packages.iter().flat_map(complaints_about).collect()
}

fn complaints_about(package: &Package) -> Vec<String> {
    let Package { folder, needs, .. } = package;
    match allowed(folder) {
        Some(Allowed::All) => Vec::new(),
        Some(Allowed::Only(names)) => {
            let wrong = needs.iter().filter(|need| !names.contains(&need.as_str()));
            wrong.map(|need| format!("{folder}/Cargo.toml may not depend on `{need}`")).collect()
        }
        None => vec![format!("{folder}/Cargo.toml: the table in tests/tidy/edges.rs has no row for it")],
    }
}

#[test]
fn no_crate_depends_on_one_that_it_must_not_know() {
    let edges: usize = packages().iter().map(|package| package.needs.len()).sum();
    assert!(edges > 20, "cargo metadata shows {edges} edges: its format changed");
    obey("who may depend on whom", &complaints(packages()));
}

#[test]
fn an_edge_outside_the_table_is_found() {
    for (folder, need, fine) in [
        ("shared/store", "domain", true),
        ("shared/store", "web", false),
        ("shared/domain", "sealed", false),
        ("shared/bucket", "outbound", true),
        ("shared/bucket", "domain", false),
        ("shared/runtime", "bucket", true),
        ("shared/runtime", "tasks", false),
        ("shared/web", "runtime", false),
        ("functions/tasks", "web", true),
        ("functions/tasks", "agents", false),
        ("infra/local", "tasks", true),
        ("infra/bench/floor", "runtime", false),
        ("tests", "humanops", true),
        ("xtask", "domain", false),
        ("clients/rust", "domain", false),
        ("shared/unheard_of", "domain", false),
    ] {
        let package =
            Package { name: "any".into(), folder: folder.into(), needs: vec![need.into()], targets: Vec::new() };
        assert_eq!(complaints(&[package]).is_empty(), fine, "{folder} on {need}");
    }
}
