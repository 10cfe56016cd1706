//! A project in use has null in `closed`, but it is taken back from the archive by false.

use ticktick_models::{Field, Project};

/// Tells whether a project is archived.
pub(crate) fn is_archived(project: &Project) -> bool {
    project.closed == true
}

/// Writes that a project is in use in the way that works.
pub(crate) fn write(project: &mut Project) {
    if project.closed.is_null() {
        project.closed = false.into();
    }
}

/// Gives what a caller may have set for a project in use the form in which it is stored.
pub(crate) fn read(project: &mut Project) {
    if project.closed == false {
        project.closed = Field::Null;
    }
}
