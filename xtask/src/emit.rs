//! Generates the files from the [`Ir`].

pub(crate) mod docs;
pub(crate) mod formats;
mod models;
pub(crate) mod names;
mod openapi;
mod raw;
mod rust;
mod sim;
mod verify;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::spec::ir::Ir;

/// Folders that contain only generated files.
pub(crate) const FOLDERS: &[&str] = &[
    "crates/ticktick-models/src/generated",
    "crates/ticktick-raw/src/generated",
    "crates/ticktick-sim/src/generated",
    "crates/ticktick-verify/src/generated",
    "crates/ticktick-cli/src/generated",
    "docs/schemas",
];

/// The name that emitters use for the module that declares the files of a folder.
const MODULE: &str = "generated.rs";

/// Returns the path of a file: in the folder, or beside it for the module that declares its files.
fn path(folder: &str, name: &str) -> PathBuf {
    let folder = PathBuf::from(folder);
    if name == MODULE { folder.with_extension("rs") } else { folder.join(name) }
}

/// Returns every generated file: its path below the root, and its text.
pub(crate) fn emit(ir: &Ir) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    for (folder, emitted) in FOLDERS.iter().zip([models::emit(ir), raw::emit(ir), sim::emit(ir), verify::emit(ir)]) {
        files.extend(emitted.into_iter().map(|(name, text)| (path(folder, &name), text)));
    }
    files.insert("docs/reference/endpoints.md".into(), docs::endpoints(ir));
    files.insert("docs/quirks.md".into(), docs::quirks(ir));
    files.insert("docs/openapi.json".into(), openapi::emit(ir));
    formats::emit(ir, &mut files);
    files
}
