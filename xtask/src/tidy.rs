//! `cargo xtask tidy`: the rules of the repository that can be checked from its files.

mod dependencies;
mod exports;
mod layers;
mod manifests;
mod sources;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::release;

/// Returns violations of a rule, as `PLACE: MESSAGE`.
type Rule = fn(&Tree<'_>) -> Result<Vec<String>, String>;

/// Every rule, in the order of their messages.
const RULES: &[Rule] = &[
    manifests::layers,
    layers::simulator,
    manifests::lints,
    manifests::releases,
    sources::confined_crates,
    sources::command_line,
    sources::generated_code,
    sources::module_style,
    sources::sizes,
    exports::unnamed_types,
    readme,
    dependencies::licenses,
    dependencies::rust_version,
];

const MOST_README_LINES: usize = 150;

/// What the rules read.
struct Tree<'a> {
    root: &'a Path,
    /// Every Rust file below the members' folders.
    sources: Vec<Source>,
    /// The packages of the workspace and all that they depend on, as `cargo metadata` names them.
    packages: Vec<Value>,
}

impl Tree<'_> {
    /// The packages of the workspace.
    fn members(&self) -> impl Iterator<Item = &Value> {
        self.packages.iter().filter(|package| package["source"].is_null())
    }
}

/// A Rust file.
struct Source {
    /// Its path from the root, with `/`.
    path: String,
    text: String,
}

/// Checks every rule; the error lists the violations.
pub(crate) fn tidy(root: &Path) -> Result<String, String> {
    let tree = Tree { root, sources: read_sources(root)?, packages: release::metadata(root)? };
    let mut broken = Vec::new();
    for rule in RULES {
        broken.extend(rule(&tree)?);
    }
    if broken.is_empty() {
        return Ok(format!("checked {} source files: no violations\n", tree.sources.len()));
    }
    Err(format!("{}\n{} rules broken", broken.join("\n"), broken.len()))
}

/// Reads every Rust file below the members' folders.
fn read_sources(root: &Path) -> Result<Vec<Source>, String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = ["crates", "xtask", "tests", "benches"].map(|name| root.join(name)).into();
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|error| format!("error: cannot read {}: {error}", folder.display()))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.push(Source { path: name, text: read(&path)? });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("error: cannot read {}: {error}", path.display()))
}

/// Reads a manifest, or another TOML file.
pub(crate) fn read_toml(path: &Path) -> Result<toml::Table, String> {
    read(path)?.parse().map_err(|error| format!("error: cannot parse {}: {error}", path.display()))
}

fn readme(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    let lines = read(&tree.root.join("README.md"))?.lines().count();
    let broken = lines == 0 || lines > MOST_README_LINES;
    Ok(broken.then(|| format!("README.md: {lines} lines (1 to {MOST_README_LINES})")).into_iter().collect())
}
