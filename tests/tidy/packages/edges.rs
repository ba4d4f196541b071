//! Who may depend on whom, package by package. What `docs/ARCHITECTURE.md` says of it; dev-dependencies are free.

use crate::repository::obey;
use crate::workspace::{Package, packages};

/// A folder, and what its package may build on: below `shared/` by name, elsewhere by folder.
const ROWS: &[(&str, &[&str])] = &[
    ("shared/domain", &[]),
    ("shared/sealed", &[]),
    ("shared/outbound", &[]),
    ("shared/secrets", &[]),
    ("shared/contract", &["domain", "sealed"]),
    ("shared/aws", &[]),
    ("shared/store", &["aws", "domain"]),
    ("shared/evidence", &["domain"]),
    ("shared/bucket", &["aws"]),
    ("shared/photos", &["bucket", "domain", "evidence", "store"]),
    ("shared/identity", &["domain", "outbound"]),
    ("shared/web", &["contract", "domain", "identity", "store"]),
    ("shared/runtime", &["aws", "bucket", "domain", "identity", "outbound", "secrets", "store", "web"]),
    // A client of the chain, and clients of two providers: neither knows the books.
    ("shared/chain", &["outbound"]),
    ("shared/fiat", &["domain", "outbound"]),
    // A client of models that see: what is asked, and what follows, is another's.
    ("shared/vision", &["outbound"]),
    ("shared/onchain", &["chain", "domain", "runtime", "store"]),
    ("functions/agents", &["contract", "domain", "runtime", "store", "web"]),
    ("functions/tasks", &["bucket", "contract", "domain", "outbound", "runtime", "sealed", "secrets", "store", "web"]),
    (
        "functions/operators",
        &["bucket", "contract", "domain", "evidence", "outbound", "photos", "runtime", "sealed", "store", "web"],
    ),
    ("functions/checks", &["bucket", "contract", "domain", "photos", "runtime", "store", "web"]),
    ("functions/uploads", &["bucket", "contract", "domain", "runtime", "store", "web"]),
    ("functions/payments", &["contract", "domain", "fiat", "onchain", "runtime", "store", "web"]),
    ("functions/admin", &["bucket", "contract", "domain", "runtime", "store", "web"]),
    ("functions/events", &["contract", "domain", "outbound", "runtime", "secrets", "store", "web"]),
    ("functions/docs", &["contract", "runtime", "web"]),
    ("functions/pages", &["domain", "runtime", "web"]),
    // The tools call the API's routers in their own process (decisions/0020).
    (
        "functions/mcp",
        &[
            "clients/mcp",
            "clients/rust",
            "contract",
            "functions/agents",
            "functions/events",
            "functions/operators",
            "functions/payments",
            "functions/tasks",
            "runtime",
            "web",
        ],
    ),
    ("functions/guardian", &["bucket", "domain", "photos", "runtime", "store", "vision"]),
    ("functions/callbacks", &["domain", "outbound", "runtime", "secrets", "store"]),
    ("functions/pushes", &["domain", "outbound", "runtime", "store"]),
    ("functions/relay", &["contract", "domain", "runtime", "store"]),
    ("functions/sweeper", &["domain", "runtime", "store"]),
    ("functions/payouts", &["chain", "domain", "fiat", "onchain", "runtime", "store"]),
    // The other half of payments: what that leaves to be looked at, it looks at (decisions/0021).
    ("functions/watcher", &["chain", "domain", "fiat", "functions/payments", "onchain", "runtime", "store"]),
    ("functions/audit", &["domain", "onchain", "runtime", "store"]),
    // A chain, two providers and models for tests: doubles know nothing of what they stand for.
    ("infra/anvil", &["outbound"]),
    ("infra/providers", &["outbound"]),
    ("infra/models", &[]),
    ("infra/mutants", &[]),
    ("infra/bench/floor", &[]),
    ("xtask", &[]),
];
/// What hosts or calls the whole, and is deployed nowhere.
const FREE: &[&str] = &[
    "infra/local",
    "infra/bench",
    "infra/eval",
    "infra/fuzz",
    "infra/simulator",
    "infra/soak",
    "tests",
    "tests/harness",
];
/// What customers run builds on these, and on each other.
const CLIENTS: &str = "clients/";
const OF_CLIENTS: &[&str] = &["contract", "sealed"];

/// Whether the package in `folder` may depend on the one in `need`; `None` for a folder that has no row.
fn may(folder: &str, need: &str) -> Option<bool> {
    if FREE.contains(&folder) {
        return Some(true);
    }
    if folder.starts_with(CLIENTS) {
        return Some(need.starts_with(CLIENTS) || is_of(need, OF_CLIENTS));
    }
    let (_, names) = ROWS.iter().find(|(row, _)| *row == folder)?;
    Some(is_of(need, names))
}

fn is_of(need: &str, names: &[&str]) -> bool {
    names.contains(&need.strip_prefix("shared/").unwrap_or(need))
}

fn complaints(package: &Package) -> Vec<String> {
    let Package { folder, needs, .. } = package;
    if may(folder, "").is_none() {
        return vec![format!("{folder}/Cargo.toml: the table in {} has no row for it", file!())];
    }
    let wrong = needs.iter().filter(|need| may(folder, need) == Some(false));
    wrong.map(|need| format!("{folder}/Cargo.toml may not depend on {need}")).collect()
}

#[test]
fn no_package_depends_on_one_that_it_must_not_know() {
    let edges: usize = packages().iter().map(|package| package.needs.len()).sum();
    assert!(edges > 20, "cargo metadata shows {edges} edges: its format changed");
    obey("who may depend on whom", &packages().iter().flat_map(complaints).collect::<Vec<_>>());
}

#[test]
fn an_edge_outside_the_table_is_found() {
    for (folder, need, fine) in [
        ("shared/store", "shared/domain", true),
        ("shared/store", "shared/web", false),
        ("shared/domain", "shared/sealed", false),
        ("shared/contract", "shared/sealed", true),
        ("shared/contract", "shared/web", false),
        ("shared/web", "shared/contract", true),
        ("shared/web", "shared/runtime", false),
        ("shared/runtime", "functions/tasks", false),
        ("functions/tasks", "shared/bucket", true),
        ("functions/agents", "shared/bucket", false),
        ("functions/tasks", "shared/evidence", false),
        ("functions/guardian", "shared/photos", true),
        ("functions/tasks", "functions/agents", false),
        ("functions/relay", "shared/web", false),
        ("shared/chain", "shared/store", false),
        ("functions/watcher", "functions/payments", true),
        ("functions/payouts", "functions/payments", false),
        ("infra/anvil", "shared/chain", false),
        ("infra/models", "shared/vision", false),
        ("shared/vision", "shared/evidence", false),
        ("infra/local", "functions/tasks", true),
        ("infra/bench/floor", "shared/runtime", false),
        ("tests/harness", "infra/local", true),
        ("xtask", "shared/domain", false),
        ("clients/rust", "shared/sealed", true),
        ("clients/rust", "shared/domain", false),
        ("clients/mcp", "clients/rust", true),
        ("functions/tasks", "clients/rust", false),
        ("functions/mcp", "functions/tasks", true),
        ("functions/mcp", "functions/admin", false),
        ("shared/unheard_of", "shared/domain", false),
    ] {
        let package =
            Package { name: "any".into(), folder: folder.into(), needs: vec![need.into()], ..Package::default() };
        assert_eq!(complaints(&package).is_empty(), fine, "{folder} on {need}");
    }
}
