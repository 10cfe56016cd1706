//! Rules about the manifests of the workspace's members.

use serde_json::Value;

use super::{Tree, read_toml};
use crate::release;

/// The name of each crate, and the crates of the workspace that it may depend on.
const LAYERS: &[(&str, &[&str])] = &[
    ("ticktick-models", &[]),
    ("ticktick-raw", &["ticktick-models"]),
    ("ticktick-client", &["ticktick-models", "ticktick-raw"]),
    ("ticktick-sim", &["ticktick-models", "ticktick-raw"]),
    ("ticktick-verify", &["ticktick-models", "ticktick-raw"]),
    ("ticktick-formats", &["ticktick-client"]),
    ("ticktick-output", &[]),
    ("ticktick-profile", &["ticktick-client"]),
    (
        "ticktick-cli",
        &[
            "ticktick-client",
            "ticktick-formats",
            "ticktick-models",
            "ticktick-output",
            "ticktick-profile",
            "ticktick-sim",
            "ticktick-verify",
        ],
    ),
    ("ticktick-mcp", &["ticktick-client", "ticktick-profile", "ticktick-sim"]),
    ("xtask", &[]),
];

/// Dependencies point downward only; those of tests may point anywhere.
pub(super) fn layers(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    Ok(tree.members().flat_map(upward).collect())
}

fn upward(package: &Value) -> Vec<String> {
    let Some((name, allowed)) = LAYERS.iter().find(|(name, _)| package["name"] == *name) else { return Vec::new() };
    let dependencies = package["dependencies"].as_array().into_iter().flatten().filter(|one| one["kind"] != "dev");
    let names = dependencies.filter_map(|one| one["name"].as_str());
    let above = names.filter(|other| other.starts_with("ticktick") && !allowed.contains(other));
    above.map(|other| format!("{name}: must not depend on {other}; layers point downward only")).collect()
}

/// Every member takes the workspace's lints.
pub(super) fn lints(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    let mut broken = Vec::new();
    for path in tree.members().filter_map(|package| package["manifest_path"].as_str()) {
        let manifest = read_toml(path.as_ref())?;
        if manifest.get("lints").and_then(|lints| lints.get("workspace")?.as_bool()) != Some(true) {
            broken.push(format!("{path}: add `[lints]` with `workspace = true`"));
        }
    }
    Ok(broken)
}

/// Every published crate has what a release needs.
pub(super) fn releases(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    Ok(release::manifests(tree.root, &tree.packages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_on_a_higher_layer_are_found_and_those_of_tests_are_not() {
        let dependency = |name: &str, kind: Option<&str>| serde_json::json!({ "name": name, "kind": kind });
        let package = serde_json::json!({ "name": "ticktick-raw", "dependencies": [
            dependency("serde", None), dependency("ticktick-models", None), dependency("ticktick-sim", Some("dev")),
            dependency("ticktick-client", None), dependency("ticktick-cli", Some("build")),
        ] });
        assert_eq!(upward(&package).len(), 2, "{:?}", upward(&package));
    }
}
