//! From the [`Ir`] to files.

mod docs;
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
];

/// Every generated file: its path below the root, and its text.
pub(crate) fn emit(ir: &Ir) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    for (folder, emitted) in FOLDERS.iter().zip([models::emit(ir), raw::emit(ir), sim::emit(ir), verify::emit(ir)]) {
        files.extend(emitted.into_iter().map(|(name, text)| (PathBuf::from(folder).join(name), text)));
    }
    files.insert("docs/reference/endpoints.md".into(), docs::endpoints(ir));
    files.insert("docs/quirks.md".into(), docs::quirks(ir));
    files.insert("docs/openapi.json".into(), openapi::emit(ir));
    files
}
