//! Rules about the manifests of the workspace's members.

use toml::{Table, Value};

use super::{Tree, read_toml};
use crate::release;

/// The folder of each crate, and the crates of the workspace that it may depend on.
const LAYERS: &[(&str, &[&str])] = &[
    ("crates/ticktick-models", &[]),
    ("crates/ticktick-raw", &["ticktick-models"]),
    ("crates/ticktick", &["ticktick-models", "ticktick-raw"]),
    ("crates/ticktick-sim", &["ticktick-models", "ticktick-raw"]),
    ("crates/ticktick-verify", &["ticktick-models", "ticktick-raw"]),
    ("crates/ticktick-cli", &["ticktick", "ticktick-models", "ticktick-sim", "ticktick-verify"]),
    ("xtask", &[]),
];

/// Dependencies point downward only; those of tests may point anywhere.
pub(super) fn layers(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    each(tree, |folder, allowed, manifest| {
        let above = depends_on(manifest).filter(|name| name.starts_with("ticktick") && !allowed.contains(name));
        above.map(|name| format!("{folder}: must not depend on {name}; layers point downward only")).collect()
    })
}

/// Every member takes the workspace's lints.
pub(super) fn lints(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    each(tree, |folder, _, manifest| {
        let inherits = manifest.get("lints").and_then(|lints| lints.get("workspace")) == Some(&Value::Boolean(true));
        if inherits { Vec::new() } else { vec![format!("{folder}: add `[lints]` with `workspace = true`")] }
    })
}

/// Every published crate has what a release needs.
pub(super) fn releases(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    Ok(release::manifests(tree.root, &release::packages(tree.root)?))
}

fn each(tree: &Tree<'_>, rule: impl Fn(&str, &[&str], &Table) -> Vec<String>) -> Result<Vec<String>, String> {
    let mut broken = Vec::new();
    for (folder, allowed) in LAYERS {
        let path = format!("{folder}/Cargo.toml");
        broken.extend(rule(&path, allowed, &read_toml(&tree.root.join(&path))?));
    }
    Ok(broken)
}

/// Returns the names of the dependencies of the library or program on all targets.
fn depends_on(manifest: &Table) -> impl Iterator<Item = &str> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let targets = targets.filter_map(Value::as_table);
    let tables = std::iter::once(manifest).chain(targets).filter_map(|table| table.get("dependencies")?.as_table());
    tables.flat_map(Table::keys).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_found_however_they_are_written() {
        let manifest = "
            [dependencies]
            a.workspace = true
            b = '1'
            [dependencies.c]
            path = 'c'
            [target.'cfg(unix)'.dependencies]
            d = { version = '1' }
            [dev-dependencies]
            e = '1'
        ";
        let manifest = manifest.parse().unwrap();
        assert_eq!(depends_on(&manifest).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    }
}
