//! `cargo xtask tidy`: the rules of the house, as far as files can show them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::release;

/// Which crates of the workspace each crate may name, and its folder.
const LAYERS: &[(&str, &[&str])] = &[
    ("crates/ticktick-models", &[]),
    ("crates/ticktick-raw", &["ticktick-models"]),
    ("crates/ticktick", &["ticktick-models", "ticktick-raw"]),
    ("crates/ticktick-sim", &["ticktick-models", "ticktick-raw"]),
    ("crates/ticktick-verify", &["ticktick-models", "ticktick-raw"]),
    ("crates/ticktick-cli", &["ticktick", "ticktick-models", "ticktick-sim", "ticktick-verify"]),
    ("xtask", &[]),
];

/// Crates that may be named in one place only.
const CONFINED: &[(&str, &str)] = &[
    ("reqwest", "crates/ticktick-raw/src/http"),
    ("rustls", "crates/ticktick-raw/src/http"),
    ("clap", "crates/ticktick-cli"),
    ("axum", "crates/ticktick-sim"),
    ("typify", "xtask"),
    ("syn", "xtask"),
    ("quote", "xtask"),
    ("prettyplease", "xtask"),
];

/// What generated files may import.
const GENERATED: &[&str] = &[
    "crate::",
    "serde::",
    "serde_json::",
    "ticktick_models::",
    "ticktick_raw::",
    "op::",
    "error_code::",
    "operations::",
];

const MOST_LINES: usize = 400;
const MOST_README_LINES: usize = 150;

/// Checks every rule; the error lists what breaks one.
pub(crate) fn tidy(root: &Path) -> Result<String, String> {
    let mut broken = manifests(root);
    let sources = sources(root)?;
    for (path, text) in &sources {
        broken.extend(source(path, text));
    }
    broken.extend(readme(root));
    broken.extend(release::manifests(root, &release::packages(root)?));
    let tree = release::metadata(root, &[])?;
    broken.extend(licences(root, &tree)?);
    broken.extend(newer_rust(&tree));
    if broken.is_empty() {
        return Ok(format!("{} source files keep the rules of the house\n", sources.len()));
    }
    Err(format!("{}\n{} rules broken", broken.join("\n"), broken.len()))
}

/// Dependencies point downward only, and every member takes the workspace's lints.
fn manifests(root: &Path) -> Vec<String> {
    let mut broken = Vec::new();
    for (folder, allowed) in LAYERS {
        let text = std::fs::read_to_string(root.join(folder).join("Cargo.toml")).unwrap_or_default();
        let normal = text.split("[dev-dependencies]").next().unwrap_or_default();
        for line in normal.lines() {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if name.starts_with("ticktick") && !allowed.contains(&name) {
                broken.push(format!("{folder}/Cargo.toml: must not depend on {name}; layers point downward only"));
            }
        }
        if !text.contains("[lints]\nworkspace = true") {
            broken.push(format!("{folder}/Cargo.toml: add `[lints]` with `workspace = true`"));
        }
    }
    broken
}

/// Every Rust file below the members' folders, by its path from the root.
fn sources(root: &Path) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = ["crates", "xtask", "tests", "benches"].map(|name| root.join(name)).into();
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|error| format!("error: cannot read {}: {error}", folder.display()))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| format!("error: cannot read {}: {error}", path.display()))?;
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.push((name, text));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn source(path: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let generated = path.contains("/generated/") || path.ends_with("/generated.rs");
    for (number, line) in text.lines().enumerate() {
        let at = format!("{path}:{}", number + 1);
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        for (name, place) in CONFINED {
            if names_crate(code, name) && !path.starts_with(place) {
                broken.push(format!("{at}: {name} is named only in {place}"));
            }
        }
        if path.starts_with("crates/ticktick-cli") && names_crate(code, "ticktick_raw") {
            broken.push(format!("{at}: the command line reaches raw by `ticktick::raw`"));
        }
        if generated && code.starts_with("use ") && !GENERATED.iter().any(|allowed| code[4..].starts_with(allowed)) {
            broken.push(format!("{at}: generated files import only crate, serde, serde_json and ticktick_models"));
        }
        if generated && code.starts_with("if ") {
            broken.push(format!("{at}: generated code decides nothing"));
        }
    }
    let lines = text.lines().count();
    let golden = path.contains("/tests/tiny/");
    // A module in `examples/` has no other place: cargo takes every file there for a program.
    if path.ends_with("/mod.rs") && !path.contains("/examples/") {
        broken.push(format!("{path}: a module `foo` is `foo.rs` beside the folder `foo/`"));
    }
    if lines > MOST_LINES && !generated && !golden {
        broken.push(format!("{path}: {lines} lines; what is it really two of? (at most {MOST_LINES})"));
    }
    broken
}

/// Whether a line of code names a crate: `use clap::...`, `clap::Parser`; texts in quotes do not count.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let quoted = code[..at].matches('"').count() % 2 == 1;
        !quoted && !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

fn readme(root: &Path) -> Option<String> {
    let lines = std::fs::read_to_string(root.join("README.md")).unwrap_or_default().lines().count();
    (lines == 0 || lines > MOST_README_LINES).then(|| format!("README.md: {lines} lines (1 to {MOST_README_LINES})"))
}

/// Licences of the whole tree against the list in `deny.toml`.
fn licences(root: &Path, tree: &[Value]) -> Result<Vec<String>, String> {
    let deny = std::fs::read_to_string(root.join("deny.toml"))
        .map_err(|error| format!("error: cannot read deny.toml: {error}"))?;
    let list = deny.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    let allowed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    let refused = tree.iter().filter_map(|package| {
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

/// Packages that need a newer Rust than the workspace promises.
fn newer_rust(tree: &[Value]) -> Vec<String> {
    let needs = |package: &Value| {
        let version = package["rust_version"].as_str().unwrap_or_default();
        version.split('.').map(|part| part.parse().unwrap_or_default()).collect::<Vec<u32>>()
    };
    let own = tree.iter().find(|package| package["name"] == "xtask").map(needs).unwrap_or_default();
    let newer = tree.iter().filter(|package| needs(package) > own);
    newer.map(|package| format!("Cargo.toml: {} needs Rust {}", package["name"], package["rust_version"])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_named_by_its_path_only() {
        assert!(names_crate("use clap::Parser;", "clap"));
        assert!(names_crate("let x = reqwest::Client::new();", "reqwest"));
        assert!(!names_crate("let x = my_clap::Parser;", "clap"));
        assert!(!names_crate("crate::syn::parse()", "syn"));
    }

    #[test]
    fn a_dependency_that_needs_a_newer_rust_is_named() {
        let tree = |version: &str| {
            [
                serde_json::json!({ "name": "xtask", "rust_version": "1.89" }),
                serde_json::json!({ "name": "a", "rust_version": version }),
            ]
        };
        assert_eq!(newer_rust(&tree("1.89")), Vec::<String>::new());
        assert_eq!(newer_rust(&tree("1.89.1")).len(), 1);
        assert_eq!(newer_rust(&tree("1.100")).len(), 1);
    }

    #[test]
    fn broken_rules_are_told_with_file_and_line() {
        let found = source("crates/ticktick/src/a.rs", "//! Doc.\nuse reqwest::Client;\n");
        assert_eq!(found, ["crates/ticktick/src/a.rs:2: reqwest is named only in crates/ticktick-raw/src/http"]);
        assert_eq!(source("crates/ticktick-models/src/generated/a.rs", "use std::fmt;\n").len(), 1);
        assert_eq!(source("crates/ticktick-cli/src/a.rs", "use ticktick_raw::op;\n").len(), 1);
        assert_eq!(source("crates/ticktick/src/task/mod.rs", "").len(), 1);
    }
}
