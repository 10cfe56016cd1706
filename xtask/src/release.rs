//! `cargo xtask release`: checks whether every crate could be published.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Crates that are not published.
const PRIVATE: &[&str] = &["xtask", "ticktick-tests", "ticktick-benches"];

/// Checks the manifests and packages every crate. Fails if something that a release needs is missing.
pub(crate) fn check(root: &Path) -> Result<String, String> {
    let packages = metadata(root)?;
    let published: Vec<&Value> = published(&packages).collect();
    let mut missing = manifests(root, &packages);
    let without = published.iter().filter(|package| package["repository"].is_null());
    missing.extend(without.map(|package| {
        format!("{}: no `repository`; set it in [workspace.package] and inherit it", text(package, "name"))
    }));
    missing.extend(pack(root).err());
    if missing.is_empty() {
        return Ok(format!("{} crates are ready for a release\n", published.len()));
    }
    Err(format!("{}\n{} points keep the crates from a release", missing.join("\n"), missing.len()))
}

/// Packages every crate as for publishing, in dependency order.
pub(crate) fn pack(root: &Path) -> Result<String, String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["package", "--workspace", "--locked", "--no-verify", "--allow-dirty"]).current_dir(root);
    for name in PRIVATE {
        cargo.args(["--exclude", name]);
    }
    let output = cargo.output().map_err(|error| format!("error: cannot run cargo package: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    if output.status.success() && !told.contains("warning") {
        return Ok("every crate can be packed\n".to_owned());
    }
    Err(format!("error: cargo package failed:\n{told}"))
}

/// The packages that `cargo metadata` names.
pub(crate) fn metadata(root: &Path) -> Result<Vec<Value>, String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("error: cannot run cargo metadata: {error}"))?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("error: cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok(metadata["packages"].as_array().cloned().unwrap_or_default())
}

/// Returns what the manifests and folders of published crates lack, apart from a public address.
pub(crate) fn manifests(root: &Path, packages: &[Value]) -> Vec<String> {
    let mut missing = Vec::new();
    for package in published(packages) {
        let mut say = |what: &str| missing.push(format!("{}: {what}", text(package, "name")));
        for member in ["description", "documentation", "license", "readme", "rust_version"] {
            if text(package, member).is_empty() {
                say(&format!("no `{member}` in its manifest"));
            }
        }
        for member in ["keywords", "categories"] {
            if !(1..=5).contains(&package[member].as_array().map_or(0, Vec::len)) {
                say(&format!("needs one to five `{member}`"));
            }
        }
        if package["metadata"]["docs"]["rs"].is_null() {
            say("no [package.metadata.docs.rs]");
        }
        if package["publish"] == serde_json::json!([]) {
            say("`publish` is off");
        }
        let folder = Path::new(text(package, "manifest_path")).parent().unwrap_or(root);
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            if std::fs::read(folder.join(licence)).ok() != std::fs::read(root.join(licence)).ok() {
                say(&format!("its {licence} is not the one of the repository"));
            }
        }
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if text(dependency, "req").starts_with('=') {
                say(&format!(
                    "pins {} to one version, which keeps dependants from resolving",
                    text(dependency, "name")
                ));
            }
        }
    }
    missing
}

/// Returns the members of the workspace that are published.
fn published(packages: &[Value]) -> impl Iterator<Item = &Value> {
    packages.iter().filter(|package| package["source"].is_null() && !PRIVATE.contains(&text(package, "name")))
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_crate_lacks_is_named() {
        let root = crate::root();
        let manifest_path = root.join("Cargo.toml");
        let mut package = json!({
            "name": "a", "description": "d", "documentation": "d", "license": "MIT", "readme": "r", "rust_version": "1",
            "keywords": ["k"], "categories": ["c"], "metadata": { "docs": { "rs": {} } }, "publish": null,
            "manifest_path": manifest_path, "dependencies": [{ "name": "b", "req": "^1" }],
        });
        assert_eq!(manifests(&root, std::slice::from_ref(&package)), Vec::<String>::new());
        package["readme"] = Value::Null;
        package["keywords"] = json!([]);
        package["dependencies"][0]["req"] = json!("=1.0");
        package["publish"] = json!([]);
        assert_eq!(manifests(&root, std::slice::from_ref(&package)).len(), 4);
        package["name"] = json!("xtask");
        assert_eq!(manifests(&root, &[package]), Vec::<String>::new());
    }
}
