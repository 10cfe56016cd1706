//! Null and the empty string leave a project in its folder; only the word `NONE` removes it.

use ticktick_models::{Field, FolderId, Project};

/// The word for no folder in writes.
const NONE: &str = "NONE";

/// Returns whether an id is the word for no folder, or empty, which means the same in stored projects.
pub(crate) fn is_none(id: &FolderId) -> bool {
    id.as_str().is_empty() || *id == NONE
}

/// Writes no folder in the form that works.
pub(crate) fn write(project: &mut Project) {
    if project.group_id.is_null() {
        project.group_id = FolderId::from(NONE).into();
    }
}

/// Converts any form of no folder that a caller may set to the stored form.
pub(crate) fn read(project: &mut Project) {
    if project.group_id.get().is_some_and(is_none) {
        project.group_id = Field::Null;
    }
}
