//! What each package links in the end, through whatever it depends on.

use crate::repository::{files, obey, root};
use crate::workspace::{Graph, graph};
use std::collections::BTreeSet;
use std::process::Command;

/// Crates that few may link.
struct Rule {
    says: &'static str,
    /// Their names, which may go on behind a hyphen.
    crates: &'static [&'static str],
    /// Where the folders begin whose packages may. Who depends on such a package has it through that one only.
    may: &'static [&'static str],
}

const RULES: [Rule; 6] = [
    Rule { says: "aws-lc costs 50 ms of every cold start", crates: &["aws-lc"], may: &[] },
    Rule {
        says: "only who it was sealed for opens a credential (invariant I8)",
        // They are sealed with AES: who seals the secrets of callbacks has no other cipher than ChaCha.
        crates: &["aes-gcm"],
        may: &["clients/"],
    },
    Rule {
        says: "only callbacks opens the secret of a callback",
        crates: &["callbacks"],
        may: &["functions/callbacks"],
    },
    Rule {
        says: "only payouts signs for a chain (invariant I9)",
        // `alloy-signer` alone is a trait, which comes with alloy's networks; `k256` derives addresses too, and who signs
        // with it is found by its name (below).
        crates: &[
            "alloy-signer-aws",
            "alloy-signer-gcp",
            "alloy-signer-ledger",
            "alloy-signer-local",
            "alloy-signer-trezor",
            "alloy-signer-turnkey",
            "aws-sdk-kms",
        ],
        may: &["functions/payouts"],
    },
    Rule {
        says: "only what looks at a chain links a client of one (decisions/0021)",
        crates: &["alloy"],
        may: &[
            "functions/audit",
            "functions/payments",
            "functions/payouts",
            "functions/watcher",
            "infra/",
            "shared/chain",
            "shared/onchain",
            "tests",
        ],
    },
    Rule { says: "only pushes signs notifications", crates: &["pushes"], may: &["functions/pushes"] },
];

/// What signs with `k256`, and what has a private key to derive by.
const KEYS: [&str; 3] = ["SigningKey", "XPriv", "Mnemonic"];

impl Rule {
    fn bans(&self, name: &str) -> bool {
        let rest = self.crates.iter().find_map(|banned| name.strip_prefix(banned));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    fn grants(&self, folder: &str) -> bool {
        self.may.iter().any(|start| folder.starts_with(start))
    }
}

/// How each package that may not comes to link a banned crate.
fn complaints(rule: &Rule, graph: &Graph) -> Vec<String> {
    let (granted, others): (Vec<_>, Vec<_>) = graph.members.iter().partition(|(folder, _)| rule.grants(folder));
    let closed: BTreeSet<&str> = granted.into_iter().map(|(_, id)| id.as_str()).collect();
    let banned = |name: &str| rule.bans(name);
    let found =
        others.into_iter().filter_map(|(folder, id)| Some((folder, way(graph, id, &mut closed.clone(), &banned)?)));
    found.map(|(folder, way)| format!("{folder} links {}", way.join(" < "))).collect()
}

/// From a banned crate back to `id`, not through those that were `seen`.
fn way<'a>(
    graph: &'a Graph,
    id: &'a str,
    seen: &mut BTreeSet<&'a str>,
    banned: &dyn Fn(&str) -> bool,
) -> Option<Vec<&'a str>> {
    let (name, _) = &graph.crates[id];
    if !seen.insert(id) {
        return None;
    }
    if banned(name) {
        return Some(vec![name]);
    }
    let mut way = graph.links[id].iter().find_map(|next| self::way(graph, next, seen, banned))?;
    way.push(name);
    Some(way)
}

/// Versions of a crate among all that members link.
fn versions<'a>(graph: &'a Graph, name: &str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    for id in graph.members.values() {
        way(graph, id, &mut seen, &|_| false);
    }
    let linked = seen.into_iter().map(|id| &graph.crates[id]);
    linked.filter(|(linked, _)| linked == name).map(|(_, version)| version.as_str()).collect()
}

#[test]
fn no_package_links_what_it_must_not() {
    for rule in &RULES {
        obey(rule.says, &complaints(rule, graph()));
    }
}

#[test]
fn there_is_exactly_one_rustls() {
    let found = versions(graph(), "rustls");
    assert_eq!(found.len(), 1, "one TLS stack, not {found:?}");
}

/// Its crates are built with other features than those of whoever else is built beside it: cargo is asked of it alone.
#[test]
fn the_mcp_function_has_neither_a_cipher_for_credentials_nor_a_chain_and_none_has_http_2() {
    for (package, known, wanted) in [
        ("mcp", "rmcp", [false, false, false]),
        ("humanops-mcp", "rmcp", [true, false, false]),
        ("payments", "coins-bip32", [false, true, false]),
        ("guardian", "aws-sdk-bedrockruntime", [false, false, false]),
    ] {
        let args = ["tree", "--offline", "--package", package, "--edges", "normal", "--prefix", "none"];
        let output =
            Command::new(env!("CARGO")).args(args).current_dir(root()).output().expect("cargo started this test");
        let tree = String::from_utf8(output.stdout).expect("names of crates");
        let links = |name: &str| tree.lines().any(|line| line.starts_with(&format!("{name} ")));
        assert!(links(known), "{tree}");
        assert_eq!(["aes-gcm", "alloy", "h2"].map(links), wanted, "{package}");
    }
}

/// Where a private key of a chain is named in what is deployed.
fn keys_in<'a>(path: &'a str, text: &str) -> Option<&'a str> {
    let deployed = ["functions/", "shared/"].iter().any(|folder| path.starts_with(folder));
    let deployed = deployed && !path.contains("/tests.rs") && !path.contains("/tests/");
    let words = || text.split(|c: char| !c.is_alphanumeric());
    let named = || words().any(|word| KEYS.contains(&word));
    (deployed && !path.starts_with("functions/payouts/src/signer/") && named()).then_some(path)
}

#[test]
fn only_the_signer_of_payouts_names_a_private_key() {
    let files = || files().iter().filter(|file| file.path.ends_with(".rs"));
    assert!(files().any(|file| file.path == "functions/payouts/src/signer/local.rs" && file.text.contains(KEYS[0])));
    let all = files().filter_map(|file| keys_in(&file.path, &file.text));
    obey("only payouts signs for a chain (invariant I9)", &all.map(ToOwned::to_owned).collect::<Vec<_>>());
}

#[test]
fn a_private_key_in_another_place_is_found() {
    for (path, text, fine) in [
        ("functions/payouts/src/signer/local.rs", "use k256::ecdsa::SigningKey;", true),
        ("functions/payouts/src/usdc/sign.rs", "use k256::ecdsa::SigningKey;", false),
        ("functions/payments/src/deposit_keys.rs", "let key: XPub = parse();", true),
        ("functions/payments/src/deposit_keys.rs", "let key: XPriv = parse();", false),
        ("shared/chain/src/lib.rs", "VerifyingKey, SigningKey", false),
        ("infra/anvil/src/tests.rs", "SigningKey", true),
    ] {
        assert_eq!(keys_in(path, text).is_none(), fine, "{path}: {text}");
    }
}

#[test]
fn a_banned_crate_is_found_however_it_comes() {
    let [_, opens, secrets, signs, looks, notifies] = &RULES;
    for (rule, package, links, fine) in [
        (opens, "clients/rust", &["aes-gcm"][..], true),
        (opens, "functions/tasks", &["aes-gcm"], false),
        (opens, "functions/tasks", &["middle"], false),
        (opens, "functions/tasks", &["aes-gcm-of-another-name"], false),
        (opens, "functions/tasks", &["aes", "hpke"], true),
        (opens, "functions/payouts", &["aes-gcm"], false),
        (secrets, "functions/tasks", &["callbacks"], false),
        (secrets, "functions/callbacks", &["callbacks"], true),
        (notifies, "functions/operators", &["pushes"], false),
        (notifies, "functions/pushes", &["pushes"], true),
        (signs, "functions/payouts", &["aws-sdk-kms"], true),
        (signs, "functions/watcher", &["aws-sdk-kms"], false),
        (signs, "functions/audit", &["alloy-signer-local"], false),
        (signs, "functions/payments", &["alloy-signer", "k256"], true),
        (looks, "functions/payments", &["alloy"], true),
        (looks, "functions/mcp", &["alloy"], false),
        (looks, "functions/tasks", &["alloy-primitives"], false),
        (looks, "shared/store", &["alloy"], false),
        (&RULES[0], "functions/payouts", &["aws-lc-rs"], false),
    ] {
        assert_eq!(complaints(rule, &small(package, links)).is_empty(), fine, "{package} with {links:?}");
    }
}

#[test]
fn who_hosts_a_package_that_may_is_not_blamed_for_it() {
    let mut graph = small("functions/payouts", &["aws-sdk-kms"]);
    graph.members.insert("infra/local".into(), "host".into());
    graph.crates.insert("host".into(), ("host".into(), "1.0.0".into()));
    graph.links.insert("host".into(), vec!["package".into()]);
    assert_eq!(complaints(&RULES[3], &graph), [""; 0]);
    graph.links.insert("host".into(), vec!["package".into(), "aws-sdk-kms".into()]);
    assert_eq!(complaints(&RULES[3], &graph), ["infra/local links aws-sdk-kms < host"]);
}

#[test]
fn what_only_tests_and_build_scripts_need_is_not_linked() {
    let deps = serde_json::json!([
        { "pkg": "linked", "dep_kinds": [{ "kind": "dev" }, { "kind": null }] },
        { "pkg": "tested", "dep_kinds": [{ "kind": "dev" }] },
        { "pkg": "built", "dep_kinds": [{ "kind": "build" }] },
    ]);
    let nodes = serde_json::json!([{ "id": "a", "deps": deps }]);
    let metadata = serde_json::json!({ "packages": [], "workspace_members": [], "resolve": { "nodes": nodes } });
    assert_eq!(Graph::read(&metadata).links["a"], ["linked"]);
}

/// A package that links these, of which `middle` links `aes-gcm`.
fn small(folder: &str, links: &[&str]) -> Graph {
    let ids = || links.iter().copied().chain(["package", "aes-gcm", "middle"]);
    let linked = |id: &str| match id {
        "package" => links.iter().map(ToString::to_string).collect(),
        "middle" => vec!["aes-gcm".to_owned()],
        _ => Vec::new(),
    };
    Graph {
        members: [(folder.to_owned(), "package".to_owned())].into(),
        crates: ids().map(|id| (id.to_owned(), (id.to_owned(), "1.0.0".to_owned()))).collect(),
        links: ids().map(|id| (id.to_owned(), linked(id))).collect(),
    }
}
