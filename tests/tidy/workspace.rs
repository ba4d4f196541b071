//! What cargo says about the workspace's manifests.

use crate::repository::root;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// One package of the workspace.
pub(crate) struct Package {
    pub(crate) name: String,
    /// Relative to the root: `shared/domain`.
    pub(crate) folder: String,
    /// Names of the workspace's packages that it needs to build; dev-dependencies are not among them.
    pub(crate) needs: Vec<String>,
    /// Names of its targets, as `--bin` and `--test` take them.
    pub(crate) targets: Vec<String>,
}

/// Every member.
pub(crate) fn packages() -> &'static [Package] {
    static PACKAGES: OnceLock<Vec<Package>> = OnceLock::new();
    PACKAGES.get_or_init(|| {
        let json = cargo(&["metadata", "--format-version", "1", "--no-deps", "--offline"]);
        let metadata: Value = serde_json::from_str(&json).expect("cargo metadata prints JSON");
        list(&metadata["packages"]).iter().map(package).collect()
    })
}

/// The standard output of a cargo command.
pub(crate) fn cargo(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(args).current_dir(root()).output().expect("cargo started this test");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {}: {said}", args.join(" "));
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}

fn package(json: &Value) -> Package {
    let manifest = Path::new(word(&json["manifest_path"]));
    let folder = manifest.parent().and_then(|folder| folder.strip_prefix(root()).ok());
    Package {
        name: word(&json["name"]).to_owned(),
        folder: folder.expect("a member lies under the root").display().to_string(),
        needs: needs(&json["dependencies"]),
        targets: list(&json["targets"]).iter().map(|target| word(&target["name"]).to_owned()).collect(),
    }
}

/// A dependency with a path is one of ours.
fn needs(dependencies: &Value) -> Vec<String> {
    let ours = list(dependencies).iter().filter(|it| it["path"].is_string() && it["kind"] != "dev");
    ours.map(|it| word(&it["name"]).to_owned()).collect()
}

fn list(json: &Value) -> &[Value] {
    json.as_array().expect("a list")
}

fn word(json: &Value) -> &str {
    json.as_str().expect("a string")
}

#[test]
fn a_dev_dependency_and_a_foreign_crate_are_no_edges() {
    let dependencies = serde_json::json!([
        { "name": "domain", "kind": null, "path": "/x/shared/domain" },
        { "name": "sealed", "kind": "build", "path": "/x/shared/sealed" },
        { "name": "store", "kind": "dev", "path": "/x/shared/store" },
        { "name": "serde", "kind": null },
    ]);
    assert_eq!(needs(&dependencies), ["domain", "sealed"]);
}
