//! Projects keep the id of a deleted folder.

use ticktick_models::{FolderId, Project};

/// Removes the projects of a folder from it and returns only those.
pub(crate) fn released(projects: Vec<Project>, folder: &FolderId) -> Vec<Project> {
    let mut inside: Vec<Project> = projects.into_iter().filter(|project| project.group_id == *folder).collect();
    inside.iter_mut().for_each(|project| project.group_id.clear());
    inside
}
