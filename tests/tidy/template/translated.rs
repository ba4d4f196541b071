//! What SAM makes of the template, as `cargo xtask lint` left it. Fails if that was another template.

use super::document::{of_type, properties, word};
use crate::repository::{root, text};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::OnceLock;

/// A role, its properties and who has it.
pub(super) struct Role {
    /// Logical id.
    pub(super) name: String,
    /// The function by its folder, `tasks`; the logical id if no function has the role.
    pub(super) holder: String,
    pub(super) properties: Value,
}

/// The translations by name: `test`, where a deployment says the least, and `live`, where it says the most.
pub(super) fn deployments() -> &'static [(&'static str, Value)] {
    static DEPLOYMENTS: OnceLock<Vec<(&str, Value)>> = OnceLock::new();
    DEPLOYMENTS.get_or_init(|| {
        let fresh = read("template.yaml") == text("template.yaml");
        assert!(fresh, "template.yaml has changed: `cargo xtask lint` translates it");
        let names = ["test", "live"].into_iter();
        names.map(|name| (name, serde_json::from_str(&read(&format!("{name}.json"))).expect("JSON"))).collect()
    })
}

/// All roles.
pub(super) fn roles(template: &Value) -> Vec<Role> {
    let role = |(name, resource): (&String, &Value)| Role {
        name: name.clone(),
        holder: functions_with(template, name).unwrap_or_else(|| name.clone()),
        properties: properties(resource).clone(),
    };
    of_type(template, "AWS::IAM::Role").map(role).collect()
}

fn functions_with(template: &Value, role: &str) -> Option<String> {
    let functions = of_type(template, "AWS::Lambda::Function").map(|(_, function)| properties(function));
    let having = functions.filter(|it| it["Role"]["Fn::GetAtt"][0] == role);
    let folders: Vec<&str> = having.map(|it| folder(word(&it["Code"]["S3Key"]))).collect();
    (!folders.is_empty()).then(|| folders.join(" and "))
}

fn folder(key: &str) -> &str {
    key.trim_end_matches('/').rsplit('/').next().unwrap_or(key)
}

#[expect(clippy::panic, reason = "a test fails by panicking, and clippy sees no test in a function beside it")]
fn read(name: &str) -> String {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    // A relative one is meant from where cargo was called, which is the root for `cargo xtask`.
    let file = root().join(target).join("translated").join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!("run `cargo xtask lint` once, which has SAM translate the template: {}: {error}", file.display())
    })
}
