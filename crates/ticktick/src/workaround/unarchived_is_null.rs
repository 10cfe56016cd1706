//! An active project has null in `closed`, but only false restores it from the archive.

use ticktick_models::{Field, Project};

/// Returns whether a project is archived.
pub(crate) fn is_archived(project: &Project) -> bool {
    project.closed == true
}

/// Marks a project as active in the form that works.
pub(crate) fn write(project: &mut Project) {
    if project.closed.is_null() {
        project.closed = false.into();
    }
}

/// Converts any form of an active project that a caller may set to the stored form.
pub(crate) fn read(project: &mut Project) {
    if project.closed == false {
        project.closed = Field::Null;
    }
}
