//! `cargo xtask codegen`: writes the generated files, or checks that they are up to date.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::emit;
use crate::spec::hand_written;
use crate::spec::ir::Ir;
use crate::spec::load::Loaded;

/// Reads the spec of a project; the error lists every fault, formatted.
pub(crate) fn load(root: &Path) -> Result<Ir, String> {
    let spec = root.join("spec");
    let loaded = Loaded::from_folder(&spec, hand_written::types(root)?)
        .map_err(|error| format!("error: cannot read {}: {error}", spec.display()))?;
    let ir = loaded.finish().map_err(|faults| {
        let count = faults.len();
        format!(
            "{}\n\n{count} fault{} in the spec; nothing was written",
            faults.join("\n\n"),
            if count == 1 { "" } else { "s" }
        )
    })?;
    emit::formats::check(&ir)?;
    Ok(ir)
}

/// Writes changed files and returns the paths that were written or removed.
pub(crate) fn write(root: &Path) -> Result<Vec<PathBuf>, String> {
    let files = emit::emit(&load(root)?);
    let stale = stale(root, &files);
    for path in &stale {
        let full = root.join(path);
        let done = match files.get(path) {
            Some(text) => {
                full.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&full, text))
            }
            None => std::fs::remove_file(&full),
        };
        done.map_err(|error| format!("error: cannot write {}: {error}", full.display()))?;
    }
    Ok(stale)
}

/// Fails if generated files are out of date.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let stale = stale(root, &emit::emit(&load(root)?));
    if stale.is_empty() {
        return Ok(());
    }
    let list: String = stale.iter().map(|path| format!("  {}\n", path.display())).collect();
    Err(format!(
        "error: {} generated files do not fit the spec:\n{list}help: run `cargo xtask codegen` and commit what it wrote",
        stale.len()
    ))
}

/// Returns files whose text differs, and files in generated folders that are no longer generated.
fn stale(root: &Path, files: &BTreeMap<PathBuf, String>) -> Vec<PathBuf> {
    let same = |path: &Path, text: &String| {
        std::fs::read_to_string(root.join(path)).is_ok_and(|found| found.replace("\r\n", "\n") == *text)
    };
    let mut found: Vec<PathBuf> =
        files.iter().filter(|(path, text)| !same(path, text)).map(|(path, _)| path.clone()).collect();
    let mut folders: Vec<PathBuf> = emit::FOLDERS.iter().map(PathBuf::from).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder)).into_iter().flatten().flatten() {
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if !files.contains_key(&path) {
                found.push(path);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_nobody_generates_is_stale_in_a_nested_folder_too() {
        let root = std::env::temp_dir().join(format!("ticktick-stale-{}", std::process::id()));
        let stray = PathBuf::from(emit::FOLDERS[1]).join("operations").join("gone.rs");
        std::fs::create_dir_all(root.join(&stray).parent().unwrap()).unwrap();
        std::fs::write(root.join(&stray), "").unwrap();
        let found = stale(&root, &BTreeMap::new());
        std::fs::remove_dir_all(&root).unwrap();
        assert_eq!(found, [stray]);
    }
}
