//! Null and the empty text leave a project in its folder; only the word `NONE` takes it out.

use ticktick_models::{Field, FolderId, Project};

/// What a write calls no folder.
const NONE: &str = "NONE";

/// Tells whether an id is the word for no folder, or empty, which means the same in what is stored.
pub(crate) fn is_none(id: &FolderId) -> bool {
    id.as_str().is_empty() || *id == NONE
}

/// Writes no folder in the way that works.
pub(crate) fn write(project: &mut Project) {
    if project.group_id.is_null() {
        project.group_id = FolderId::from(NONE).into();
    }
}

/// Gives what a caller may have set for no folder the form in which it is stored.
pub(crate) fn read(project: &mut Project) {
    if project.group_id.get().is_some_and(is_none) {
        project.group_id = Field::Null;
    }
}
