//! Projects go on naming a folder that was deleted.

use ticktick_models::{FolderId, Project};

/// Takes the projects of a folder out of it, and returns those alone.
pub(crate) fn released(projects: Vec<Project>, folder: &FolderId) -> Vec<Project> {
    let mut inside: Vec<Project> = projects.into_iter().filter(|project| project.group_id == *folder).collect();
    inside.iter_mut().for_each(|project| project.group_id.clear());
    inside
}
