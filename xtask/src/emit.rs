//! From the [`Ir`] to files.

mod docs;
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

/// The folders that hold nothing but generated files.
pub(crate) const FOLDERS: &[&str] = &[
    "crates/ticktick-models/src/generated",
    "crates/ticktick-raw/src/generated",
    "crates/ticktick-sim/src/generated",
    "crates/ticktick-verify/src/generated",
    "crates/ticktick-cli/src/generated",
    "docs/schemas",
];

/// The name that emitters give to the module that declares the files of a folder.
const MODULE: &str = "generated.rs";

/// A file goes into the folder, and the module that declares it beside the folder.
fn path(folder: &str, name: &str) -> PathBuf {
    let folder = PathBuf::from(folder);
    if name == MODULE { folder.with_extension("rs") } else { folder.join(name) }
}

/// Every generated file: its path below the root, and its text.
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
