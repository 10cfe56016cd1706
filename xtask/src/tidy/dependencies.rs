//! Rules about all packages that the workspace depends on.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Tree, read_toml};

/// The licence of each package must be on the list of `deny.toml`.
pub(super) fn licences(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    let deny = read_toml(&tree.root.join("deny.toml"))?;
    let list = deny.get("licenses").and_then(|licences| licences.get("allow")?.as_array());
    let allowed: BTreeSet<&str> = list.into_iter().flatten().filter_map(toml::Value::as_str).collect();
    let refused = tree.packages.iter().filter_map(|package| {
        let licence = package["license"].as_str().unwrap_or("none");
        let fits = licence
            .replace(" / ", " OR ")
            .replace('/', " OR ")
            .split(" OR ")
            .any(|choice| choice.split(" AND ").all(|part| allowed.contains(part.trim_matches(['(', ')', ' ']))));
        (!fits).then(|| format!("deny.toml: {} {} has the licence {licence}", package["name"], package["version"]))
    });
    Ok(refused.collect())
}

/// No package may need a newer Rust than the workspace promises.
pub(super) fn rust_version(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    Ok(newer_rust(&tree.packages))
}

fn newer_rust(packages: &[Value]) -> Vec<String> {
    let needs = |package: &Value| {
        let version = package["rust_version"].as_str().unwrap_or_default();
        let mut parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap_or_default()).collect();
        parts.resize(3, 0);
        parts
    };
    let own = packages.iter().find(|package| package["name"] == "xtask").map(needs).unwrap_or_default();
    let newer = packages.iter().filter(|package| needs(package) > own);
    newer.map(|package| format!("Cargo.toml: {} needs Rust {}", package["name"], package["rust_version"])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_that_needs_a_newer_rust_is_named() {
        let packages = |version: &str| {
            [
                serde_json::json!({ "name": "xtask", "rust_version": "1.89" }),
                serde_json::json!({ "name": "a", "rust_version": version }),
            ]
        };
        for fits in ["1.89", "1.89.0", "1"] {
            assert_eq!(newer_rust(&packages(fits)), Vec::<String>::new(), "{fits}");
        }
        assert_eq!(newer_rust(&packages("1.89.1")).len(), 1);
        assert_eq!(newer_rust(&packages("1.100")).len(), 1);
    }
}
