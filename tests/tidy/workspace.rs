//! What cargo says about the workspace: its packages, and all that they are made of.

use crate::repository::root;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// One package of the workspace.
#[derive(Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// Relative to the root: `shared/domain`.
    pub(crate) folder: String,
    /// Folders of the workspace's packages that it needs to build; dev-dependencies are not among them.
    pub(crate) needs: Vec<String>,
    /// Names of all crates that it needs to build, whatever its features and the platform.
    pub(crate) always_needs: BTreeSet<String>,
    /// Names of its targets, as `--bin` and `--test` take them.
    pub(crate) targets: Vec<String>,
}

/// Every member.
pub(crate) fn packages() -> &'static [Package] {
    static PACKAGES: OnceLock<Vec<Package>> = OnceLock::new();
    PACKAGES.get_or_init(|| members(metadata()).map(package).collect())
}

/// What a normal build for this machine links.
pub(crate) struct Graph {
    /// The id of each member by its folder.
    pub(crate) members: BTreeMap<String, String>,
    /// Name and version by id.
    pub(crate) crates: BTreeMap<String, (String, String)>,
    /// Ids of what each id links itself.
    pub(crate) links: BTreeMap<String, Vec<String>>,
}

/// The graph of this workspace.
pub(crate) fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(metadata()))
}

impl Graph {
    /// From what `cargo metadata` prints. A crate that only a test or a build script needs is not linked.
    pub(crate) fn read(metadata: &Value) -> Self {
        let owned = |value: &Value| word(value).to_owned();
        let links = |node: &Value| {
            let normal = |it: &&Value| list(&it["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            list(&node["deps"]).iter().filter(normal).map(|it| owned(&it["pkg"])).collect()
        };
        let nodes = list(&metadata["resolve"]["nodes"]);
        let crates = list(&metadata["packages"]);
        Self {
            members: members(metadata)
                .map(|it| (folder(Path::new(word(&it["manifest_path"]))), owned(&it["id"])))
                .collect(),
            crates: crates.iter().map(|it| (owned(&it["id"]), (owned(&it["name"]), owned(&it["version"])))).collect(),
            links: nodes.iter().map(|node| (owned(&node["id"]), links(node))).collect(),
        }
    }
}

fn metadata() -> &'static Value {
    static METADATA: OnceLock<Value> = OnceLock::new();
    METADATA.get_or_init(|| {
        // Of other platforms not every crate is on this machine.
        let args = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", "host-tuple"];
        let output =
            Command::new(env!("CARGO")).args(args).current_dir(root()).output().expect("cargo started this test");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo {}: {said}", args.join(" "));
        serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
    })
}

fn members(metadata: &Value) -> impl Iterator<Item = &Value> {
    let ids: BTreeSet<&str> = list(&metadata["workspace_members"]).iter().map(word).collect();
    list(&metadata["packages"]).iter().filter(move |package| ids.contains(word(&package["id"])))
}

fn package(json: &Value) -> Package {
    Package {
        name: word(&json["name"]).to_owned(),
        folder: folder(Path::new(word(&json["manifest_path"]))),
        needs: needs(&json["dependencies"]),
        always_needs: always(&json["dependencies"]).map(|it| word(&it["name"]).to_owned()).collect(),
        targets: list(&json["targets"]).iter().map(|target| word(&target["name"]).to_owned()).collect(),
    }
}

/// Of a manifest, relative to the root.
fn folder(manifest: &Path) -> String {
    let folder = manifest.parent().and_then(|folder| folder.strip_prefix(root()).ok());
    folder.expect("a member lies under the root").display().to_string()
}

/// A dependency with a path is one of ours.
fn needs(dependencies: &Value) -> Vec<String> {
    let needed = list(dependencies).iter().filter(|it| it["kind"] != "dev");
    needed.filter_map(|it| Some(folder(&Path::new(it["path"].as_str()?).join("Cargo.toml")))).collect()
}

fn always(dependencies: &Value) -> impl Iterator<Item = &Value> {
    let every = |it: &&Value| it["kind"] != "dev" && it["optional"] == false && it["target"].is_null();
    list(dependencies).iter().filter(every)
}

fn list(json: &Value) -> &[Value] {
    json.as_array().expect("a list")
}

fn word(json: &Value) -> &str {
    json.as_str().expect("a string")
}

#[test]
fn a_dev_dependency_and_a_foreign_crate_are_no_edges() {
    let path = |folder: &str| root().join(folder).display().to_string();
    let dependencies = serde_json::json!([
        { "name": "domain", "kind": null, "path": path("shared/domain") },
        { "name": "sealed", "kind": "build", "path": path("shared/sealed") },
        { "name": "store", "kind": "dev", "path": path("shared/store") },
        { "name": "serde", "kind": null },
    ]);
    assert_eq!(needs(&dependencies), ["shared/domain", "shared/sealed"]);
}
